package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetachedProcessTest {

  @TempDir Path folder;

  private DetachedProcess hold(String... command) throws Exception {
    return DetachedProcess.hold(List.of(command), folder.resolve("log"));
  }

  @Test
  void oneThatIsLetGoIsTheCommand() throws Exception {
    Path done = folder.resolve("done");
    DetachedProcess held = hold("sh", "-c", "echo $$ $1 > $0; cat", done.toString(), "a  'b' $c");
    assertThat(held.process().isAlive()).isTrue();
    assertThat(done).doesNotExist();
    held.letGo();
    assertThat(held.process().waitFor()).as("it reads nothing").isZero();
    assertThat(Files.readString(done))
        .as("under the same id, and no shell reads its arguments")
        .isEqualTo("%d a 'b' $c\n".formatted(held.process().pid()));
  }

  @Test
  void oneWhoseStarterDiedNeverRunsItsCommand() throws Exception {
    Path done = folder.resolve("done");
    DetachedProcess held = hold("touch", done.toString());
    // All that is left of a starter that was killed.
    held.process().getOutputStream().close();
    assertThat(held.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(held.process().exitValue()).isNotZero();
    assertThat(done).doesNotExist();
  }

  @Test
  void whatWasSaidBeforeIsKeptBeside() throws Exception {
    for (String word : List.of("one", "two")) {
      DetachedProcess held = hold("echo", word);
      held.letGo();
      assertThat(held.process().waitFor()).isZero();
    }
    assertThat(folder.resolve("log")).hasContent("two");
    assertThat(folder.resolve("log.1")).hasContent("one");
  }
}
