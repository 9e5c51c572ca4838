package tminus.bench;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntConsumer;

/// A durable workflow of DBOS Transact, whose steps leave a row each when they have ended.
final class DbosSteps implements Contender {

  private final DBOS dbos;
  private final Steps steps;

  /// What DBOS calls through.
  interface Steps {
    void go(int steps);
  }

  private record Going(DBOS dbos, IntConsumer step) implements Steps {

    @Override
    @Workflow(name = "steps")
    public void go(int steps) {
      for (int i = 0; i < steps; i++) {
        int number = i;
        dbos.runStep(() -> step.accept(number), "step");
      }
    }
  }

  /// @param step is told the number of each step as it is done, from 0
  DbosSteps(Postgres.Database database, IntConsumer step) {
    dbos =
        new DBOS(
            DBOSConfig.defaults("bench")
                .withDatabaseUrl(database.jdbcUrl())
                .withDbUser(database.user())
                .withDbPassword(Postgres.password())
                .withAppVersion("1"));
    steps = dbos.registerProxy(Steps.class, new Going(dbos, step));
    dbos.launch();
  }

  @Override
  public Duration run(int count) throws Exception {
    dbos.startWorkflow(
            () -> steps.go(count), new StartWorkflowOptions(UUID.randomUUID().toString()))
        .getResult();
    return Duration.ZERO;
  }

  @Override
  public void close() {
    dbos.shutdown();
  }
}
