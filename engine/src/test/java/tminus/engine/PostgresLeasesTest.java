package tminus.engine;

import java.sql.SQLException;

class PostgresLeasesTest extends LeasesSuite {

  private final TestStore store;

  PostgresLeasesTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.schema());
  }

  @Override
  TestStore store() {
    return store;
  }
}
