package tminus.markdown;

/// Every limit of the reading, with its reason. None of them makes a document unreadable.
final class Limits {

  /// Blocks open at once: quotes and lists nested deeper stay text. A checklist nests four deep; a
  /// hundred lists in each other still fit a stack of 512 kB when they are walked.
  static final int NESTING_MAX = 200;

  /// Characters of a line that is searched for marks, 5,000. A person's line has a few hundred;
  /// what is longer is data, and is kept without marks. It also bounds what looking at each pair of
  /// things in a line can cost.
  static final int MARKED_LINE_MAX = 5_000;

  /// Characters of a link's target or an HTML tag, 2,000, the longest address browsers take. What
  /// goes on longer is text; so an unclosed one costs no second walk over the rest of the document.
  static final int TARGET_MAX = 2_000;

  /// Characters between the brackets or angles of a placeholder, 40: `[PREVIOUS_SCHEMA_VERSION]`
  /// has 25.
  static final int PLACEHOLDER_MAX = 40;

  /// Cells of all tables, 100,000 more than the document has characters. A row gets as many cells
  /// as its table has columns, however few are written in it, so that some kilobytes could have
  /// millions; where each cell is written, there are never more than characters. A document with
  /// more is read without tables: their rows are lines.
  static final int CELLS_MAX = 100_000;

  private Limits() {}
}
