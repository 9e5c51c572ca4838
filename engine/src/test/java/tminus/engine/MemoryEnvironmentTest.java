package tminus.engine;

class MemoryEnvironmentTest extends EnvironmentSuite {

  private final TestStore store = new TestStore.Memory(new MemoryJournal(true));

  @Override
  TestStore store() {
    return store;
  }
}
