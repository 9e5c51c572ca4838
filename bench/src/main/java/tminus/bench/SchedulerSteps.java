package tminus.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReplace;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A chain of db-scheduler's executions: each is replaced by the next one when it is done, in one
/// commit, and the next one is picked at once.
final class SchedulerSteps implements Contender {

  private static final TaskDescriptor<Integer> STEP = TaskDescriptor.of("step", Integer.class);

  /// Its own words, and its own table: see its documentation.
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100) NOT NULL, task_data %s,
        execution_time %2$s NOT NULL, picked BOOLEAN NOT NULL, picked_by VARCHAR(50),
        last_success %2$s, last_failure %2$s, consecutive_failures INT, last_heartbeat %2$s,
        version BIGINT NOT NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource connections;
  private final Scheduler scheduler;
  private CountDownLatch ended = new CountDownLatch(0);

  private SchedulerSteps(HikariConfig config, boolean shared) throws SQLException {
    connections = new HikariDataSource(config);
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      String table =
          shared
              ? TABLE.formatted("BYTEA", "TIMESTAMP WITH TIME ZONE")
              : TABLE.formatted("BLOB", "TIMESTAMP");
      for (String one : table.strip().split(";", -1)) {
        if (!one.isBlank()) {
          statement.execute(one);
        }
      }
    }
    SchedulerBuilder builder =
        Scheduler.create(connections, task()).enableImmediateExecution().threads(2);
    scheduler = (shared ? builder.pollUsingLockAndFetch(0.5, 1.0) : builder).build();
    scheduler.start();
  }

  /// In a file, as durable as the journal's.
  static SchedulerSteps in(Path folder) throws SQLException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    settings.setBusyTimeout(10_000);
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + folder.resolve("scheduler.db"));
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(4);
    return new SchedulerSteps(config, false);
  }

  static SchedulerSteps in(String jdbcUrl) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    return new SchedulerSteps(config, true);
  }

  private Task<Integer> task() {
    return Tasks.custom(STEP)
        .execute((instance, _) -> {
          int left = instance.getData() - 1;
          if (left > 0) {
            return new OnCompleteReplace<>(STEP, left);
          }
          return (complete, operations) -> {
            new OnCompleteRemove<Integer>().complete(complete, operations);
            ended.countDown();
          };
        });
  }

  @Override
  public Duration run(int steps) throws InterruptedException {
    ended = new CountDownLatch(1);
    scheduler.schedule(
        STEP.instance("run").data(steps).scheduledTo(InstantSource.system().instant()));
    ended.await();
    return Duration.ZERO;
  }

  @Override
  public void close() {
    scheduler.stop();
    connections.close();
  }
}
