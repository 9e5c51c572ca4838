package tminus.engine;

class MemoryRunsTest extends RunsSuite {

  private final TestStore store = new TestStore.Memory(new MemoryJournal(true));

  @Override
  TestStore store() {
    return store;
  }
}
