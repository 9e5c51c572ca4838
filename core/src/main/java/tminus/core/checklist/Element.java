package tminus.core.checklist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One thing that some words of a document were taken for. Immutable.
///
/// @param kind what they were taken for
/// @param span where the words stand
/// @param said the same in a few words, for a margin: `expects status 200`
/// @param facts its attributes by name, in their order; each a text, a number, a truth value or a
///   list of texts. Durations are ISO-8601, a sign before the `P` when they lie before T-0.
public record Element(Kind kind, Span span, String said, Map<String, Object> facts) {

  public Element {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// What there is in checklists.
  public enum Kind {
    ITEM,
    PART,
    TASK,
    SECTION,
    COMMAND,
    EXPECTATION,
    BLANK,
    CONDITION,
    GATE,
    CHOICE,
    SIGNOFF,
    RESPONSIBLE,
    EVIDENCE,
    SHIFT,
    WAIT,
    TRIGGER,
    UNDO,
    MESSAGE,
    ALTERNATIVE,
    OPTIONAL,
    CONTACT,
    LOG_TABLE,
    REFERENCE;

    /// The name it goes by outside: `log-table`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
