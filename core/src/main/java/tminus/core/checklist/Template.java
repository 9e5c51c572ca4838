package tminus.core.checklist;

import java.util.List;

/// A message the document holds ready: a fence that starts with `Subject:`, or stands under a
/// heading that promises one.
///
/// @param title its subject, else the heading it stands under
/// @param body the message without the subject line, as written
/// @param blanks the places to fill in, subject included: `[TIME]`, `[Name]`
public record Template(Span span, String title, String body, List<Mark.Blank> blanks)
    implements Node {

  public Template {
    blanks = List.copyOf(blanks);
  }

  /// A message without blanks.
  public Template(Span span, String title, String body) {
    this(span, title, body, List.of());
  }
}
