package tminus.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tminus.bench.TminusSteps.Course;
import tminus.engine.StoreAddress;

/// One contender in a process of its own: warms up, goes through its steps, and prints what a step
/// took for each count of them.
///
/// Arguments: the [Kind], a folder, a database's address, counts of steps. Or `checks`, a folder
/// and a count: so many checks side by side, at once after the start.
final class StepsProcess {

  /// By then the JVM has compiled what there is to compile.
  private static final int WARM_UP = 2_500;

  /// Short runs are repeated, so that each figure comes from about so many steps.
  private static final int STEPS_A_FIGURE = 1_000;

  private StepsProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("checks")) {
      checks(folder, Integer.parseInt(arguments[2]));
      return;
    }
    int[] counts =
        Arrays.stream(arguments, 3, arguments.length).mapToInt(Integer::parseInt).toArray();
    Kind kind = Kind.valueOf(arguments[0]);
    try (Contender contender = kind.open(folder, new Postgres.Database(arguments[2]))) {
      contender.run(Math.min(WARM_UP, kind.most));
      for (int count : counts) {
        steps(contender, count).print("" + count);
      }
    }
    // What a contender leaves running is no business of the next one.
    System.exit(0);
  }

  private static Measured steps(Contender contender, int count) throws Exception {
    List<Measured> several = new ArrayList<>();
    for (int i = 0; i < Math.max(1, STEPS_A_FIGURE / count); i++) {
      several.add(Measured.of(() -> contender.run(count)));
    }
    // Of short runs the system's clock of the processors is too coarse to be looked at one by one.
    double worked = several.stream().mapToDouble(Measured::worked).average().orElseThrow();
    Measured median = Measured.median(several);
    return new Measured(median.millis() / count, worked / count, median.peak());
  }

  /// The first time counts from before the journal is opened, so that loading what that needs is in
  /// it; then what it takes a process that has been at work for a while.
  private static void checks(Path folder, int count) throws Exception {
    Measured.of(() -> checksOnce(folder, count)).print("first");
    for (int i = 0; i < WARM_UP / count; i++) {
      checksOnce(folder, count);
    }
    Measured.of(() -> checksOnce(folder, count)).print("again");
  }

  private static Duration checksOnce(Path folder, int count) throws InterruptedException {
    StoreAddress address = new StoreAddress.Folder(folder);
    try (TminusSteps tminus = TminusSteps.in(address, folder, Course.SIDE_BY_SIDE)) {
      return tminus.run(count);
    }
  }
}
