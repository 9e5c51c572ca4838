package tminus.core.checklist;

/// A message the document holds ready: a fence that starts with `Subject:`, or stands under a
/// heading that promises one.
///
/// @param title its subject, else the heading it stands under
/// @param body the message without the subject line, as written
public record Template(Span span, String title, String body) implements Node {}
