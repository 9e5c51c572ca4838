package tminus.core.lint;

/// One thing the linter knows, and all that its page says of it.
///
/// @param id its stable name, in kebab case; acceptances and scripts refer to it
/// @param severity of each of its findings
/// @param title what it finds, as a sentence without a full stop
/// @param why the concrete failure it leads to
/// @param mend what to write instead
/// @param bad a checklist it finds something in
/// @param good a checklist that looks much the same, and is in order
public record Rule(
    String id, Severity severity, String title, String why, String mend, String bad, String good) {

  public Rule {
    if (!id.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("rule: %s is no name in kebab case".formatted(id));
    }
    why = why.strip();
    mend = mend.strip();
  }
}
