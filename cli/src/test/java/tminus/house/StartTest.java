package tminus.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The program as a process of its own, without a terminal: as a pipe, a cron job or CI starts it.
class StartTest {

  @Test
  void startsWithoutATerminal() {
    Finished run = java("tminus.cli.Main", "--version");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("tminus ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void trainingForAQuickStartRunsToItsEnd() {
    assertThat(java("tminus.cli.Training")).isEqualTo(new Finished(0, "", ""));
  }

  @Test
  void printingIsLoadedByWhoPrintsOnly() {
    Finished run =
        java(
            "-Xlog:class+load",
            "tminus.cli.Main",
            "plan",
            RepositoryFile.root().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md").toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("tminus.cli.PlanCommand")
        .doesNotContain(
            "com.openhtmltopdf.", "org.apache.pdfbox.", "org.apache.fontbox.", "tminus.server.");
  }

  private static Finished java(String... arguments) {
    String[] command = new String[arguments.length + 4];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-Dtminus.home=" + RepositoryFile.root();
    command[2] = "-cp";
    command[3] = System.getProperty("java.class.path");
    System.arraycopy(arguments, 0, command, 4, arguments.length);
    return Finished.of(RepositoryFile.root(), command);
  }
}
