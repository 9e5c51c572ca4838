package tminus.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/// The process as its commands see it: streams, environment, folder and clock.
///
/// @param interactive whether a person sits at the terminal: both standard input and output are one
/// @param folder where it was started
record Console(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Path folder,
    InstantSource clock) {

  /// This process. Text goes out as UTF-8 whatever the locale says: marks and names would be lost
  /// otherwise.
  static Console ofProcess() {
    return new Console(
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        hasTerminal(),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  /// From JDK 22 to 24 there was always a console; with others there is none without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasTerminal() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Whose clock people here read.
  ZoneId zone() {
    return ZoneId.systemDefault();
  }

  Style style() {
    return Style.of(environment, interactive);
  }

  /// Who acts, unless said otherwise.
  String user() {
    for (String name : new String[] {"TMINUS_USER", "USER", "LOGNAME", "USERNAME"}) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
    }
    return System.getProperty("user.name", "somebody");
  }

  /// How many columns to fill: the terminal's, as it is now; elsewhere enough for a log.
  int width() {
    String columns = interactive ? terminalColumns() : environment.getOrDefault("COLUMNS", "");
    return columns.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(columns), 40, 200) : 100;
  }

  /// Shells keep the width to themselves, so the terminal is asked.
  private static String terminalColumns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      try (var size = stty.inputReader()) {
        String line = size.readLine();
        return line == null ? "" : line.substring(line.indexOf(' ') + 1);
      }
    } catch (IOException _) {
      return "";
    }
  }

  /// Prints a line. Without arguments the text is taken as it is.
  @SuppressWarnings(
      "AnnotateFormatMethod") // the annotation would be this module's only need of that library
  void line(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
  }
}
