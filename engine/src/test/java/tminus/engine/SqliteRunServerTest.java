package tminus.engine;

class SqliteRunServerTest extends RunServerSuite {

  @Override
  TestStore store() {
    return new TestStore.Sqlite(folder.resolve("store"));
  }

  /// Each takes a few commits, and each of those waits for the disk.
  @Override
  int waiting() {
    return 200;
  }
}
