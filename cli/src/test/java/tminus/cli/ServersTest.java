package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.adapter.local.Address;
import tminus.adapter.local.ProxyClient;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.examples.shop.LoadGenerator;

/// Real server processes that share a real PostgreSQL, with real commands, versions and traffic:
/// any of them may die.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServersTest {

  private static final String BINDING =
      """
      target:
        local:
          slots: { blue: $BLUE, green: $GREEN }
          command: [$JAVA, -XX:+UseSerialGC, -XX:TieredStopAtLevel=1, -cp, $SHOP_JAR, tminus.examples.shop.Shop,
            --port, '{port}', --version, '{version}', --exit-with, $PID]
      router: { proxy: $ADMIN }
      steps:
        'into the idle slot': { deploy: $VERSION }
      """;

  private static final String DELIVERY =
      """
      # Shop [VERSION]

      ## Deployment

      - [ ] Put [VERSION] into the idle slot
      - [ ] Announced
        ```bash
        echo announced >> delivery
        ```

      ### 50 % of the traffic

      - [ ] Shift 50 % of the traffic to the new version
      - [ ] Watch for 20 seconds
        - Error rate < 50 %
      - [ ] Delivered
        ```bash
        echo delivered >> delivery
        ```
      """;

  private static final String GATE =
      """
      # Gate

      - [ ] Before
        ```bash
        echo before >> gate
        ```

      ## Go or no-go

      **Decision: [ ] GO  [ ] NO-GO**

      ## After

      - [ ] After
        ```bash
        echo after >> gate
        ```
      """;

  private static final String LONG =
      """
      # Long

      - [ ] Before
        ```bash
        echo before >> long
        ```
      - [ ] Under way
        ```bash
        echo "pid $$"; echo begun >> long
        for i in $(seq 600); do if [ -e end ]; then break; fi; sleep 0.1; done
        echo ended >> long
        ```
      - [ ] After
        ```bash
        echo after >> long
        ```
      """;

  @TempDir private Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private int port;
  private EmbeddedPostgres database;

  @BeforeEach
  void startDatabase() throws IOException {
    port = Objects.requireNonNull(DemoStage.freePorts("database").get("database"));
    database = database();
  }

  /// The same one each time: its data stays.
  private EmbeddedPostgres database() throws IOException {
    Path data = folder.resolve("data");
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
    database.close();
  }

  private Map<String, String> environment() {
    return Map.of(
        "TMINUS_STORE",
        "postgresql://postgres@localhost:%d/postgres".formatted(port),
        "TMINUS_USER",
        "Ada");
  }

  private TminusProcess serve() throws Exception {
    TminusProcess server = TminusProcess.start(folder, environment(), "serve");
    open.add(server);
    server.await("serving postgresql://postgres@localhost");
    return server;
  }

  /// Runs a command line, as from another shell, and returns what it printed.
  private String tminus(String... arguments) {
    Cli.Result result = new Cli(folder).run(environment(), arguments);
    assertThat(result.code()).as(result::toString).isZero();
    return result.out();
  }

  /// Hands a run to the servers, and returns its name.
  private String detach(String name, String text, String... more) throws Exception {
    Files.writeString(folder.resolve(name), text);
    List<String> arguments =
        new ArrayList<>(List.of("run", name, "--commands", "run", "--detach", "--new"));
    arguments.addAll(List.of(more));
    return tminus(arguments.toArray(String[]::new)).strip();
  }

  private static String letters(String run) {
    return run.substring(run.lastIndexOf('-') + 1);
  }

  private void assertDone(String run, String file, String... lines) throws Exception {
    assertThat(Files.readAllLines(folder.resolve(file))).as(file).containsExactly(lines);
    assertThat(tminus("verify", run)).contains("the chain holds");
  }

  /// A version behind the proxy, customers, and a checklist that brings the next one.
  private String deliver(DemoStage stage) throws Exception {
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(folder.resolve("shop/tminus.yaml"), BINDING);
    List<String> parameters = new ArrayList<>();
    Map<String, String> known = stage.parameters("2.0.0", "none");
    for (String name : List.of("VERSION", "BLUE", "GREEN", "ADMIN", "JAVA", "SHOP_JAR", "PID")) {
      parameters.add("--param");
      parameters.add(name + "=" + known.get(name));
    }
    return detach("shop/delivery.md", DELIVERY, parameters.toArray(String[]::new));
  }

  private DemoStage stage() {
    DemoStage stage = DemoStage.set(folder.resolve(".tminus"), "1.0.0");
    open.add(stage);
    open.add(LoadGenerator.start(stage.shop(), 40));
    return stage;
  }

  @Test
  void whenOneIsKilledTheOtherGoesOnAndNothingIsDoneTwice() throws Exception {
    DemoStage stage = stage();
    TminusProcess one = serve();
    String gate = detach("gate.md", GATE);
    one.await(letters(gate), "waits for a person");
    String delivery = deliver(stage);
    one.await(letters(delivery), "Watch for 20 seconds", "started");
    String running = detach("long.md", LONG);
    one.await("pid ");
    TminusProcess two = serve();
    one.kill();

    // A gate is nobody's: the word alone is enough.
    tminus("go", "--run", gate);
    two.await(letters(gate), "SUCCEEDED");
    assertDone(gate, "gate", "before", "after");

    // What was under way may have happened: a person looks.
    two.await(letters(running), "it was under way when Tminus ended");
    letTheLongOneEnd();
    tminus("sign", "under-way", "--run", running);
    two.await(letters(running), "SUCCEEDED");
    assertDone(running, "long", "before", "begun", "ended", "after");

    two.await(letters(delivery), "SUCCEEDED");
    assertDone(delivery, "delivery", "announced", "delivered");
    Address admin = Address.parse(Objects.requireNonNull(stage.parameters("", "").get("ADMIN")));
    ProxyClient proxy = new ProxyClient(admin, Duration.ZERO, InstantSource.system());
    assertThat(proxy.weights()).containsEntry(new Slot("green"), new Weight(50));

    two.signal("TERM");
    assertThat(two.awaitEnd()).isZero();
  }

  @Test
  void oneThatWasStoppedPastItsLeaseLetsGo() throws Exception {
    TminusProcess one = serve();
    String running = detach("long.md", LONG);
    one.await("pid ");
    one.signal("STOP");
    TminusProcess two = serve();
    two.await(letters(running), "goes on here; under way was: Under way");
    two.await(letters(running), "it was under way when Tminus ended");
    letTheLongOneEnd();
    one.signal("CONT");
    assertThat(one.await(letters(running), "let go")).contains("was taken over by process");
    assertThat(one.lines())
        .as("what came of the command there was not written")
        .noneMatch(line -> line.contains("Under way: done"));
    tminus("sign", "under-way", "--run", running);
    // Either may go on with it now.
    await(() -> tminus("status", running).toLowerCase(Locale.ROOT).contains("succeeded"));
    assertDone(running, "long", "before", "begun", "ended", "after");
  }

  @Test
  void beingCutOffFromTheDatabaseCostsTimeOnly() throws Exception {
    serve();
    serve();
    String[] numbers =
        IntStream.rangeClosed(1, 12).mapToObj(Integer::toString).toArray(String[]::new);
    StringBuilder text = new StringBuilder("# Numbers\n\n");
    for (String number : numbers) {
      text.append(
          "- [ ] Number %s\n  ```bash\n  sleep 0.5; echo %s >> numbers\n  ```\n"
              .formatted(number, number));
    }
    String run = detach("numbers.md", text.toString());
    awaitLines("numbers", 2);
    cutAll();
    awaitLines("numbers", 5);
    database.close();
    database = database();
    awaitLines("numbers", numbers.length);
    await(() -> tminus("status", run).toLowerCase(Locale.ROOT).contains("succeeded"));
    assertDone(run, "numbers", numbers);
  }

  @Test
  void whoCannotReachTheDatabaseForLongerThanItsLeaseEndsWhatItDoes() throws Exception {
    TminusProcess one = serve();
    String run =
        detach(
            "slow.md",
            """
            # Slow

            - [ ] Under way
              ```bash
              echo "pid $$"; echo begun >> slow; sleep 60; echo ended >> slow
              ```
            - [ ] After
              ```bash
              echo after >> slow
              ```
            """);
    long pid = Long.parseLong(one.await("pid ").replaceAll(".*pid ", "").strip());
    database.close();
    one.await("runs go on when it answers");
    await(() -> ProcessHandle.of(pid).isEmpty());
    database = database();
    one.await("the store answers again");
    one.await(letters(run), "it was under way when Tminus ended");
    tminus("sign", "under-way", "--run", run);
    one.await(letters(run), "SUCCEEDED");
    assertDone(run, "slow", "begun", "after");
    assertThat(one.lines()).anyMatch(line -> line.contains("let go: "));
  }

  private void cutAll() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(port));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tminus'");
    }
  }

  /// However long servers take to start: what one of them began ends when it is told to.
  private void letTheLongOneEnd() throws Exception {
    Files.createFile(folder.resolve("end"));
    awaitLines("long", 3);
  }

  private void awaitLines(String file, int count) throws Exception {
    await(() ->
        Files.exists(folder.resolve(file))
            && Files.readAllLines(folder.resolve(file)).size() >= count);
  }

  /// Waits for something that nothing tells of.
  private static void await(Callable<Boolean> holds) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
