package tminus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Measures in a JVM of its own, started as the launcher starts Tminus: what one measurement leaves
/// in memory is no business of the next one.
final class Child {

  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private Child() {}

  /// What the program printed, by the names it gave.
  static Map<String, Measured> measure(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return measure(List.of(), program, arguments);
  }

  /// The same, with a cache that [#train] has made.
  static Map<String, Measured> measureCached(Path cache, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return measure(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off"), program, arguments);
  }

  private static Map<String, Measured> measure(
      List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(options, program, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(String.join(" ", arguments), printed));
    }
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (String line : printed.lines().toList()) {
      String[] parts = line.split(" ", -1);
      measured.put(
          parts[0],
          new Measured(
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3])));
    }
    return measured;
  }

  /// Makes the cache of what the JVM has loaded and compiled for the program, as the launcher does
  /// on its first use.
  static void train(Path cache, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> options = List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    new ProcessBuilder(command(options, program, arguments))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    if (!Files.exists(cache)) {
      throw new IOException("%s: the JVM made no cache of this name".formatted(cache));
    }
  }

  private static List<String> command(List<String> options, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /// A new folder for files that are measured, on the disk the project is on: what is called
  /// temporary may be in memory.
  static Path folder() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("bench", "target")), "data");
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
