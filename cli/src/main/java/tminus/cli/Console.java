package tminus.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// The process as its commands see it: streams, environment, folder and clock.
///
/// @param in whether a person sits at the terminal: both standard input and output are one
/// @param folder where it was started
record Console(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Path folder,
    InstantSource clock) {

  static Console ofProcess() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new Console(
        System.out,
        System.err,
        terminal,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system());
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

  /// How many columns to fill.
  int width() {
    try {
      return Math.clamp(
          Integer.parseInt(environment.getOrDefault("COLUMNS", "100").strip()), 40, 160);
    } catch (NumberFormatException _) {
      return 100;
    }
  }

  void line(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
  }
}
