import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what a terminal shows into an SVG picture of its window:
///
///     java docs/TerminalPicture.java COLUMNS COMMAND DESCRIPTION < ansi > svg
///
/// Reads text with colours, as `tmux capture-pane -e -p` gives it. The same text gives the same
/// picture. Each run of equal cells has its own place and width, so that everything stands in its
/// column whatever font the reader has.
final class TerminalPicture {

  private static final double CELL = 8.4;
  private static final int LINE = 20;
  private static final int PADDING = 18;
  private static final int BAR = 36;

  private static final String INK = "#d8dee9";
  private static final String PAPER = "#161b22";

  /// The sixteen colours that have numbers.
  private static final List<String> PALETTE =
      List.of(
          "#484f58", "#ff7b72", "#5fd787", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#d8dee9",
          "#6e7681", "#ffa198", "#7ee787", "#f2cc60", "#a5d6ff", "#e2c5ff", "#8be9f0", "#ffffff");

  /// A control sequence, a hyperlink or title, any other escape; or one character.
  private static final Pattern PIECE =
      Pattern.compile(
          "\u001b\\[([0-9;:]*)([@-~])|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)"
              + "|\u001b[ -/]*[0-~]|\\X",
          Pattern.DOTALL);

  /// How a cell looks. An empty colour is the window's own.
  private record Look(String ink, String paper, boolean bold, boolean dim, boolean reversed) {

    static final Look PLAIN = new Look("", "", false, false, false);

    /// This look after one escape `ESC [ codes m`.
    Look after(String codes) {
      Look look = this;
      String[] words = codes.split("[;:]", -1);
      for (int i = 0; i < words.length; i++) {
        int code = words[i].isEmpty() ? 0 : Integer.parseInt(words[i]);
        if (code == 38 || code == 48) {
          boolean indexed = i + 2 < words.length && words[i + 1].equals("5");
          boolean direct = i + 4 < words.length && words[i + 1].equals("2");
          String colour =
              indexed
                  ? colour(Integer.parseInt(words[i + 2]))
                  : direct ? rgb(words[i + 2], words[i + 3], words[i + 4]) : "";
          look = code == 38 ? look.ink(colour) : look.paper(colour);
          i += indexed ? 2 : direct ? 4 : words.length;
        } else {
          look = look.after(code);
        }
      }
      return look;
    }

    private Look after(int code) {
      return switch (code) {
        case 0 -> PLAIN;
        case 1 -> new Look(ink, paper, true, dim, reversed);
        case 2 -> new Look(ink, paper, bold, true, reversed);
        case 22 -> new Look(ink, paper, false, false, reversed);
        case 7 -> new Look(ink, paper, bold, dim, true);
        case 27 -> new Look(ink, paper, bold, dim, false);
        case 39 -> ink("");
        case 49 -> paper("");
        default -> {
          int colour = code % 10 + (code >= 90 ? 8 : 0);
          yield switch (code / 10) {
            case 3, 9 -> colour % 8 == code % 10 ? ink(PALETTE.get(colour)) : this;
            case 4, 10 -> colour % 8 == code % 10 ? paper(PALETTE.get(colour)) : this;
            default -> this;
          };
        }
      };
    }

    private Look ink(String colour) {
      return new Look(colour, paper, bold, dim, reversed);
    }

    private Look paper(String colour) {
      return new Look(ink, colour, bold, dim, reversed);
    }

    private static String colour(int index) {
      if (index < 16) {
        return PALETTE.get(index);
      }
      if (index >= 232) {
        int grey = 8 + (index - 232) * 10;
        return rgb(grey, grey, grey);
      }
      int cube = index - 16;
      return rgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    }

    private static int level(int step) {
      return step == 0 ? 0 : 55 + step * 40;
    }

    private static String rgb(String red, String green, String blue) {
      return rgb(Integer.parseInt(red), Integer.parseInt(green), Integer.parseInt(blue));
    }

    private static String rgb(int red, int green, int blue) {
      return "#%02x%02x%02x".formatted(red, green, blue);
    }

    String shownInk() {
      String plain = ink.isEmpty() ? INK : ink;
      return reversed ? (paper.isEmpty() ? PAPER : paper) : plain;
    }

    /// Empty where the window's own shows.
    String shownPaper() {
      return reversed ? (ink.isEmpty() ? INK : ink) : paper;
    }
  }

  /// Cells side by side that look the same and are drawn the same way.
  private record Run(int column, int cells, String text, Look look, Kind kind) {

    boolean continues(Look other, Kind same) {
      return look.equals(other) && kind == same;
    }

    Run with(String more, int width) {
      return new Run(column, cells + width, text + more, look, kind);
    }
  }

  /// What a cell holds. Symbols stand alone: they often come from another font.
  private enum Kind {
    WORDS,
    SYMBOL,
    FULL_BLOCK,
    LIGHT_BLOCK;

    static Kind of(String cell) {
      int character = cell.codePointAt(0);
      return switch (character) {
        case '█' -> FULL_BLOCK;
        case '░' -> LIGHT_BLOCK;
        default -> character < 0x2100 ? WORDS : SYMBOL;
      };
    }
  }

  private final StringBuilder svg = new StringBuilder();

  private TerminalPicture() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3 || !args[0].matches("[1-9][0-9]{0,2}")) {
      System.err.println(
          "usage: java TerminalPicture.java COLUMNS COMMAND DESCRIPTION < ansi > svg");
      System.exit(2);
    }
    String ansi = new String(System.in.readAllBytes(), UTF_8);
    String svg =
        new TerminalPicture().draw(lines(ansi), Integer.parseInt(args[0]), args[1], args[2]);
    new PrintStream(System.out, true, UTF_8).print(svg);
  }

  /// The runs of every line. A look lasts over the end of a line.
  private static List<List<Run>> lines(String ansi) {
    List<List<Run>> lines = new ArrayList<>();
    Look look = Look.PLAIN;
    for (String line : ansi.stripTrailing().split("\r?\n", -1)) {
      List<Run> runs = new ArrayList<>();
      int column = 0;
      Matcher pieces = PIECE.matcher(line);
      while (pieces.find()) {
        String piece = pieces.group();
        if (!piece.isEmpty() && piece.charAt(0) < ' ') {
          look = "m".equals(pieces.group(2)) ? look.after(pieces.group(1)) : look;
          continue;
        }
        Kind kind = Kind.of(piece);
        int width = width(piece.codePointAt(0));
        if (!runs.isEmpty() && runs.getLast().continues(look, kind)) {
          runs.add(runs.removeLast().with(piece, width));
        } else {
          runs.add(new Run(column, width, piece, look, kind));
        }
        column += width;
      }
      lines.add(runs);
    }
    return lines;
  }

  /// East Asian characters and emoji take two cells.
  private static int width(int character) {
    boolean wide =
        (character >= 0x1100 && character <= 0x115f)
            || (character >= 0x2e80 && character <= 0xa4cf)
            || (character >= 0xac00 && character <= 0xd7a3)
            || (character >= 0xf900 && character <= 0xfaff)
            || (character >= 0xfe30 && character <= 0xfe6f)
            || (character >= 0xff00 && character <= 0xff60)
            || (character >= 0x1f300 && character <= 0x1faff)
            || (character >= 0x20000 && character <= 0x3fffd);
    return wide ? 2 : 1;
  }

  private String draw(List<List<Run>> lines, int columns, String command, String description) {
    double width = columns * CELL + 2 * PADDING;
    int height = BAR + lines.size() * LINE + 2 * PADDING - 6;
    put(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$d" viewBox="0 0 %1$s %2$d" \
        role="img" aria-labelledby="title" font-size="14" \
        font-family="ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, \
        'DejaVu Sans Mono', 'Liberation Mono', monospace">
        <title id="title">%3$s</title>
        <rect x="0.5" y="0.5" width="%4$s" height="%5$d" rx="10" fill="%6$s" stroke="#3d444d"/>
        <path d="M0.5 %7$d V10.5 a10 10 0 0 1 10 -10 H%8$s a10 10 0 0 1 10 10 V%7$d Z" \
        fill="#262c36" stroke="#3d444d"/>
        """,
        number(width),
        height,
        escaped(description),
        number(width - 1),
        height - 1,
        PAPER,
        BAR,
        number(width - 10.5));
    for (int i = 0; i < 3; i++) {
      put("<circle cx=\"%d\" cy=\"18\" r=\"5.5\" fill=\"#484f58\"/>\n", 22 + i * 20);
    }
    put(
        "<text x=\"%s\" y=\"23\" text-anchor=\"middle\" fill=\"#adb5c0\">%s</text>\n",
        number(width / 2), escaped(command));
    for (int i = 0; i < lines.size(); i++) {
      int top = BAR + PADDING - 3 + i * LINE;
      lines.get(i).forEach(run -> draw(run, top));
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Run run, int top) {
    String x = number(PADDING + run.column * CELL);
    String width = number(run.cells * CELL);
    Look look = run.look;
    if (!look.shownPaper().isEmpty()) {
      put(
          "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>\n",
          x, top, width, LINE, look.shownPaper());
    }
    switch (run.kind) {
      case FULL_BLOCK, LIGHT_BLOCK ->
          put(
              "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"%s/>\n",
              x,
              top + 4,
              width,
              LINE - 8,
              look.shownInk(),
              run.kind == Kind.LIGHT_BLOCK ? " fill-opacity=\"0.22\"" : "");
      case WORDS, SYMBOL -> text(run, top);
    }
  }

  /// Text without the blanks around it, stretched to the cells that it takes.
  private void text(Run run, int top) {
    String text = run.text.strip();
    if (text.isEmpty()) {
      return;
    }
    int before = run.text.indexOf(text);
    int cells = run.cells - (run.text.length() - text.length());
    put(
        "<text x=\"%s\" y=\"%d\" textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\""
            + " xml:space=\"preserve\" fill=\"%s\"%s%s>%s</text>\n",
        number(PADDING + (run.column + before) * CELL),
        top + 15,
        number(cells * CELL),
        run.look.shownInk(),
        run.look.bold ? " font-weight=\"700\"" : "",
        run.look.dim ? " fill-opacity=\"0.62\"" : "",
        escaped(text));
  }

  private void put(String format, Object... values) {
    svg.append(format.formatted(values));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\x00-\\x1f]", "");
  }
}
