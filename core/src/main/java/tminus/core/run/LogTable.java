package tminus.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;

/// A table of the document that is headed `Time | Event | …`: its deployment log.
///
/// @param columns the headings, in lower case
/// @param rows what the document has prepared
/// @param prefix what stands before the table's first bar in its lines: indentation, `> `
/// @param end where a further row goes: behind the last row's line break, or the text's end
record LogTable(List<String> columns, List<Row> rows, String prefix, int end) {

  private static final Set<String> TIMES = Set.of("time", "timestamp", "when", "time (utc)");
  private static final Pattern DELIMITER = Pattern.compile("[\\s>]*\\|?[\\s:|-]*-[\\s:|-]*");
  private static final Pattern PREFIX = Pattern.compile("[\\s>]*");

  /// A row.
  ///
  /// @param cells where the cells' words stand, without the space around them
  record Row(List<Span> cells) {

    /// The words of the cell in this column; empty when the row is too short.
    String cell(String text, int column) {
      return column < 0 || column >= cells.size() ? "" : cells.get(column).in(text);
    }
  }

  LogTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// The column of that heading, or -1.
  int column(String heading) {
    return columns.indexOf(heading);
  }

  /// The column of times: the first.
  int timeColumn() {
    return 0;
  }

  /// The document's log, if it has one; of several the first.
  static Optional<LogTable> in(String text, Checklist checklist) {
    List<Line> lines = new ArrayList<>();
    collect(checklist.root().content(), lines);
    return lines.stream()
        .filter(LogTable::isHead)
        .map(line -> at(text, line.span()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static void collect(List<Node> nodes, List<Line> into) {
    for (Node node : nodes) {
      switch (node) {
        case Section section -> collect(section.content(), into);
        case Item item -> collect(item.content(), into);
        case Line line -> into.add(line);
        case Script _, Template _ -> {}
      }
    }
  }

  private static boolean isHead(Line line) {
    List<String> cells = List.of(line.text().toLowerCase(Locale.ROOT).split("\\s*\\|\\s*", -1));
    return cells.size() > 1 && TIMES.contains(cells.getFirst().strip()) && cells.contains("event");
  }

  /// The table whose head stands there: head, delimiter, rows, each a line of the text.
  private static Optional<LogTable> at(String text, Span head) {
    int start = LineBreaks.begin(text, head.start());
    int delimiter = LineBreaks.next(text, start);
    if (delimiter >= text.length()
        || !DELIMITER.matcher(LineBreaks.line(text, delimiter)).matches()) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>();
    for (Span cell : cells(text, start, head.line())) {
      columns.add(cell.in(text).replaceAll("[*_`]", "").strip().toLowerCase(Locale.ROOT));
    }
    List<Row> rows = new ArrayList<>();
    int end = LineBreaks.next(text, delimiter);
    int number = head.line() + 2;
    while (end < text.length() && LineBreaks.line(text, end).indexOf('|') >= 0) {
      rows.add(new Row(cells(text, end, number++)));
      end = LineBreaks.next(text, end);
    }
    Matcher prefix = PREFIX.matcher(LineBreaks.line(text, start));
    return Optional.of(new LogTable(columns, rows, prefix.lookingAt() ? prefix.group() : "", end));
  }

  private static List<Span> cells(String text, int start, int number) {
    int end = start + LineBreaks.line(text, start).stripTrailing().length();
    int from = start;
    while (from < end && (Character.isWhitespace(text.charAt(from)) || text.charAt(from) == '>')) {
      from++;
    }
    if (from < end && text.charAt(from) == '|') {
      from++;
    }
    List<Span> cells = new ArrayList<>();
    for (int i = from; i <= end; i++) {
      boolean bar = i < end && text.charAt(i) == '|' && text.charAt(i - 1) != '\\';
      if (bar || (i == end && i > from)) {
        cells.add(trimmed(text, from, i, number));
        from = i + 1;
      }
    }
    return cells;
  }

  private static Span trimmed(String text, int start, int end, int number) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return new Span(number, from, to);
  }
}
