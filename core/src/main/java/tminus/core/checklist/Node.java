package tminus.core.checklist;

/// A piece of the document. Nodes nest, and follow each other in the document's order.
public sealed interface Node permits Section, Item, Line, Script, Template {

  /// Where it stands, children included.
  Span span();
}
