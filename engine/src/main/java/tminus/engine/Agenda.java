package tminus.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import tminus.engine.Database.Session;

/// When each run that is not over is to be looked at by a server: the scheduler's table, as the
/// journal writes it. The scheduler itself is not needed for that, and is loaded by servers only.
///
/// What people say brings their run forward in the same commit, so no word is missed; and what a
/// server has under way is left to that one.
final class Agenda {

  /// What the scheduler calls a look at a run.
  static final String TASK = "run";

  /// A new run is left to the process that began it for that long; a terminal takes it at once.
  static final Duration COURTESY = Duration.ofSeconds(1);

  private static final String ENTRY = "WHERE task_name = '" + TASK + "' AND task_instance = ?";

  private final Database database;

  Agenda(Database database) {
    this.database = database;
  }

  /// Puts a new run down.
  void add(Session session, RunId run, Instant due) throws SQLException {
    session.update(
        """
        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
        VALUES ('%s', ?, %s, FALSE, 1)
        """
            .formatted(TASK, database.moment()),
        statement -> {
          statement.setString(1, run.value());
          statement.setLong(2, due.toEpochMilli());
        });
  }

  /// Makes a run due at once, unless a server has it in hand.
  void bringForward(Session session, RunId run) throws SQLException {
    session.update(
        "UPDATE scheduled_tasks SET execution_time = %s, version = version + 1 %s AND NOT picked"
            .formatted(database.moment(), ENTRY),
        statement -> {
          statement.setLong(1, 0);
          statement.setString(2, run.value());
        });
  }

  /// Makes a run due at once, unless a server has it in hand.
  void bringForward(RunId run) {
    database.write(session -> {
      bringForward(session, run);
      return true;
    });
  }

  /// Makes every run due at once that no server has in hand.
  void bringAllForward() {
    database.write(session ->
        session.update(
            "UPDATE scheduled_tasks SET execution_time = %s, version = version + 1 WHERE task_name = '%s' AND NOT picked"
                .formatted(database.moment(), TASK),
            statement -> statement.setLong(1, 0)));
  }

  /// Strikes a run off that is over, unless a server has it in hand.
  void strike(Session session, RunId run) throws SQLException {
    session.update(
        "DELETE FROM scheduled_tasks %s AND NOT picked".formatted(ENTRY),
        statement -> statement.setString(1, run.value()));
  }

  /// How many runs are not over, as far as is known.
  int size() {
    return database.read(session ->
        session
            .first("SELECT count(*) FROM scheduled_tasks", _ -> {}, row -> row.getInt(1))
            .orElse(0));
  }
}
