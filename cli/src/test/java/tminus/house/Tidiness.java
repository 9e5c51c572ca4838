package tminus.house;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules for files that no compiler checks. Each looks at one file, or at all of them, and
/// returns what is wrong: `where: what is wrong (value) - what to do`.
final class Tidiness {

  private static final int FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 70;
  private static final int FILE_BYTES_MAX = 1 << 20;

  /// The one file that may be larger: docs/decisions/0002-maven-is-vendored.md.
  private static final Pattern VENDORED =
      Pattern.compile("\\.mvn/wrapper/apache-maven-[^/]+\\.zip");

  private static final Pattern CODE = Pattern.compile(".*\\.(java|sh|js|css|html|jte|sql|xml)");

  /// What must not be called, where, and what to write instead.
  private record Ban(Pattern call, Predicate<RepositoryFile> where, String instead) {}

  private static final List<Ban> BANS =
      List.of(
          ban(
              "\\bThread\\.sleep\\(",
              file -> !file.isMain(),
              "wait for the event itself, with a deadline"),
          ban("\\bThread\\.sleep\\([0-9]", RepositoryFile::isMain, "sleep a Duration with a name"),
          ban(
              "\\b(Instant|LocalDateTime|ZonedDateTime|OffsetDateTime|LocalDate|LocalTime)\\.now\\(\\)"
                  + "|\\bSystem\\.currentTimeMillis\\(",
              file -> true,
              "take an InstantSource"),
          ban(
              "\\bSystem\\.(out|err)\\b",
              file -> file.isMain() && !isProgram(file),
              "return the text, only the command line prints"),
          ban(
              "\\bnew (RuntimeException|Exception|Throwable|Error)\\(",
              RepositoryFile::isMain,
              "throw what says which of our promises broke, or return a sealed outcome"),
          ban("\\.printStackTrace\\(", file -> !isProgram(file), "return it or throw it on"));

  private static final Pattern LEFTOVER = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME)\\b");

  /// Folders of one particular machine. Assembled, so that this file does not hold them.
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![\\w.~}$-])/("
              + String.join("|", "work", "root", "Users", "home(?!/linuxbrew)")
              + ")/\\w|/usr/lib/jvm/\\w");

  private static final Pattern REGISTRY =
      Pattern.compile(
          Stream.of(
                  "repo.maven.|apache.org",
                  "repo1|.maven.org",
                  "central.|sonatype.com",
                  "oss.|sonatype.org",
                  "plugins.|gradle.org",
                  "registry.|npmjs.org",
                  "registry.|yarnpkg.com",
                  "deb.|debian.org",
                  "archive.|ubuntu.com",
                  "hub.|docker.com",
                  "registry-1.|docker.io",
                  "ghcr.|io",
                  "quay.|io",
                  "gcr.|io",
                  "pypi.|org",
                  "crates.|io",
                  "proxy.|golang.org",
                  "jitpack.|io")
              .map(host -> "\\b" + Pattern.quote(host.replace("|", "")) + "\\b")
              .reduce((one, other) -> one + "|" + other)
              .orElseThrow());

  private static final Pattern RELEASE =
      Pattern.compile("## \\[?(\\d+\\.\\d+\\.\\d+)\\]? - \\d{4}-\\d{2}-\\d{2}");
  private static final List<String> CHANGE_GROUPS =
      List.of("Safety", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");

  private static final List<Function<RepositoryFile, List<String>>> RULES =
      List.of(
          Tidiness::fileLength,
          Tidiness::methodLength,
          Tidiness::bannedCalls,
          Tidiness::leftovers,
          Tidiness::machinePaths,
          Tidiness::registryHosts,
          Tidiness::fileSize,
          Tidiness::oneTitle,
          Tidiness::changelogShape);

  private Tidiness() {}

  private static Ban ban(String call, Predicate<RepositoryFile> where, String instead) {
    return new Ban(Pattern.compile(call), where, instead);
  }

  /// All that is wrong with one file.
  static List<String> of(RepositoryFile file) {
    return RULES.stream().flatMap(rule -> rule.apply(file).stream()).toList();
  }

  private static List<String> fileLength(RepositoryFile file) {
    int lines =
        CODE.matcher(file.path()).matches() || file.isShell()
            ? (int) file.text().lines().count()
            : 0;
    return lines > FILE_LINES_MAX
        ? List.of(
            "%s: has more than %d lines (%d) - split it by what it is about"
                .formatted(file.path(), FILE_LINES_MAX, lines))
        : List.of();
  }

  private static List<String> methodLength(RepositoryFile file) {
    return !file.isJava()
        ? List.of()
        : JavaText.methods(file.text()).stream()
            .filter(method -> method.lines() > METHOD_LINES_MAX)
            .map(method ->
                "%s:%d: method %s has more than %d lines (%d) - split it by what it does"
                    .formatted(
                        file.path(),
                        method.line(),
                        method.name(),
                        METHOD_LINES_MAX,
                        method.lines()))
            .toList();
  }

  private static List<String> bannedCalls(RepositoryFile file) {
    if (!file.isJava()) {
      return List.of();
    }
    String code = JavaText.code(file.text());
    return BANS.stream()
        .filter(ban -> ban.where.test(file))
        .flatMap(ban -> found(file.path(), code, ban.call, "is banned", ban.instead).stream())
        .toList();
  }

  private static List<String> leftovers(RepositoryFile file) {
    // A checklist, in examples and test resources, may well have such a word in it.
    if (isChecklist(file)) {
      return List.of();
    }
    String text = file.isJava() ? JavaText.codeAndComments(file.text()) : file.text();
    return found(
        file.path(),
        text,
        LEFTOVER,
        "is left over",
        "do it now, or open an issue and delete the line");
  }

  private static List<String> machinePaths(RepositoryFile file) {
    return found(
        file.path(),
        file.text(),
        MACHINE_PATH,
        "is a path of one machine",
        "find the folder, or make it a setting");
  }

  private static List<String> registryHosts(RepositoryFile file) {
    return found(
        file.path(),
        file.text(),
        REGISTRY,
        "is the host of a registry",
        "leave the choice of registry to the user's settings");
  }

  private static List<String> fileSize(RepositoryFile file) {
    return file.size() <= FILE_BYTES_MAX || VENDORED.matcher(file.path()).matches()
        ? List.of()
        : List.of(
            "%s: is larger than 1 MiB (%d bytes) - make it in the build or in the test"
                .formatted(file.path(), file.size()));
  }

  private static List<String> oneTitle(RepositoryFile file) {
    if (!file.path().endsWith(".md") || isChecklist(file)) {
      return List.of();
    }
    long titles = outsideFences(file.text()).lines().filter(line -> line.startsWith("# ")).count();
    return titles == 1
        ? List.of()
        : List.of(
            "%s: has not exactly one title (%d) - start it with one line `# Title`, deeper headings below"
                .formatted(file.path(), titles));
  }

  /// Keep a Changelog, newest release first, with `Safety` as the first group of changes.
  private static List<String> changelogShape(RepositoryFile file) {
    if (!file.path().equals("CHANGELOG.md")) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    Optional<String> newer = Optional.empty();
    int group = -1;
    for (String line : outsideFences(file.text()).lines().toList()) {
      Matcher release = RELEASE.matcher(line);
      if (release.matches()) {
        String version = sortable(release.group(1));
        if (newer.filter(one -> one.compareTo(version) <= 0).isPresent()) {
          problems.add(
              "%s: releases are not in order (%s) - newest first".formatted(file.path(), line));
        }
        newer = Optional.of(version);
        group = -1;
      } else if (line.startsWith("## ") && !line.equals("## [Unreleased]")) {
        problems.add(
            "%s: is no release (%s) - write `## [1.2.3] - 2026-01-31` or `## [Unreleased]`"
                .formatted(file.path(), line));
      } else if (line.startsWith("## ")) {
        group = -1;
      } else if (line.startsWith("### ")) {
        int next = CHANGE_GROUPS.indexOf(line.substring(4));
        if (next <= group) {
          problems.add(
              "%s: is no group of changes, or not in order (%s) - use %s"
                  .formatted(file.path(), line, String.join(", ", CHANGE_GROUPS)));
        }
        group = next;
      }
    }
    if (file.text().lines().noneMatch(line -> line.startsWith("## "))) {
      problems.add(file.path() + ": names no release - start with `## [Unreleased]`");
    }
    return problems;
  }

  /// Every package of a module says that nothing in it is null unless marked so. A test package may
  /// lean on the main package of the same name.
  static List<String> nullMarked(Collection<RepositoryFile> files) {
    Set<String> marked = new HashSet<>();
    for (RepositoryFile file : files) {
      if (file.path().endsWith("/package-info.java") && file.text().contains("@NullMarked")) {
        marked.add(folder(file.path()));
      }
    }
    UnaryOperator<String> mainOf = folder -> folder.replace("/src/test/", "/src/main/");
    return files.stream()
        .filter(file -> file.path().matches("(.*/)?src/(main|test)/java/.+/[^/]+\\.java"))
        .map(file -> folder(file.path()))
        .distinct()
        .filter(folder -> !marked.contains(folder) && !marked.contains(mainOf.apply(folder)))
        .map(folder ->
            folder
                + ": has no @NullMarked package-info.java - add one that says what the package is for")
        .toList();
  }

  /// Whether it belongs to what a person starts, which may print.
  private static boolean isProgram(RepositoryFile file) {
    return file.isMain() && file.path().matches("(cli|bench|examples/\\w+)/.*");
  }

  /// Markdown for Tminus to read, rather than for people who work on it.
  private static boolean isChecklist(RepositoryFile file) {
    return file.path().matches("(examples|.*/resources)/.*\\.md");
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String sortable(String version) {
    return Stream.of(version.split("\\."))
        .map(part -> "0".repeat(9 - part.length()) + part)
        .reduce("", String::concat);
  }

  /// Markdown without its front matter and the content of its fences.
  private static String outsideFences(String markdown) {
    String body = markdown.replaceFirst("(?s)\\A---\\n.*?\\n---\\n", "");
    return body.replaceAll("(?ms)^ *(```+|~~~+).*?^ *\\1 *$", "");
  }

  private static List<String> found(
      String path, String text, Pattern pattern, String what, String instead) {
    Matcher matcher = pattern.matcher(text);
    List<String> problems = new ArrayList<>();
    while (matcher.find()) {
      long line = 1 + text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      problems.add("%s:%d: %s (%s) - %s".formatted(path, line, what, matcher.group(), instead));
    }
    return problems;
  }
}
