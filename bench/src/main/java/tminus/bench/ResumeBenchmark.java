package tminus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import tminus.bench.TminusSteps.Course;
import tminus.core.plan.Action;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.StoreAddress;

/// How long it takes to take up a run again, by the length of its journal.
///
/// Arguments: how many rounds; the address of a PostgreSQL server, where there is one.
public final class ResumeBenchmark {

  private static final PrintStream OUT = System.out;
  private static final List<Integer> LENGTHS = List.of(100, 1_000, 10_000, 100_000);
  private static final int STEPS = 100;
  private static final int BATCH = 1_000;

  /// A workflow of as many steps must be made first, one by one.
  private static final int DBOS_MOST = 10_000;

  /// Someone who resumes, by the words in the table: the arguments of a [ResumeProcess] by length.
  private final Map<String, Map<Integer, String[]>> resumers = new LinkedHashMap<>();

  private final Map<String, Map<Integer, List<Map<String, Measured>>>> taken =
      new LinkedHashMap<>();

  private ResumeBenchmark() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    Optional<String> server = arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty();
    Path folder = Child.folder();
    try (Postgres postgres = Postgres.open(server, folder)) {
      ResumeBenchmark benchmark = new ResumeBenchmark();
      benchmark.prepare(folder, postgres);
      for (int round = 0; round < rounds; round++) {
        benchmark.measure();
      }
      benchmark.print(rounds);
    }
    Child.delete(folder);
  }

  private void prepare(Path folder, Postgres postgres)
      throws IOException, InterruptedException, SQLException {
    for (int length : LENGTHS) {
      Path place = Files.createTempDirectory(folder, "resume");
      String file = write(place.toString(), length);
      add("SQLite: rows read", length, "rows", "jdbc:sqlite:" + place.resolve("journal.db"), file);
      add("Tminus, SQLite", length, "tminus", place.toString(), file);
      Postgres.Database database = postgres.fresh();
      String run = write(database.address(), length);
      add("PostgreSQL: rows read", length, "rows", database.jdbcUrl(), run);
      add("Tminus, PostgreSQL", length, "tminus", database.address(), run);
      if (length <= DBOS_MOST) {
        String dbos = postgres.fresh().address();
        Child.measure(ResumeProcess.class, "leave", dbos, "" + length);
        add("DBOS Transact, PostgreSQL", length, "dbos", dbos, "" + length);
      }
    }
  }

  private void add(String words, int length, String... arguments) {
    resumers.computeIfAbsent(words, _ -> new LinkedHashMap<>()).put(length, arguments);
  }

  /// Writes a run of that many entries, starts and ends of steps by turns.
  private static String write(String address, int length) {
    InstantSource clock = InstantSource.system();
    try (Journal journal =
        Journal.open(StoreAddress.parse(address, Path.of(""), System.getenv()))) {
      RunId run =
          TminusSteps.start(
              new Runs(journal, clock, new SplittableRandom()),
              TminusSteps.plan(STEPS, Course.IN_SEQUENCE, new Action.Check(List.of())));
      Journal.Tip tip = journal.tip(run).orElseThrow();
      while (tip.seq() < length) {
        List<Recorded> batch = new ArrayList<>();
        for (long seq = tip.seq() + 1; seq <= Math.min(length, tip.seq() + BATCH); seq++) {
          batch.add(new Recorded(clock.instant(), Recorded.TMINUS, event(seq)));
        }
        tip = journal.append(run, tip, batch).orElseThrow();
      }
      return run.value();
    }
  }

  private static Event event(long seq) {
    StepId step = new StepId("s" + seq / 2 % STEPS);
    int attempt = 1 + (int) (seq / 2 / STEPS);
    return seq % 2 == 0
        ? new Event.StepStarted(step, attempt)
        : new Event.StepEnded(step, attempt, new Outcome.Failed("exit 1", List.of()));
  }

  private void measure() throws IOException, InterruptedException {
    for (int length : LENGTHS) {
      for (Map.Entry<String, Map<Integer, String[]>> resumer : resumers.entrySet()) {
        if (resumer.getValue().containsKey(length)) {
          taken
              .computeIfAbsent(resumer.getKey(), _ -> new LinkedHashMap<>())
              .computeIfAbsent(length, _ -> new ArrayList<>())
              .add(Child.measure(ResumeProcess.class, resumer.getValue().get(length)));
        }
      }
    }
  }

  private void print(int rounds) {
    OUT.printf(
        "Taken up again, in ms (of the processors), median of %d rounds, by the journal's entries%n",
        rounds);
    OUT.printf("%-44s", "");
    LENGTHS.forEach(length -> OUT.printf(Locale.ROOT, "%,16d", length));
    OUT.println();
    taken.forEach((words, byLength) -> {
      row(words + ", new process", byLength, "first");
      if (byLength.values().iterator().next().getFirst().containsKey("again")) {
        row(words + ", warm process", byLength, "again");
      }
    });
    OUT.printf("%-44s", "Tminus, SQLite: memory at most, MB");
    taken
        .getOrDefault("Tminus, SQLite", Map.of())
        .values()
        .forEach(several -> OUT.printf(Locale.ROOT, "%16.0f", median(several, "first").peak()));
    OUT.println();
  }

  private static void row(
      String words, Map<Integer, List<Map<String, Measured>>> byLength, String name) {
    OUT.printf("%-44s", words);
    byLength.values().forEach(several -> OUT.printf("%16s", median(several, name).cell(0)));
    OUT.println();
  }

  private static Measured median(List<Map<String, Measured>> several, String name) {
    return Measured.median(
        several.stream().map(round -> Objects.requireNonNull(round.get(name))).toList());
  }
}
