package tminus.engine;

import java.sql.SQLException;

class PostgresEnvironmentTest extends EnvironmentSuite {

  private final TestStore store;

  PostgresEnvironmentTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.schema());
  }

  @Override
  TestStore store() {
    return store;
  }
}
