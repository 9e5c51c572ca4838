/// Markdown text to a checklist, and a run back into the text. No parser node leaves this module.
module tminus.markdown {
  requires static org.jspecify;
  requires transitive tminus.core;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;

  exports tminus.markdown;
}
