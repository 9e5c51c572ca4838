package tminus.engine;

import java.util.List;

/// The tables of a store, as the scripts that make them: each brings a store to the next version.
/// Scripts are added, and never changed once released.
///
/// They are written once. [Dialect] says what the databases call things.
final class Schema {

  private Schema() {}

  /// How a database words what SQL leaves open.
  ///
  /// @param text the type of text, compared byte by byte
  /// @param bytes the type of bytes
  /// @param moment the type of a moment, as the scheduler reads and writes it
  /// @param epoch the first moment of 1970
  /// @param ordinal what a table needs so that its rows have a `rowid` that grows; may be empty
  /// @param clustered what keeps a table in the order of its primary key; may be empty
  /// @param guard makes a table append-only; `%1$s` stands for its name
  record Dialect(
      String text,
      String bytes,
      String moment,
      String epoch,
      String ordinal,
      String clustered,
      String guard) {

    private String word(String script) {
      return script
          .replace("{text}", text)
          .replace("{bytes}", bytes)
          .replace("{moment}", moment)
          .replace("{epoch}", epoch)
          .replace("{ordinal}", ordinal)
          .replace("{clustered}", clustered)
          .replace("{guard event}", guard.formatted("event"))
          .replace("{guard run}", guard.formatted("run"));
    }
  }

  private static final String RUNS_EVENTS_LEASES =
      """
      CREATE TABLE IF NOT EXISTS run (
        id {text} PRIMARY KEY, title {text} NOT NULL, file {text} NOT NULL, folder {text} NOT NULL,
        binding {text} NOT NULL, document {bytes} NOT NULL, created {text} NOT NULL {ordinal});
      CREATE TABLE IF NOT EXISTS event (
        run {text} NOT NULL REFERENCES run(id), seq BIGINT NOT NULL, at {text} NOT NULL,
        person {text} NOT NULL, body {text} NOT NULL, hash {text} NOT NULL,
        PRIMARY KEY (run, seq)) {clustered};
      CREATE TABLE IF NOT EXISTS lease (
        run {text} PRIMARY KEY, owner {text} NOT NULL, token BIGINT NOT NULL, until BIGINT NOT NULL);
      {guard event}
      {guard run}
      """;

  /// Leases become those of any resource, and runs may belong to an environment.
  private static final String ENVIRONMENTS =
      """
      ALTER TABLE run ADD COLUMN environment {text};
      ALTER TABLE lease RENAME TO lease_of_run;
      CREATE TABLE lease (
        resource {text} PRIMARY KEY, owner {text} NOT NULL, token BIGINT NOT NULL, until BIGINT NOT NULL);
      INSERT INTO lease SELECT 'run:' || run, owner, token, until FROM lease_of_run;
      DROP TABLE lease_of_run;
      """;

  /// The scheduler's own table, as its documentation has it. Runs that are not over are due at
  /// once.
  private static final String AGENDA =
      """
      CREATE TABLE scheduled_tasks (
        task_name {text} NOT NULL, task_instance {text} NOT NULL, task_data {bytes},
        execution_time {moment} NOT NULL, picked BOOLEAN NOT NULL, picked_by {text},
        last_success {moment}, last_failure {moment}, consecutive_failures INTEGER,
        last_heartbeat {moment}, version BIGINT NOT NULL, PRIMARY KEY (task_name, task_instance));
      CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);
      CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
        SELECT 'run', id, {epoch}, FALSE, 1 FROM run WHERE NOT EXISTS (
          SELECT 1 FROM event WHERE run = run.id AND body LIKE '{"type":"RunFinished"%');
      """;

  private static final List<String> SCRIPTS = List.of(RUNS_EVENTS_LEASES, ENVIRONMENTS, AGENDA);

  /// The version this Tminus reads and writes.
  static final int VERSION = SCRIPTS.size();

  /// The scripts that bring a store from a version to ours, in order.
  ///
  /// @param version 0 for an empty one, at most [#VERSION]
  static List<String> scriptsFrom(int version, Dialect dialect) {
    return SCRIPTS.subList(version, VERSION).stream().map(dialect::word).toList();
  }

  /// What is wrong with a store of a version we do not know yet.
  static String newer(int version) {
    return "its schema is version %d, newer than this Tminus knows".formatted(version);
  }
}
