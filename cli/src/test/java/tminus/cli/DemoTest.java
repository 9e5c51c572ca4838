package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of it: the shop, the proxy, load, the checklist, people, traffic, the record.
class DemoTest {

  @TempDir private Path folder;

  private static String written(Cli.Result result, String label) throws IOException {
    Matcher path = Pattern.compile(label + ":\\s+(\\S+)").matcher(result.out());
    assertThat(path.find()).as(result.out() + result.err()).isTrue();
    return Files.readString(Path.of(path.group(1)));
  }

  /// Processes of the shop or the proxy that were started from here and still live.
  private static List<String> leftBehind() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains("examples.shop") || line.contains(" proxy "))
        .toList();
  }

  @Test
  void aGoodReleaseGetsAllTheTrafficAndNoRequestIsLost() throws IOException {
    Cli.Result result = new Cli(folder).run("demo");
    assertThat(result.out() + result.err())
        .contains("Deployed: v1.1.0 has all the traffic", "lost: 0");
    assertThat(result.code()).isZero();
    assertThat(written(result, "filled-in document"))
        .contains(
            "**Decision: [x] GO  [ ] NO-GO**", "- [x] Shift 100 % of the traffic", "[x] ✓ HEALTHY")
        .contains("- [ ] Give all of the traffic back");
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void aFaultyReleaseIsRolledBackByItselfAndNoRequestIsLost() throws IOException {
    Cli.Result result = new Cli(folder).run("demo", "--release", "faulty", "--fault", "errors=40%");
    assertThat(result.out() + result.err())
        .contains("TRIGGER error rate is", "all traffic back to the stable version", "lost: 0")
        .contains(
            "Rolled back: v1.0.0 has all the traffic again",
            "from the first bad answer to all traffic back");
    assertThat(result.code()).isEqualTo(3);
    assertThat(written(result, "filled-in document"))
        .contains("- [ ] Shift 100 % of the traffic", "- [x] Give all of the traffic back");
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void aReleaseThatDoesNotStartNeverGetsTraffic() {
    Cli.Result result = new Cli(folder).run("demo", "--fault", "crash-on-start");
    assertThat(result.out() + result.err())
        .contains(
            "ended with exit code 1 before it was ready", "0 answered with an error, lost: 0");
    assertThat(result.code()).isEqualTo(3);
    assertThat(leftBehind()).isEmpty();
  }
}
