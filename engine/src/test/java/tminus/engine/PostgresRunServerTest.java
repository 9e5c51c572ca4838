package tminus.engine;

import java.sql.SQLException;

class PostgresRunServerTest extends RunServerSuite {

  private final TestStore store;

  PostgresRunServerTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.schema());
  }

  @Override
  TestStore store() {
    return store;
  }
}
