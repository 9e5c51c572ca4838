package tminus.core.lint;

import tminus.core.checklist.Span;

/// A change to the document that only does what the finding's fix says, and nothing to any other
/// meaning of the text.
///
/// @param span what is replaced; empty to insert
/// @param text what comes instead
public record Edit(Span span, String text) {}
