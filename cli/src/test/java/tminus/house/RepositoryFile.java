package tminus.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A file of the repository: its path from the root, with slashes, how many bytes it has, and its
/// text, which is empty for a file that holds anything else.
record RepositoryFile(String path, long size, String text) {

  /// Folders that are made by tools, for when git cannot be asked.
  private static final Set<String> MADE = Set.of(".git", ".idea", ".tminus", ".vscode", "target");

  static RepositoryFile of(String path, String text) {
    return new RepositoryFile(path, text.length(), text);
  }

  private static RepositoryFile of(String path, byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return new RepositoryFile(path, bytes.length, text.contains("\0") ? "" : text);
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isShell() {
    return path.endsWith(".sh") || text.matches("(?s)#![^\\n]*\\b(ba)?sh\\b.*");
  }

  /// Whether it is part of what is shipped, not of the tests.
  boolean isMain() {
    return path.contains("src/main/");
  }

  /// The root of the repository these tests were built in.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside the repository");
    }
    return folder;
  }

  /// Every file that git knows or would add; without git, every file outside the folders tools
  /// make.
  static List<RepositoryFile> all() {
    Path root = root();
    try {
      List<RepositoryFile> files = new ArrayList<>();
      for (String path : paths(root)) {
        Path file = root.resolve(path);
        if (Files.isRegularFile(file)) {
          files.add(of(path, Files.readAllBytes(file)));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> paths(Path root) throws IOException {
    Finished git = Finished.of(root, "git", "ls-files", "-z", "-co", "--exclude-standard");
    return git.exitCode() == 0 && !git.out().isEmpty()
        ? List.of(git.out().split("\0"))
        : walk(root);
  }

  private static List<String> walk(Path root) throws IOException {
    List<String> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MADE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            paths.add(root.relativize(file).toString().replace('\\', '/'));
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }
}
