package tminus.engine;

class MemoryLeasesTest extends LeasesSuite {

  private final TestStore store = new TestStore.Memory(new MemoryJournal(true));

  @Override
  TestStore store() {
    return store;
  }
}
