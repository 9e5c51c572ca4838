package tminus.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `run` and `resume` have in common: who sits here, and how far the run is driven.
final class Driving {

  /// Long enough for a build or a test run, short enough that a hanging command is noticed in a
  /// deployment.
  static final int COMMAND_SECONDS = 600;

  @Option(
      names = "--wait",
      description = "Without a terminal: wait for people who sign from elsewhere.")
  private boolean wait;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who you are (default: $$TMINUS_USER or the login name).")
  private @Nullable String as;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long one command may take of which the binding says nothing (default: "
              + COMMAND_SECONDS
              + ").")
  private @Nullable Integer timeoutSeconds;

  Driving() {}

  String by(Console console) {
    return Optional.ofNullable(as).orElseGet(console::user);
  }

  Session.Manner manner(Console console) {
    return new Session.Manner(by(console), wait);
  }

  /// Whether somebody said how long a command may take.
  boolean hasCommandLimit() {
    return timeoutSeconds != null;
  }

  Duration commandLimit() {
    int seconds = timeoutSeconds == null ? COMMAND_SECONDS : timeoutSeconds;
    if (seconds < 1) {
      throw new UsageException(
          "--timeout: %d is not a number of seconds - use 1 or more".formatted(seconds));
    }
    return Duration.ofSeconds(seconds);
  }
}
