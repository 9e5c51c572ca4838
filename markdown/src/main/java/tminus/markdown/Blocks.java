package tminus.markdown;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.jspecify.annotations.Nullable;

/// The Markdown parser's blocks, and the words in them with their places. No inline markup is
/// parsed by it: see [Inlines].
final class Blocks {

  private final Source source;
  private final int base;
  private final Node document;
  private final IdentityHashMap<Node, SourceLines> inlines = new IdentityHashMap<>();
  private @Nullable InlineParserContext context;
  private int cells;

  /// @param base where the Markdown begins in the source
  Blocks(Source source, int base) {
    this.source = source;
    this.base = base;
    this.document = parsed(source.text().substring(base));
  }

  private Node parsed(String text) {
    try {
      // The extension's own limit is for each table, and breaks the reading off.
      return parsed(text, List.of(TablesExtension.builder().maxCells(null).build()));
    } catch (TooManyCellsException _) {
      cells = 0;
      inlines.clear();
      return parsed(text, List.of());
    }
  }

  private Node parsed(String text, List<Extension> extensions) {
    int cellsMax = Limits.CELLS_MAX + text.length();
    return Parser.builder()
        .extensions(extensions)
        .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
        .maxOpenBlockParsers(Limits.NESTING_MAX)
        .inlineParserFactory(given -> {
          context = given;
          return (lines, node) -> {
            if (node instanceof TableCell && ++cells > cellsMax) {
              throw new TooManyCellsException();
            }
            inlines.put(node, lines);
          };
        })
        .build()
        .parse(text);
  }

  /// Ends a parse whose tables have too many cells.
  private static final class TooManyCellsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Node document() {
    return document;
  }

  int start(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? base : base + spans.getFirst().getInputIndex();
  }

  int end(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return base;
    }
    return base + spans.getLast().getInputIndex() + spans.getLast().getLength();
  }

  /// The column its first line begins in, from 0.
  int column(Node node) {
    return node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().getFirst().getColumnIndex();
  }

  /// The words of a block that holds inline text.
  Words words(Node node) {
    return words(node, 0);
  }

  /// The words of a block without the first so many characters of its text.
  Words words(Node node, int skip) {
    StringBuilder raw = new StringBuilder();
    List<int[]> places = new ArrayList<>();
    for (SourceLine line : lines(node)) {
      SourceSpan span = line.getSourceSpan();
      String content = line.getContent().toString();
      int[] at = new int[content.length() + 1];
      int end = base + span.getInputIndex() + span.getLength();
      for (int i = 0; i <= content.length(); i++) {
        // A tab may have been made blanks in front; the ends of both always meet.
        at[i] = Math.max(base + span.getInputIndex(), end - content.length() + i);
      }
      raw.append(raw.isEmpty() ? "" : "\n").append(content);
      places.add(at);
    }
    int[] offsets = new int[raw.length() + 1];
    int to = 0;
    for (int[] at : places) {
      System.arraycopy(at, 0, offsets, to, Math.min(at.length, offsets.length - to));
      to += at.length;
    }
    int from = Math.min(skip, raw.length());
    int[] rest = java.util.Arrays.copyOfRange(offsets, from, offsets.length);
    return new Inlines(source, raw.substring(from), rest, this::isDefined).words();
  }

  /// The block's text as it begins, markup included.
  String beginning(Node node) {
    List<SourceLine> lines = lines(node);
    return lines.isEmpty() ? "" : lines.getFirst().getContent().toString();
  }

  /// Where the block's text begins.
  int textStart(Node node) {
    List<SourceLine> lines = lines(node);
    return lines.isEmpty() ? start(node) : base + lines.getFirst().getSourceSpan().getInputIndex();
  }

  private List<SourceLine> lines(Node node) {
    SourceLines known = inlines.get(node);
    if (known != null && !(node instanceof TableCell)) {
      return known.getLines();
    }
    // HTML, link definitions, and cells, whose escaped bars were replaced already.
    List<SourceLine> lines = new ArrayList<>();
    for (SourceSpan span : node.getSourceSpans()) {
      int start = base + span.getInputIndex();
      lines.add(SourceLine.of(source.text().substring(start, start + span.getLength()), span));
    }
    return lines;
  }

  private boolean isDefined(String label) {
    return context != null
        && !label.isBlank()
        && context.getDefinition(LinkReferenceDefinition.class, label) != null;
  }

  /// The lines between fences, or of indented code, as they are.
  List<Words> codeLines(Node node, String literal) {
    List<Words> lines = new ArrayList<>();
    if (literal.isEmpty()) {
      return lines;
    }
    int line = source.line(start(node)) + (node instanceof FencedCodeBlock ? 1 : 0);
    for (int from = 0; from < literal.length(); line++) {
      int end = literal.indexOf('\n', from);
      end = end < 0 ? literal.length() : end;
      String text = literal.substring(from, end);
      int start = Math.max(source.start(line), source.end(line) - text.length());
      lines.add(Words.raw(source, text, start, source.end(line)));
      from = end + 1;
    }
    return lines;
  }
}
