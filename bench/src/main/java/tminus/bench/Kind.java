package tminus.bench;

import java.nio.file.Path;
import tminus.bench.TminusSteps.Course;
import tminus.engine.StoreAddress;

/// What is measured side by side, and how many steps it is asked for at most: with the slow ones
/// more would only take longer.
enum Kind {
  FILE("floor: append, fdatasync", Place.FILE, 10_000),
  TMINUS_FILE("Tminus, SQLite", Place.FILE, 10_000),
  TMINUS_TRUE("Tminus, SQLite, runs `true`", Place.FILE, 500),
  BASH("bash loop, one sync a line", Place.FILE, 500),
  SCHEDULER_FILE("db-scheduler, SQLite", Place.FILE, 500),
  ROW("floor: one row, one commit", Place.POSTGRESQL, 10_000),
  TMINUS_POSTGRESQL("Tminus, PostgreSQL", Place.POSTGRESQL, 10_000),
  DBOS("DBOS Transact, PostgreSQL", Place.POSTGRESQL, 10_000),
  SCHEDULER_POSTGRESQL("db-scheduler, PostgreSQL", Place.POSTGRESQL, 500);

  /// What it is durable in. Those of one place are compared with each other.
  enum Place {
    FILE,
    POSTGRESQL
  }

  final String words;
  final Place place;
  final int most;

  Kind(String words, Place place, int most) {
    this.words = words;
    this.place = place;
    this.most = most;
  }

  /// What nothing of this place can be quicker than.
  Kind floor() {
    return switch (place) {
      case FILE -> FILE;
      case POSTGRESQL -> ROW;
    };
  }

  /// Tminus in this place.
  Kind tminus() {
    return switch (place) {
      case FILE -> TMINUS_FILE;
      case POSTGRESQL -> TMINUS_POSTGRESQL;
    };
  }

  /// Makes it ready.
  ///
  /// @param folder its files
  /// @param database its database
  Contender open(Path folder, Postgres.Database database) throws Exception {
    return switch (this) {
      case FILE -> Floor.File.in(folder);
      case TMINUS_FILE ->
          TminusSteps.in(new StoreAddress.Folder(folder), folder, Course.IN_SEQUENCE);
      case TMINUS_TRUE ->
          TminusSteps.in(new StoreAddress.Folder(folder), folder, Course.IN_SEQUENCE, "true");
      case BASH -> new ShellSteps(folder);
      case SCHEDULER_FILE -> SchedulerSteps.in(folder);
      case ROW -> Floor.Row.in(database.jdbcUrl());
      case TMINUS_POSTGRESQL ->
          TminusSteps.in(
              StoreAddress.parse(database.address(), folder, System.getenv()),
              folder,
              Course.IN_SEQUENCE);
      case DBOS -> new DbosSteps(database, _ -> {});
      case SCHEDULER_POSTGRESQL -> SchedulerSteps.in(database.jdbcUrl());
    };
  }
}
