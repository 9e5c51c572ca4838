package tminus.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.StoreAddress;

/// Takes up again what another process left, in a process of its own, and prints what that took.
///
/// Arguments: `tminus`, the store's address and a run; or `rows`, a JDBC address and a run; or
/// `leave` or `dbos`, a database's address and a number of steps: a workflow that is left after
/// that many, or taken up there.
final class ResumeProcess {

  private static final int TIMES_AGAIN = 5;

  private ResumeProcess() {}

  public static void main(String[] arguments) throws Exception {
    String place = arguments[1];
    switch (arguments[0]) {
      case "tminus" -> twice(() -> view(place, new RunId(arguments[2])));
      case "rows" -> twice(() -> rows(place, arguments[2]));
      case "leave" -> leave(new Postgres.Database(place), Integer.parseInt(arguments[2]));
      case "dbos" -> takeUp(new Postgres.Database(place), Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException("what is " + arguments[0] + "?");
    }
  }

  private static void twice(Measured.Body body) throws Exception {
    Measured.of(body).print("first");
    List<Measured> again = new ArrayList<>();
    for (int i = 0; i < TIMES_AGAIN; i++) {
      again.add(Measured.of(body));
    }
    Measured.median(again).print("again");
  }

  private static Duration view(String address, RunId run) {
    try (Journal journal =
        Journal.open(StoreAddress.parse(address, Path.of(""), System.getenv()))) {
      new Runs(journal, InstantSource.system(), new SplittableRandom()).view(run);
    }
    return Duration.ZERO;
  }

  /// The same rows, and nothing made of them.
  private static Duration rows(String jdbcUrl, String run) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT seq, at, person, body, hash FROM event WHERE run = ? ORDER BY seq")) {
      query.setString(1, run);
      long characters = 0;
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          for (int column = 1; column <= 5; column++) {
            characters += row.getString(column).length();
          }
        }
      }
      if (characters == 0) {
        throw new IllegalStateException("there is no run " + run);
      }
    }
    return Duration.ZERO;
  }

  private static void leave(Postgres.Database database, int steps) throws Exception {
    IntConsumer step =
        number -> {
          if (number == steps) {
            Runtime.getRuntime().halt(0);
          }
        };
    try (DbosSteps dbos = new DbosSteps(database, step)) {
      dbos.run(steps + 1);
    }
  }

  /// From before it is launched until it does the first step that was not done.
  private static void takeUp(Postgres.Database database, int steps) throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    IntConsumer step =
        number -> {
          if (number != steps) {
            throw new IllegalStateException("step %d was done twice".formatted(number));
          }
          there.countDown();
          try {
            // Left where it was, for the next round.
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Measured.of(
            () -> {
              new DbosSteps(database, step);
              there.await();
              return Duration.ZERO;
            })
        .print("first");
    Runtime.getRuntime().halt(0);
  }
}
