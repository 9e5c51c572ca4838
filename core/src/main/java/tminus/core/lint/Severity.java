package tminus.core.lint;

import java.util.Locale;

/// How much a finding matters, the worst first.
public enum Severity {
  /// It does something else than it says, whatever happens.
  ERROR,
  /// It can come out green although things are bad, or stop a run that is good.
  WARNING,
  /// Worth knowing; the document works without a change.
  INFO;

  /// As printed: `error`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
