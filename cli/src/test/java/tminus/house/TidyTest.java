package tminus.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every file keeps the rules of [Tidiness], and every rule can fail.
class TidyTest {

  private static final List<RepositoryFile> FILES = RepositoryFile.all();

  /// A file that breaks a rule with what is then said, and one near to it that breaks none.
  record Example(String name, RepositoryFile bad, String problem, RepositoryFile good) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String METHOD = "class A {\n  void a() {\n%s  }\n}\n";

  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "a file has at most 500 lines",
              RepositoryFile.of("a/A.java", "\n".repeat(501)),
              "a/A.java: has more than 500 lines (501) - split it by what it is about",
              RepositoryFile.of("a/A.java", "\n".repeat(500))),
          new Example(
              "a method has at most 70 lines",
              RepositoryFile.of("a/A.java", METHOD.formatted("    b();\n".repeat(69))),
              "a/A.java:2: method a has more than 70 lines (71) - split it by what it does",
              RepositoryFile.of("a/A.java", METHOD.formatted("    b();\n".repeat(68)))),
          new Example(
              "no test sleeps",
              RepositoryFile.of("a/src/test/java/A.java", "\nThread.sleep(LONG);"),
              "a/src/test/java/A.java:2: is banned (Thread.sleep() - wait for the event itself, with a deadline",
              RepositoryFile.of("a/src/test/java/A.java", "// Thread.sleep(LONG);")),
          new Example(
              "a sleep has a name",
              RepositoryFile.of("a/src/main/java/A.java", "Thread.sleep(100);"),
              "a/src/main/java/A.java:1: is banned (Thread.sleep(1) - sleep a Duration with a name",
              RepositoryFile.of("a/src/main/java/A.java", "Thread.sleep(LOOK);")),
          new Example(
              "the time comes from an InstantSource",
              RepositoryFile.of("a/A.java", "a = Instant.now();"),
              "a/A.java:1: is banned (Instant.now()) - take an InstantSource",
              RepositoryFile.of("a/A.java", "a = clock.instant();")),
          new Example(
              "only the command line prints",
              RepositoryFile.of("core/src/main/java/A.java", "System.out.println();"),
              "core/src/main/java/A.java:1: is banned (System.out) - return the text, only the command line prints",
              RepositoryFile.of("cli/src/main/java/A.java", "System.out.println();")),
          new Example(
              "an exception says what it is",
              RepositoryFile.of("core/src/main/java/A.java", "throw new RuntimeException(\"a\");"),
              "core/src/main/java/A.java:1: is banned (new RuntimeException() - throw what says which of our promises broke, or return a sealed outcome",
              RepositoryFile.of("core/src/main/java/A.java", "throw new IllegalStateException();")),
          new Example(
              "no stack trace goes nowhere",
              RepositoryFile.of("a/A.java", "e.printStackTrace();"),
              "a/A.java:1: is banned (.printStackTrace() - return it or throw it on",
              RepositoryFile.of("a/A.java", "String a = \"e.printStackTrace();\";")),
          new Example(
              "nothing is left over",
              RepositoryFile.of("a/A.java", "int a; // TO" + "DO b"),
              "a/A.java:1: is left over (TO"
                  + "DO) - do it now, or open an issue and delete the line",
              RepositoryFile.of("a/A.java", "String a = \"TO" + "DO\";")),
          new Example(
              "no path is that of one machine",
              RepositoryFile.of("a.sh", "cd /ro" + "ot/a"),
              "a.sh:1: is a path of one machine (/ro"
                  + "ot/a) - find the folder, or make it a setting",
              RepositoryFile.of(
                  "a.sh", "cd target/" + "work/a; ls \"$HOME/root/a\" /usr/lib/jvm/*")),
          new Example(
              "no registry is named",
              RepositoryFile.of("a.xml", "from https://registry." + "npmjs.org/a"),
              "a.xml:1: is the host of a registry (registry."
                  + "npmjs.org) - leave the choice of registry to the user's settings",
              RepositoryFile.of("a.xml", "see https://maven.apache.org/xsd")),
          new Example(
              "a file has at most 1 MiB",
              new RepositoryFile("a.bin", (1 << 20) + 1, ""),
              "a.bin: is larger than 1 MiB (1048577 bytes) - make it in the build or in the test",
              new RepositoryFile("a.bin", 1 << 20, "")),
          new Example(
              "a document has one title",
              RepositoryFile.of("a.md", "# A\n\n# B\n"),
              "a.md: has not exactly one title (2) - start it with one line `# Title`, deeper headings below",
              RepositoryFile.of("a.md", "---\n# a\n---\n# A\n\n```\n# comment\n```\n")),
          new Example(
              "the newest release comes first",
              RepositoryFile.of(
                  "CHANGELOG.md",
                  "# Changelog\n## [0.9.0] - 2026-01-02\n## [0.10.0] - 2026-02-03\n"),
              "CHANGELOG.md: releases are not in order (## [0.10.0] - 2026-02-03) - newest first",
              RepositoryFile.of(
                  "CHANGELOG.md",
                  "# Changelog\n## [0.10.0] - 2026-02-03\n## [0.9.0] - 2026-01-02\n")),
          new Example(
              "a release has a version and a date",
              RepositoryFile.of("CHANGELOG.md", "# Changelog\n## 1.0\n"),
              "CHANGELOG.md: is no release (## 1.0) - write `## [1.2.3] - 2026-01-31` or `## [Unreleased]`",
              RepositoryFile.of("CHANGELOG.md", "# Changelog\n## [Unreleased]\n")),
          new Example(
              "safety is told first",
              RepositoryFile.of(
                  "CHANGELOG.md",
                  "# Changelog\n## [Unreleased]\n### Added\n- a\n### Safety\n- b\n"),
              "CHANGELOG.md: is no group of changes, or not in order (### Safety) - use Safety, Added, Changed, Deprecated, Removed, Fixed, Security",
              RepositoryFile.of(
                  "CHANGELOG.md",
                  "# Changelog\n## [Unreleased]\n### Safety\n- b\n### Added\n- a\n")));

  @Test
  void everyFileKeepsEveryRule() {
    assertThat(FILES.stream().flatMap(file -> Tidiness.of(file).stream())).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("EXAMPLES")
  void everyRuleCanFail(Example example) {
    assertThat(Tidiness.of(example.bad)).containsExactly(example.problem);
    assertThat(Tidiness.of(example.good)).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(Tidiness.nullMarked(FILES)).isEmpty();
  }

  @Test
  void aPackageThatIsNotNullMarkedIsFound() {
    List<RepositoryFile> files =
        List.of(
            RepositoryFile.of("m/src/main/java/a/package-info.java", "@NullMarked\npackage a;"),
            RepositoryFile.of("m/src/main/java/a/A.java", ""),
            RepositoryFile.of("m/src/test/java/a/ATest.java", ""),
            RepositoryFile.of("m/src/main/java/module-info.java", ""),
            RepositoryFile.of("m/src/main/java/b/package-info.java", "package b;"));

    assertThat(Tidiness.nullMarked(files))
        .containsExactly(
            "m/src/main/java/b: has no @NullMarked package-info.java - add one that says what the package is for");
  }

  @Test
  void bashReadsEveryShellScript() {
    List<RepositoryFile> scripts = FILES.stream().filter(RepositoryFile::isShell).toList();

    assertThat(scripts).extracting(RepositoryFile::path).contains("mvnw", "test", "tminus");
    assertThat(scripts).allSatisfy(script -> assertThat(syntaxProblems(script.path())).isEmpty());
  }

  @Test
  void aScriptThatBashCannotReadIsFound(@TempDir Path folder) throws IOException {
    Path script = Files.writeString(folder.resolve("a.sh"), "if true; then\n");

    assertThat(syntaxProblems(script.toString())).contains("syntax error");
  }

  private static String syntaxProblems(String path) {
    return Finished.of(RepositoryFile.root(), "bash", "-n", path).err();
  }

  @Test
  void methodsAreFoundWhereverTheyStand() {
    String source =
        """
        /// Not a { brace.
        @A({"{", "}"})
        record B(int a) {
          static final int[] C = {1, 2};
          B {
            check(a);
          }
          @D("}")
          <T> int e(T f) throws G {
            return new H() { void i() { } }.j('{');
          }
          enum K { L { void m() { } }, N }
          interface O { void p(); default void q() { } }
        }
        """;

    assertThat(JavaText.methods(source))
        .containsExactly(
            new JavaText.Method("B", 5, 3),
            new JavaText.Method("e", 8, 4),
            new JavaText.Method("L", 12, 1),
            new JavaText.Method("q", 13, 1));
  }
}
