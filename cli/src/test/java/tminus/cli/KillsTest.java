package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.adapter.local.Address;
import tminus.adapter.local.LocalOptions;
import tminus.adapter.local.LocalProcesses;
import tminus.adapter.local.ProxyClient;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.StepState.Phase;
import tminus.core.run.Waiting;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.Journal;
import tminus.engine.Lease;
import tminus.engine.RunId;
import tminus.engine.Runs;

/// The real process, killed at any moment of real deliveries and started again: the outcome is the
/// same as without, and every act is done once.
///
/// `-Dtminus.kills=N` asks for more kills, `-Dtminus.seed=N` for others.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillsTest {

  private static final int KILLS = Integer.getInteger("tminus.kills", 100);
  private static final long SEED = Long.getLong("tminus.seed", 20261125);

  /// Kills of one run, at most: then it is let end, and the next one begins.
  private static final int OF_ONE_RUN = 34;

  /// So many processes at a time want to drive the run: one does, the others look on and take over
  /// when it is killed. Who is killed need not wait for a new one to start.
  private static final int PROCESSES = 3;

  /// Within which the one that drives is killed, in milliseconds: about two steps.
  private static final int SPAN = 300;

  private static final Slot BLUE = new Slot("blue");
  private static final Slot GREEN = new Slot("green");

  private static final String CHECKLIST =
      """
      # Shop [VERSION]

      ## Deployment

      - [ ] Prepared
        ```bash
        sleep 0.1; echo prepared-[VERSION] >> acts
        ```
      - [ ] Put [VERSION] into the idle slot
      - [ ] Migrated
        ```bash
        sleep 0.1; echo migrated-[VERSION] >> acts
        ```

      ### 25 % of the traffic

      - [ ] Shift 25 % of the traffic to the new version

      **Decision: [ ] GO  [ ] NO-GO**

      ### All of the traffic

      - [ ] Shift 100 % of the traffic to the new version
      - [ ] Wait 1 second for the caches
      - [ ] Announced
        ```bash
        sleep 0.1; echo announced-[VERSION] >> acts
        ```
      - [ ] Retire the old version
      """;

  private static final String BINDING =
      """
      checklist: delivery.md
      target:
        local:
          slots: { blue: $BLUE, green: $GREEN }
          command: [$JAVA, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, -cp, $SHOP_JAR, tminus.examples.shop.Shop,
            --port, '{port}', --version, '{version}', --exit-with, $PID]
      router: { proxy: $ADMIN }
      people:
        release: [Ada, Bo]
      steps:
        'into the idle slot': { deploy: $VERSION }
        'Retire the old version': { retire: stable }
      """;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private int kills;

  private TminusProcess start(String... arguments) throws Exception {
    return TminusProcess.start(
        folder,
        Map.of("TMINUS_STORE", folder.resolve(".tminus").toString(), "TMINUS_USER", "Ada"),
        arguments);
  }

  @Test
  void aHundredKillsChangeNothing() throws Exception {
    Files.writeString(folder.resolve("delivery.md"), CHECKLIST);
    Files.writeString(folder.resolve("tminus.yaml"), BINDING);
    try (DemoStage stage = DemoStage.set(folder.resolve(".tminus"), "v1");
        Journal journal = Journal.open(folder.resolve(".tminus"))) {
      Runs runs = new Runs(journal, InstantSource.system(), random.split());
      String serving = "v1";
      Slot slot = BLUE;
      for (int number = 2; kills < KILLS; number++) {
        String candidate = "v" + number;
        boolean goes = number % 3 != 0;
        RunId run = deliver(runs, stage, candidate, goes);
        Slot other = slot.equals(BLUE) ? GREEN : BLUE;
        assertOutcome(runs, run, candidate, goes);
        if (goes) {
          serving = candidate;
          slot = other;
        }
        assertServes(stage, slot, serving);
      }
    }
    assertThat(kills).isGreaterThanOrEqualTo(KILLS);
  }

  /// One delivery, killed again and again; returns when it is over.
  private RunId deliver(Runs runs, DemoStage stage, String candidate, boolean goes)
      throws Exception {
    List<String> begin =
        new ArrayList<>(List.of("run", "delivery.md", "--commands", "run", "--wait", "--new"));
    Map<String, String> parameters = stage.parameters(candidate, "none");
    for (String name : List.of("VERSION", "BLUE", "GREEN", "ADMIN", "JAVA", "SHOP_JAR", "PID")) {
      begin.add("--param");
      begin.add(name + "=" + parameters.get(name));
    }
    List<TminusProcess> processes = new ArrayList<>();
    try {
      processes.add(start(begin.toArray(String[]::new)));
      processes.getFirst().await("run: started");
      RunId run = runs.journal().runs().getFirst().id();
      int ofThis = 0;
      while (runs.view(run).state().result().isEmpty()) {
        while (processes.size() < PROCESSES) {
          processes.add(start("resume", run.value(), "--wait"));
        }
        answer(runs, run, candidate, goes);
        for (TminusProcess process : processes) {
          assertThat(
                  process.endsWithin(Duration.ofMillis(5))
                      && runs.view(run).state().result().isEmpty())
              .as("%s: ended early: %s", process.pid(), process.lines())
              .isFalse();
        }
        Optional<TminusProcess> driving = driving(runs, run, processes);
        boolean spared = ofThis >= OF_ONE_RUN;
        if (driving.isPresent() && !driving.get().endsWithin(delay()) && !spared) {
          driving.get().kill();
          processes.remove(driving.get());
          kills++;
          ofThis++;
        }
      }
      return run;
    } finally {
      processes.forEach(TminusProcess::close);
    }
  }

  private Duration delay() {
    return Duration.ofMillis(random.nextInt(SPAN));
  }

  /// The process that drives the run, as its lease says.
  private static Optional<TminusProcess> driving(
      Runs runs, RunId run, List<TminusProcess> processes) {
    Optional<String> owner =
        runs.journal().leases().holder(Lease.ofRun(run), InstantSource.system().instant());
    return processes.stream()
        .filter(
            it -> owner.filter(name -> name.startsWith("process " + it.pid() + " ")).isPresent())
        .findFirst();
  }

  /// What a person says who looks.
  private void answer(Runs runs, RunId run, String candidate, boolean goes) throws Exception {
    RunState state = runs.view(run).state();
    if (state.stuckUndo().isPresent()) {
      tell(runs, run, new RunCommand.Retry(Optional.empty()));
      return;
    }
    Optional<Step> asked = Waiting.of(state).flatMap(Waiting.For::step);
    if (asked.isEmpty()) {
      return;
    }
    Step step = asked.get();
    if (step.action() instanceof Action.Gate) {
      int option = goes ? 0 : 1;
      tell(runs, run, new RunCommand.Sign(step.id(), Map.of(), Map.of(0, option)));
    } else if (state.step(step.id()).phase() == Phase.UNKNOWN) {
      String act = step.title().toLowerCase(Locale.ROOT) + "-" + candidate;
      awaitQuiet(act);
      tell(
          runs,
          run,
          acts().contains(act)
              ? new RunCommand.Sign(step.id(), Map.of(), Map.of())
              : new RunCommand.Retry(Optional.of(step.id())));
    } else {
      tell(runs, run, new RunCommand.Retry(Optional.of(step.id())));
    }
  }

  private static void tell(Runs runs, RunId run, RunCommand command) {
    assertThat(runs.tell(run, "Bo", command))
        .as(() -> "%s: %s".formatted(command, runs.view(run).state()))
        .isInstanceOf(Runs.Answer.Accepted.class);
  }

  /// A killed process's command may still run: who looks, waits until it does not.
  private static void awaitQuiet(String act) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    int quiet = 0;
    while (quiet < 3) {
      boolean runs =
          ProcessHandle.allProcesses()
              .anyMatch(it -> it.info().commandLine().orElse("").contains(act));
      quiet = runs ? 0 : quiet + 1;
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private List<String> acts() throws Exception {
    Path file = folder.resolve("acts");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void assertOutcome(Runs runs, RunId run, String candidate, boolean goes)
      throws Exception {
    RunState state = runs.view(run).state();
    assertThat(state.result())
        .as(candidate)
        .contains(goes ? Event.Result.SUCCEEDED : Event.Result.ROLLED_BACK);
    List<String> wanted = new ArrayList<>(List.of("prepared-", "migrated-"));
    if (goes) {
      wanted.add("announced-");
    }
    assertThat(acts().stream().filter(act -> act.endsWith("-" + candidate)))
        .containsExactlyElementsOf(wanted.stream().map(act -> act + candidate).toList());
    assertThat(runs.journal().firstBroken(run)).isEmpty();
  }

  private void assertServes(DemoStage stage, Slot slot, String version) {
    Map<String, String> parameters = stage.parameters("", "");
    ProxyClient proxy =
        new ProxyClient(
            Address.parse(value(parameters, "ADMIN")), Duration.ZERO, InstantSource.system());
    assertThat(proxy.weights()).containsEntry(slot, Weight.ALL);
    Slot idle = slot.equals(BLUE) ? GREEN : BLUE;
    Map<Slot, Integer> ports =
        Map.of(
            BLUE, Integer.valueOf(value(parameters, "BLUE")),
            GREEN, Integer.valueOf(value(parameters, "GREEN")));
    LocalProcesses processes =
        new LocalProcesses(
            LocalOptions.of(List.of("true", "{port}"), ports, folder.resolve(".tminus/local")),
            (_, _) -> {});
    assertThat(processes.observe(slot)).map(it -> it.version()).contains(version);
    assertThat(processes.observe(idle)).isEmpty();
    assertThat(isFree(ports.getOrDefault(idle, 0)))
        .as("nothing was left behind in %s", idle)
        .isTrue();
  }

  private static String value(Map<String, String> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
