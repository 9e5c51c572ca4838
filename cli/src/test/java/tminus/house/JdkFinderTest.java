package tminus.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// scripts/find-jdk.sh among folders that look like JDKs.
class JdkFinderTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void usePathWithoutJava() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    List<String> found =
        Finished.of(folder, "bash", "-c", "type -P bash readlink").out().lines().toList();
    FakeJdk.executable(
        tools.resolve("readlink"), "#!%s\nexec %s \"$@\"\n".formatted(found.get(0), found.get(1)));
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.resolve("home").toString());
  }

  @Test
  void javaHomeComesFirst() throws IOException {
    Path first = FakeJdk.make(folder.resolve("a jdk"), "25.0.1");
    environment.put("JAVA_HOME", first.toString());
    environment.put("PATH", FakeJdk.make(folder.resolve("b"), "25.0.2").resolve("bin").toString());

    assertThat(find("")).isEqualTo(new Finished(0, first + "\n", ""));
  }

  @Test
  void theJavaOnThePathIsFollowedToItsJdkWhenJavaHomeIsTooOld() throws IOException {
    environment.put("JAVA_HOME", FakeJdk.make(folder.resolve("old"), "17.0.2").toString());
    Path jdk = FakeJdk.make(folder.resolve("new"), "25.0.1");
    Path alternatives = Files.createDirectory(folder.resolve("alternatives"));
    Files.createSymbolicLink(alternatives.resolve("java"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(folder.resolve("tools/java"), Path.of("../alternatives/java"));

    assertThat(find("")).isEqualTo(new Finished(0, jdk + "\n", ""));
  }

  @Test
  void aUsualPlaceIsSearchedLast() throws IOException {
    FakeJdk.make(folder.resolve("place/17"), "17.0.2");
    Path jdk = FakeJdk.make(folder.resolve("place/25"), "25.0.1");

    assertThat(find("'%s'/place/*".formatted(folder))).isEqualTo(new Finished(0, jdk + "\n", ""));
  }

  @Test
  void theHomesOfSdkmanAndIntellijAreUsualPlaces() throws IOException {
    Path sdkman = FakeJdk.make(folder.resolve("home/.sdkman/candidates/java/25-tem"), "25.0.1");
    Path intellij = FakeJdk.make(folder.resolve("home/.jdks/temurin-25"), "25.0.1");

    Finished places = bash("printf '%s\\n' \"${jdk_places[@]}\"");

    assertThat(places.out().lines()).contains(sdkman.toString(), intellij.toString());
  }

  @ParameterizedTest
  @CsvSource({"25, true", "25.0.1, true", "26-ea, true", "24.0.2, false", "1.8.0_392, false"})
  void featureVersion25OrLaterIsTaken(String version, boolean taken) throws IOException {
    environment.put("JAVA_HOME", FakeJdk.make(folder.resolve("jdk"), version).toString());

    assertThat(find("").exitCode()).isEqualTo(taken ? 0 : 2);
  }

  @Test
  void aRuntimeWithoutACompilerIsNotTaken() throws IOException {
    Path jdk = FakeJdk.make(folder.resolve("jdk"), "25.0.1");
    Files.delete(jdk.resolve("bin/javac"));
    environment.put("JAVA_HOME", jdk.toString());

    assertThat(find("").exitCode()).isEqualTo(2);
  }

  @Test
  void noJdkIsOneSentenceAndExitCode2() {
    assertThat(find(""))
        .isEqualTo(
            new Finished(
                2,
                "",
                "Tminus needs a JDK 25 or later and found none: install one (Eclipse Temurin 25, for example) or set JAVA_HOME to its folder.\n"));
  }

  /// Looks for a JDK with `places` instead of the usual ones, and prints its folder.
  private Finished find(String places) {
    return bash("jdk_places=(%s); find_jdk || exit; echo \"$JAVA_HOME\"".formatted(places));
  }

  private Finished bash(String commands) {
    Path script = RepositoryFile.root().resolve("scripts/find-jdk.sh");
    return Finished.with(
        environment,
        folder,
        "bash",
        "-c",
        "set -euo pipefail; . '%s'; %s".formatted(script, commands));
  }
}
