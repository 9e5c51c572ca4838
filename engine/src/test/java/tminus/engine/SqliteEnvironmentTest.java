package tminus.engine;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteEnvironmentTest extends EnvironmentSuite {

  @TempDir Path folder;

  @Override
  TestStore store() {
    return new TestStore.Sqlite(folder);
  }
}
