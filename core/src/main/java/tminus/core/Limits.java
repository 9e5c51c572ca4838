package tminus.core;

import java.time.Duration;

/// Every limit of the core, with its reason. What lies beyond one is never an error: it is left to
/// a person, or is not looked at.
public final class Limits {

  /// How long a plan waits at most, a century. Nobody means more, and longer times overflow what
  /// counts nanoseconds in 64 bits, which end after 292 years.
  public static final Duration WAIT_MAX = Duration.ofDays(36_525);

  /// Characters of an expectation, 4,000: longer than any that a person writes into a comment. What
  /// is longer is prose, and a person judges.
  public static final int EXPECTATION_MAX = 4_000;

  /// Lines and numbers of an output that are looked through, 10,000: it bounds what comparing each
  /// with each expected one can cost.
  public static final int OUTPUT_FOUND_MAX = 10_000;

  /// Levels of JSON in an output, 64: deeper than any answer a check prints, and it bounds the
  /// stack. What is deeper is no JSON.
  public static final int JSON_DEPTH_MAX = 64;

  /// Values of JSON in an output, 100,000: more than a check can ask about, and it bounds memory.
  public static final int JSON_VALUES_MAX = 100_000;

  /// Characters of a value's path in JSON, 500: it bounds what many values below one long name
  /// take. What has a longer one is no JSON.
  public static final int JSON_PATH_MAX = 500;

  /// Characters of a line that is searched for conditions, 10,000: people write no longer ones, and
  /// looking would only cost time.
  public static final int CONDITION_LINE_MAX = 10_000;

  /// Characters before and after some words in which the links of their line are looked for, 1,000:
  /// a line that holds many words, such as one of a file without line breaks, is not searched for
  /// each of them anew.
  public static final int ASIDE_MAX = 1_000;

  /// Substitutions in each other in shell text, `$(… $(…))`, 20. A command nested deeper is not
  /// understood, and counts as one that changes something.
  public static final int SHELL_NESTING_MAX = 20;

  /// The same for the linter, 8: it reads each level once more, so that many make work quadratic.
  /// Rules do not look deeper.
  public static final int LINTED_NESTING_MAX = 8;

  /// Characters of one command that the linter takes apart, 10,000, far more than one that people
  /// write. What is longer is data; rules do not look into it.
  public static final int LINTED_COMMAND_MAX = 10_000;

  /// Different roles of a document that the linter looks for somebody to hold, 200: each is held
  /// against each line that could name a person. Those beyond are not asked for.
  public static final int ROLES_MAX = 200;

  private Limits() {}
}
