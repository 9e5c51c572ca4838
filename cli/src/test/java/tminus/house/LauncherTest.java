package tminus.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// ./tminus in a small copy of the repository, with a Maven that only notes that it was called and
/// a JDK that only prints how. The copy lies in a folder with a space in its name.
class LauncherTest {

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      root=${0%/*}
      echo build >>"$root/builds"
      [ ! -p "$root/wait" ] || read -r <"$root/wait"
      [ ! -f "$root/broken" ] || { echo 'this is broken'; exit 1; }
      mkdir -p "$root/cli/target/tminus/lib"
      echo jar >"$root/cli/target/tminus/lib/a.jar"
      """;

  /// Tells the test, the first time, that somebody waits.
  private static final String SLEEP =
      """
      #!/usr/bin/env bash
      folder=${0%/tools/*}
      [ -e "$folder/told" ] || { : >"$folder/told"; echo waiting >"$folder/waiting"; }
      command -p sleep 0.05
      """;

  @TempDir private Path folder;
  private Path root;
  private Map<String, String> environment;

  @BeforeEach
  void makeRepository() throws IOException {
    root = folder.resolve("a checkout");
    for (String file : List.of("tminus", "scripts/find-jdk.sh")) {
      Path copy = root.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(RepositoryFile.root().resolve(file), copy);
    }
    FakeJdk.executable(root.resolve("mvnw"), MAVEN);
    write("pom.xml");
    write("core/pom.xml");
    write("core/src/main/java/A.java");
    write("core/src/test/java/ATest.java");
    write("adapters/local/pom.xml");
    write("adapters/local/src/main/java/B.java");
    environment = new HashMap<>();
    environment.put("JAVA_HOME", FakeJdk.make(folder.resolve("jdk"), "25.0.1").toString());
    environment.put("PATH", System.getenv("PATH"));
  }

  @Test
  void theFirstUseBuildsAndTellsItInOneLine() throws IOException {
    Finished run = tminus("plan", "a b");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).matches("tminus: building \\(first use\\) … done in \\d+ s\\n");
    assertThat(run.out())
        .contains(" -cp " + root.resolve("cli/target/tminus/app.1/lib/a.jar"))
        .contains(" -XX:AOTCache=" + root.resolve("cli/target/tminus/app.1/25.0.1+1.aot"))
        .endsWith(" -Dtminus.home=" + root + " tminus.cli.Main plan a b\n");
  }

  @Test
  void theSecondUseBuildsNothingAndSaysNothing() throws IOException {
    tminus();

    assertThat(tminus().err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aChangedSourceIsBuiltBesideTheOldBuild() throws IOException {
    tminus();
    change("adapters/local/src/main/java/B.java");

    Finished run = tminus();

    assertThat(run.err()).matches("tminus: building \\(sources changed\\) … done in \\d+ s\\n");
    assertThat(run.out()).contains("app.2");
    assertThat(root.resolve("cli/target/tminus/app.1/lib/a.jar")).exists();
  }

  @Test
  void aRemovedSourceIsAChange() throws IOException {
    tminus();
    Files.delete(root.resolve("core/src/main/java/A.java"));
    change("core/src/main/java");

    assertThat(tminus().err()).contains("sources changed");
  }

  @Test
  void testsAndDocumentsDoNotGoIntoTheBuild() throws IOException {
    tminus();
    change("core/src/test/java/ATest.java");
    write("README.md");
    change("README.md");

    tminus();

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void onlyTheLastThreeBuildsAreKept() throws IOException {
    for (int i = 0; i < 5; i++) {
      change("pom.xml");
      tminus();
    }

    try (var found = Files.newDirectoryStream(root.resolve("cli/target/tminus"), "app.*")) {
      assertThat(found)
          .extracting(app -> app.getFileName().toString())
          .containsExactlyInAnyOrder("app.3", "app.4", "app.5");
    }
  }

  @Test
  void anotherJdkGetsItsOwnCacheWithoutABuild() throws IOException {
    tminus();
    environment.put("JAVA_HOME", FakeJdk.make(folder.resolve("next"), "26").toString());

    Finished run = tminus();

    assertThat(run.err()).matches("tminus: preparing for JDK 26\\+1 … done in \\d+ s\\n");
    assertThat(run.out()).contains("app.1/26+1.aot");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsShowsTheEndOfItsLogAndLeavesNoLock() throws IOException {
    write("broken");

    Finished run = tminus();

    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(run.err())
        .matches(
            "(?s)tminus: building \\(first use\\) … failed after \\d+ s\\nthis is broken\\n"
                + "tminus: the build failed; all it said is in .*build.log\\n");
    Files.delete(root.resolve("broken"));
    assertThat(tminus().exitCode()).isZero();
  }

  @Test
  @Timeout(value = 60, threadMode = SEPARATE_THREAD)
  void twoFirstUsesAtOnceBuildOnce() throws Exception {
    Path gate = pipe(root.resolve("wait"));
    Path waiting = pipe(folder.resolve("waiting"));
    FakeJdk.executable(Files.createDirectory(folder.resolve("tools")).resolve("sleep"), SLEEP);
    environment.merge("PATH", folder.resolve("tools").toString(), (path, own) -> own + ":" + path);

    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Finished> one = users.submit(() -> tminus());
      Future<Finished> other = users.submit(() -> tminus());
      // Opening a pipe waits for the other end: until one of the two waits, and the other builds.
      Files.readString(waiting);
      Files.writeString(gate, "go\n");

      assertThat(one.get().exitCode()).isZero();
      assertThat(other.get().exitCode()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
    assertThat(root.resolve("cli/target/tminus/lock")).doesNotExist();
  }

  private Path pipe(Path path) {
    assertThat(Finished.of(folder, "mkfifo", path.toString()).exitCode()).isZero();
    return path;
  }

  @Test
  void theLockOfAProcessThatEndedIsRemoved() throws IOException {
    Path lock = Files.createDirectories(root.resolve("cli/target/tminus/lock"));
    Files.writeString(lock.resolve("pid"), Finished.of(folder, "bash", "-c", "echo $$").out());

    assertThat(tminus().exitCode()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aSymbolicLinkFromAnywhereLeadsHome() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("tm"), Path.of("../a checkout/tminus"));

    Finished run = Finished.with(environment, bin, "./tm", "--version");

    assertThat(run.out()).endsWith(" -Dtminus.home=" + root + " tminus.cli.Main --version\n");
  }

  private Finished tminus(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = root.resolve("tminus").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Finished.with(environment, folder, command);
  }

  private long builds() throws IOException {
    return Files.readAllLines(root.resolve("builds")).size();
  }

  private void write(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    // Older than any build, however coarse the file system's clock.
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
  }

  /// Makes a file or folder newer than the newest build, by as little as the file system can tell.
  private void change(String path) throws IOException {
    Path current = root.resolve("cli/target/tminus/current");
    Instant built =
        Files.exists(current) ? Files.getLastModifiedTime(current).toInstant() : Instant.EPOCH;
    Files.setLastModifiedTime(root.resolve(path), FileTime.from(built.plusMillis(1)));
  }
}
