package tminus.cli;

/// Every limit of the command line, with its reason.
final class Limits {

  /// Bytes of a checklist, 64 MB. One of a thousand pages has 4 MB; what is larger is something
  /// else, given by mistake, and is refused unread. Reading keeps ten to twenty times as much in
  /// memory as the text has, which bounds it to what a common machine has.
  static final long DOCUMENT_BYTES_MAX = 64L * 1024 * 1024;

  /// Levels of YAML, 50. A binding needs five; the parser's own recursion ends somewhere in the
  /// thousands.
  static final int YAML_NESTING_MAX = 50;

  /// Lines that are listed for somebody to choose from, 5: more help nobody.
  static final int LISTED_MAX = 5;

  private Limits() {}
}
