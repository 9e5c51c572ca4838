package tminus.engine;

import java.sql.SQLException;

class PostgresRunsTest extends RunsSuite {

  private final TestStore store;

  PostgresRunsTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.database());
  }

  @Override
  TestStore store() {
    return store;
  }
}
