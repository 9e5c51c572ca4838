package tminus.engine;

import java.sql.SQLException;

class PostgresRunsTest extends RunsSuite {

  private final TestStore store;

  PostgresRunsTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.schema());
  }

  @Override
  TestStore store() {
    return store;
  }
}
