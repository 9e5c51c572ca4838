package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.traffic.Slot;
import tminus.engine.port.PortException;
import tminus.engine.port.Target.Deployed;

@Timeout(120)
class LocalProcessesTest {

  @TempDir Path state;

  private final Map<Slot, Address> moves = new ConcurrentHashMap<>();

  @AfterEach
  void retireAll() {
    target().retire(BLUE);
    target().retire(GREEN);
  }

  private LocalProcesses target() {
    return target(command("{version}"), Duration.ofSeconds(60));
  }

  private LocalProcesses target(List<String> command, Duration ready) {
    var ports = new LinkedHashMap<Slot, Integer>();
    ports.put(BLUE, 0);
    ports.put(GREEN, 0);
    return new LocalProcesses(
        LocalOptions.of(command, ports, state).withTimeouts(ready, Duration.ofSeconds(20)),
        moves::put);
  }

  private static List<String> command(String version) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        classes(),
        TestService.class.getName(),
        "{port}",
        version);
  }

  private static String classes() {
    try {
      return Path.of(TestService.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWasDeployedIsReadyAndTellsItsVersion() {
    LocalProcesses target = target();

    target.deploy(GREEN, "v2.0.0");

    assertThat(target.observe(GREEN)).hasValue(new Deployed("v2.0.0", true));
    assertThat(target.observe(BLUE)).isEmpty();
    assertThat(target.address(GREEN)).hasValue(moves.get(GREEN));
  }

  @Test
  void deployingWhatIsThereChangesNothing() {
    target().deploy(GREEN, "v2");
    long pid = occupant(GREEN).pid();
    moves.clear();

    target().deploy(GREEN, "v2");

    assertThat(occupant(GREEN).pid()).isEqualTo(pid);
    assertThat(moves).containsKey(GREEN);
  }

  @Test
  void anotherVersionTakesThePlaceOfTheOneThatIsThere() {
    target().deploy(GREEN, "v1");
    ProcessHandle before = process(GREEN);

    target().deploy(GREEN, "v2");

    assertThat(before.isAlive()).isFalse();
    assertThat(target().observe(GREEN)).hasValue(new Deployed("v2", true));
  }

  @Test
  void retiringEndsItAndLeavesAnEmptySlotAlone() {
    target().deploy(GREEN, "v1");
    ProcessHandle before = process(GREEN);

    target().retire(GREEN);
    target().retire(GREEN);

    assertThat(before.isAlive()).isFalse();
    assertThat(target().observe(GREEN)).isEmpty();
  }

  @Test
  void whatItStartedEndsWithIt() throws Exception {
    target().deploy(GREEN, "parent");
    long child =
        Long.parseLong(Files.readString(state.resolve("green.log")).strip().split(" ", 2)[1]);
    assertThat(ProcessHandle.of(child)).isPresent();

    target().retire(GREEN);

    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void whatDoesNotEndInTimeIsKilled() {
    var patient = target();
    patient.deploy(GREEN, "stubborn");
    ProcessHandle before = process(GREEN);
    var hasty =
        new LocalProcesses(
            LocalOptions.of(command("{version}"), Map.of(GREEN, 0), state)
                .withTimeouts(Duration.ofSeconds(60), Duration.ofMillis(200)),
            moves::put);

    hasty.retire(GREEN);

    assertThat(before.isAlive()).isFalse();
  }

  @Test
  void oneThatCrashesAtItsStartShowsTheEndOfItsLog() {
    assertThatThrownBy(() -> target().deploy(GREEN, "crash-1"))
        .isInstanceOf(PortException.class)
        .hasMessageStartingWith(
            "slot green: crash-1 ended with exit code 3 before it was ready - see "
                + state.resolve("green.log"))
        .hasMessageContaining("line 3\n")
        .hasMessageEndingWith("line 12")
        .hasMessageNotContaining("line 2\n");
    assertThat(target().observe(GREEN)).isEmpty();
    assertThat(state.resolve("green.json")).doesNotExist();
  }

  @Test
  void oneThatIsNeverReadyIsEnded() {
    LocalProcesses target = target(command("{version}"), Duration.ofSeconds(3));

    assertThatThrownBy(() -> target.deploy(GREEN, "never"))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("slot green: never was not ready within PT3S (/ready says ");
    assertNothingRunsOf("never");
  }

  @Test
  void oneThatSaysItIsSomethingElseIsEnded() {
    assertThatThrownBy(() -> target().deploy(GREEN, "liar-9"))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("slot green: liar-9 was asked for, but /version says something-else");
    assertNothingRunsOf("liar-9");
  }

  @Test
  void anInterruptedDeploymentLeavesNothing() throws Exception {
    var deployment = new FutureTask<>(() -> target().deploy(GREEN, "never-2"), null);
    Thread thread = Thread.ofVirtual().start(deployment);
    while (!Files.exists(state.resolve("green.json"))) {
      Thread.onSpinWait();
    }
    thread.interrupt();

    assertThatThrownBy(deployment::get)
        .hasRootCauseInstanceOf(InterruptedException.class)
        .hasMessageContaining("slot green: interrupted - ask again what it holds");
    assertNothingRunsOf("never-2");
  }

  @Test
  void aRouterThatCannotBeToldFailsTheDeployment() {
    var target =
        new LocalProcesses(
            LocalOptions.of(command("{version}"), Map.of(GREEN, 0), state),
            (_, _) -> {
              throw new PortException("proxy: unavailable");
            });

    assertThatThrownBy(() -> target.deploy(GREEN, "v3")).hasMessage("proxy: unavailable");
    assertNothingRunsOf("v3");
  }

  @Test
  void aProcessThatDiedIsGone() {
    target().deploy(GREEN, "v1");
    ProcessHandle process = process(GREEN);
    process.destroyForcibly();
    process.onExit().join();

    assertThat(target().observe(GREEN)).isEmpty();
    target().deploy(GREEN, "v1");
    assertThat(target().observe(GREEN)).hasValue(new Deployed("v1", true));
  }

  @Test
  void aProcessThatHasTheIdByChanceIsNotMistakenForIt() throws Exception {
    ProcessHandle me = ProcessHandle.current();
    Occupant past =
        new Occupant(me.pid(), me.info().startInstant().orElseThrow().minusSeconds(60), "v1", 1);
    new OccupantFile(state, GREEN).write(past);

    assertThat(target().observe(GREEN)).isEmpty();
    target().retire(GREEN);
    assertThat(state.resolve("green.json")).doesNotExist();
  }

  @Test
  void aPortThatAnotherProcessHasIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var target =
          new LocalProcesses(
              LocalOptions.of(command("{version}"), Map.of(GREEN, port), state), moves::put);

      assertThatThrownBy(() -> target.deploy(GREEN, "v1"))
          .isInstanceOf(PortException.class)
          .hasMessage(
              ("slot green: port %d is in use by a process that is not the slot's - stop that"
                      + " process")
                  .formatted(port));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "v1 v2", "../../etc/passwd", "v1;reboot", "$(id)", "v1\n"})
  void whatIsNoVersionIsNotPassedOn(String version) {
    assertThatThrownBy(() -> target().deploy(GREEN, version))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("is not a version - begin it with a letter or digit");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    var target = target(List.of("no-such-program", "{port}"), Duration.ofSeconds(3));

    // It is missed only once the process was let go.
    assertThatThrownBy(() -> target.deploy(GREEN, "v1"))
        .isInstanceOf(PortException.class)
        .hasMessageStartingWith("slot green: ")
        .hasMessageContaining("no-such-program");
  }

  @Test
  void aSlotThatIsUnknownIsNamed() {
    assertThatThrownBy(() -> target().observe(new Slot("purple")))
        .isInstanceOf(PortException.class)
        .hasMessage("slot purple: unknown to the local target - use one of [blue, green]");
  }

  private Occupant occupant(Slot slot) {
    try {
      return new OccupantFile(state, slot).read().orElseThrow();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ProcessHandle process(Slot slot) {
    return occupant(slot).process().orElseThrow();
  }

  private void assertNothingRunsOf(String version) {
    assertThat(state.resolve("green.json")).doesNotExist();
    assertThat(ProcessHandle.current().children().map(ProcessHandle::info))
        .noneMatch(info -> arguments(info).contains(version));
    try (var files = Files.list(state)) {
      assertThat(files).allMatch(file -> file.toString().contains(".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(ProcessHandle.Info info) {
    return Optional.of(info).flatMap(ProcessHandle.Info::arguments).map(List::of).orElse(List.of());
  }
}
