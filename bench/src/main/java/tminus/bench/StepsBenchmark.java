package tminus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a durable step costs, beside what durability costs at least and what others would take.
///
/// Arguments: how many rounds; the address of a PostgreSQL server, where there is one. In each
/// round all contenders take turns, so that ratios are formed within minutes of each other.
public final class StepsBenchmark {

  private static final PrintStream OUT = System.out;
  private static final List<Integer> COUNTS = List.of(50, 500, 5_000, 10_000);
  private static final int CHECKS = 500;

  private final int rounds;
  private final Path folder;
  private final Postgres postgres;

  /// Of each round, what a step took by how many there were.
  private final Map<Kind, List<Map<String, Measured>>> taken = new EnumMap<>(Kind.class);

  private StepsBenchmark(int rounds, Path folder, Postgres postgres) {
    this.rounds = rounds;
    this.folder = folder;
    this.postgres = postgres;
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    Optional<String> server = arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty();
    Path folder = Child.folder();
    try (Postgres postgres = Postgres.open(server, folder)) {
      StepsBenchmark benchmark = new StepsBenchmark(rounds, folder, postgres);
      benchmark.checks();
      benchmark.measure();
      benchmark.print();
    }
    Child.delete(folder);
  }

  private void measure() throws IOException, InterruptedException, SQLException {
    for (int round = 0; round < rounds; round++) {
      for (Kind kind : Kind.values()) {
        List<String> arguments = new ArrayList<>();
        arguments.add(kind.name());
        arguments.add(newFolder("steps").toString());
        arguments.add(postgres.fresh().address());
        COUNTS.stream().filter(count -> count <= kind.most).forEach(n -> arguments.add("" + n));
        postgres.settle();
        taken
            .computeIfAbsent(kind, _ -> new ArrayList<>())
            .add(Child.measure(StepsProcess.class, arguments.toArray(String[]::new)));
      }
    }
  }

  private void checks() throws IOException, InterruptedException {
    Path cache = folder.resolve("aot");
    Child.train(cache, StepsProcess.class, checksArguments());
    List<Map<String, Measured>> cached = new ArrayList<>();
    List<Map<String, Measured>> plain = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      cached.add(Child.measureCached(cache, StepsProcess.class, checksArguments()));
      plain.add(Child.measure(StepsProcess.class, checksArguments()));
    }
    OUT.printf(
        Locale.ROOT,
        "%d checks that do nothing, side by side, SQLite, in ms (of the processors), median of %d rounds%n",
        CHECKS,
        rounds);
    row("first thing in a new process, without the launcher's cache", plain, "first");
    row("first thing in a new process, with it", cached, "first");
    row("in a warm process", cached, "again");
    OUT.println();
  }

  private String[] checksArguments() throws IOException {
    return new String[] {"checks", newFolder("checks").toString(), Integer.toString(CHECKS)};
  }

  private Path newFolder(String name) throws IOException {
    return Files.createTempDirectory(folder, name);
  }

  private static void row(String words, List<Map<String, Measured>> several, String name) {
    Measured median =
        Measured.median(
            several.stream().map(round -> Objects.requireNonNull(round.get(name))).toList());
    OUT.printf("  %-58s%14s%8.0f MB at most%n", words, median.cell(0), median.peak());
  }

  private void print() {
    OUT.printf(
        "A step, in ms (of the processors), median of %d rounds, by the number of steps%n", rounds);
    OUT.printf("%-30s", "");
    COUNTS.forEach(count -> OUT.printf(Locale.ROOT, "%,16d", count));
    OUT.printf("%12s%12s%12s%n", "flatness", "× floor", "× Tminus");
    for (Kind kind : Kind.values()) {
      OUT.printf("%-30s", kind.words);
      for (int count : COUNTS) {
        OUT.printf("%16s", count <= kind.most ? median(kind, count).cell(3) : "");
      }
      int most = COUNTS.getLast();
      int common = Math.min(kind.most, 500);
      OUT.printf(
          "%12s%12s%12s%n",
          kind.most < most ? "" : number(ratio(kind, most, kind, COUNTS.getFirst())),
          number(ratio(kind, common, kind.floor(), common)),
          number(ratio(kind, common, kind.tminus(), common)));
    }
    OUT.println(
        "flatness: a step of the longest run to one of the shortest; × floor, × Tminus: at 500 steps, pair by pair");
  }

  private Measured median(Kind kind, int count) {
    return Measured.median(
        IntStream.range(0, rounds).mapToObj(round -> taken(kind, round, count)).toList());
  }

  private Measured taken(Kind kind, int round, int count) {
    Map<String, Measured> byCount = Objects.requireNonNull(taken.get(kind)).get(round);
    return Objects.requireNonNull(byCount.get("" + count));
  }

  /// Formed round by round.
  private double ratio(Kind kind, int count, Kind other, int otherCount) {
    return Measured.median(
        IntStream.range(0, rounds)
            .mapToDouble(round ->
                taken(kind, round, count).millis() / taken(other, round, otherCount).millis())
            .toArray());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
