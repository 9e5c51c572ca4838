package tminus.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `tminus` command.
@Command(
    name = "tminus",
    mixinStandardHelpOptions = true,
    version = "tminus 0.1.0",
    description = "Runs the production deployment checklist your team keeps in Markdown.")
public final class Main implements Runnable {

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /// Runs one command and returns its exit code; does not end the process.
  static int execute(String... arguments) {
    return new CommandLine(new Main()).execute(arguments);
  }

  @Override
  public void run() {
    new CommandLine(this).usage(System.out);
  }
}
