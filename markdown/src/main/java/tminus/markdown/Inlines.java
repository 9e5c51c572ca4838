package tminus.markdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Takes the markup out of inline text: emphasis, code, links, HTML, comments, escapes, entities.
///
/// Runs of three and more underscores are blanks to checklists, and so never markup here, although
/// CommonMark may pair two of them to emphasis (`____/____`) and lose them. That is why this is not
/// left to the Markdown parser. One pass, linear in the text's length.
final class Inlines {

  private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final Source source;
  private final String raw;
  private final int[] offsets;
  private final Predicate<String> defined;

  private final char[] chars;
  private final boolean[] dropped;
  private final Map<Integer, Integer> widths = new HashMap<>();
  private final Map<Character, Deque<Run>> openers = new HashMap<>();
  private final Deque<Integer> brackets = new ArrayDeque<>();
  private final List<Words.Bold> bold = new ArrayList<>();
  private final Map<Integer, Integer> closingTicks = new HashMap<>();
  private boolean ticksKnown;
  private boolean commentsEnd = true;

  /// A run of emphasis signs that may open; `left` of them are not used yet.
  private static final class Run {
    private final int start;
    private int left;

    Run(int start, int left) {
      this.start = start;
      this.left = left;
    }
  }

  /// @param raw the text of a block, its lines joined by `\n`
  /// @param offsets where each character of it stands in the source
  /// @param defined whether a label is that of a link reference definition
  Inlines(Source source, String raw, int[] offsets, Predicate<String> defined) {
    this.source = source;
    this.raw = raw;
    this.offsets = offsets;
    this.defined = defined;
    this.chars = raw.toCharArray();
    this.dropped = new boolean[raw.length()];
  }

  Words words() {
    int i = 0;
    while (i < raw.length()) {
      i =
          switch (raw.charAt(i)) {
            case '\\' -> escape(i);
            case '`' -> code(i);
            case '<' -> angle(i);
            case '[' -> open(i);
            case ']' -> close(i);
            case '*', '_', '~' -> emphasis(i);
            case '&' -> entity(i);
            case '\n' -> lineBreak(i);
            default -> i + 1;
          };
    }
    return emit();
  }

  private void drop(int from, int to) {
    Arrays.fill(dropped, from, to, true);
  }

  private int escape(int i) {
    if (i + 1 >= raw.length()) {
      return i + 1;
    }
    char next = raw.charAt(i + 1);
    if (next == '\n') {
      dropped[i] = true;
      chars[i + 1] = Words.HARD_BREAK;
      return i + 2;
    }
    if (ESCAPABLE.indexOf(next) < 0) {
      return i + 1;
    }
    // The escape and its character are one: what replaces the one replaces both.
    chars[i] = next;
    dropped[i + 1] = true;
    widths.put(i, 2);
    return i + 2;
  }

  private int code(int i) {
    int open = run(i);
    int closing = closingTick(i);
    if (closing < 0) {
      return i + open;
    }
    int from = i + open;
    drop(i, from);
    drop(closing, closing + open);
    for (int k = from; k < closing; k++) {
      if (chars[k] == '\n') {
        chars[k] = ' ';
      }
    }
    return closing + open;
  }

  /// Where the next run of as many backticks begins, or -1. All are found in one walk from the end.
  private int closingTick(int i) {
    if (!ticksKnown) {
      ticksKnown = true;
      Map<Integer, Integer> last = new HashMap<>();
      for (int k = raw.length() - 1; k >= 0; k--) {
        if (raw.charAt(k) == '`' && (k == 0 || raw.charAt(k - 1) != '`')) {
          int length = run(k);
          closingTicks.put(k, last.getOrDefault(length, -1));
          last.put(length, k);
        }
      }
    }
    return closingTicks.getOrDefault(i, -1);
  }

  private int run(int i) {
    int end = i;
    while (end < raw.length() && raw.charAt(end) == raw.charAt(i)) {
      end++;
    }
    return end - i;
  }

  private int angle(int i) {
    if (raw.startsWith("<!--", i)) {
      int end = commentsEnd ? raw.indexOf("-->", i + 4) : -1;
      commentsEnd = end >= 0;
      if (end < 0) {
        return i + 4;
      }
      drop(i, end + 3);
      return end + 3;
    }
    int end = i + 1;
    int last = Math.min(raw.length(), i + Limits.TARGET_MAX);
    while (end < last && raw.charAt(end) != '>' && raw.charAt(end) != '<') {
      end++;
    }
    if (end >= last || raw.charAt(end) != '>') {
      return i + 1;
    }
    String inner = raw.substring(i + 1, end);
    if (Html.isTag(inner)) {
      drop(i, end + 1);
      if (Html.breaksLine(inner)) {
        dropped[i] = false;
        chars[i] = Words.HARD_BREAK;
      }
      return end + 1;
    }
    if (Html.isAddress(inner)) {
      dropped[i] = true;
      dropped[end] = true;
      return end + 1;
    }
    return i + 1;
  }

  private int open(int i) {
    brackets.push(i);
    return i + 1;
  }

  private int close(int i) {
    if (brackets.isEmpty()) {
      return i + 1;
    }
    int open = brackets.pop();
    int end = i + 1 < raw.length() && raw.charAt(i + 1) == '(' ? target(i + 1) : -1;
    if (end < 0) {
      end = reference(open, i);
    }
    if (end < 0) {
      return i + 1;
    }
    dropped[open] = true;
    if (open > 0 && raw.charAt(open - 1) == '!') {
      dropped[open - 1] = true;
    }
    drop(i, end);
    return end;
  }

  /// The character after a link's target that opens at `i`, or -1.
  private int target(int i) {
    int depth = 0;
    int last = Math.min(raw.length(), i + Limits.TARGET_MAX);
    for (int k = i; k < last; k++) {
      char c = raw.charAt(k);
      if (c == '\n') {
        return -1;
      }
      if (c == '(' && ++depth > 4) {
        return -1;
      }
      if (c == ')' && --depth == 0) {
        return k + 1;
      }
    }
    return -1;
  }

  /// The character after a reference link whose words stand between the brackets, or -1.
  private int reference(int open, int close) {
    if (close + 1 < raw.length() && raw.charAt(close + 1) == '[') {
      int end = raw.indexOf(']', close + 2);
      int length = end - close - 2;
      if (end > 0 && length < Limits.TARGET_MAX) {
        String label = length == 0 ? raw.substring(open + 1, close) : raw.substring(close + 2, end);
        return defined.test(label) ? end + 1 : -1;
      }
    }
    boolean known =
        close - open < Limits.TARGET_MAX && defined.test(raw.substring(open + 1, close));
    return known ? close + 1 : -1;
  }

  private int emphasis(int i) {
    char sign = raw.charAt(i);
    int length = run(i);
    boolean literal = sign == '~' ? length != 2 : sign == '_' && length > 2;
    if (literal) {
      return i + length;
    }
    char before = i == 0 ? ' ' : raw.charAt(i - 1);
    char after = i + length < raw.length() ? raw.charAt(i + length) : ' ';
    boolean left = !blank(after) && (!punctuation(after) || blank(before) || punctuation(before));
    boolean right = !blank(before) && (!punctuation(before) || blank(after) || punctuation(after));
    boolean opens = sign == '_' ? left && (!right || punctuation(before)) : left;
    boolean closes = sign == '_' ? right && (!left || punctuation(after)) : right;
    Deque<Run> stack = openers.computeIfAbsent(sign, _ -> new ArrayDeque<>());
    int used = 0;
    while (closes && used < length && !stack.isEmpty()) {
      Run opener = stack.peek();
      int pair = opener.left >= 2 && length - used >= 2 ? 2 : 1;
      int openedAt = opener.start + opener.left - pair;
      drop(openedAt, openedAt + pair);
      drop(i + used, i + used + pair);
      if (pair == 2 && sign != '~') {
        bold.add(new Words.Bold(openedAt, i + used));
      }
      used += pair;
      opener.left -= pair;
      if (opener.left == 0) {
        stack.pop();
      }
    }
    if (opens && used < length) {
      stack.push(new Run(i + used, length - used));
    }
    return i + length;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || c == '\u00a0';
  }

  private static boolean punctuation(char c) {
    return !Character.isLetterOrDigit(c) && !Character.isSurrogate(c) && !blank(c);
  }

  private int entity(int i) {
    int end = i + 1;
    while (end < raw.length() && end < i + 10 && raw.charAt(end) != ';') {
      end++;
    }
    boolean closed = end < raw.length() && raw.charAt(end) == ';';
    String replaced = closed ? Html.entity(raw.substring(i + 1, end)) : "";
    if (replaced.isEmpty()) {
      return i + 1;
    }
    drop(i, end + 1);
    for (int k = 0; k < replaced.length(); k++) {
      chars[i + k] = replaced.charAt(k);
      dropped[i + k] = false;
    }
    widths.put(i + replaced.length() - 1, end + 1 - (i + replaced.length() - 1));
    return end + 1;
  }

  private int lineBreak(int i) {
    if (i >= 2 && raw.charAt(i - 1) == ' ' && raw.charAt(i - 2) == ' ') {
      chars[i] = Words.HARD_BREAK;
    }
    return i + 1;
  }

  /// What is left, with blanks folded.
  private Words emit() {
    StringBuilder out = new StringBuilder();
    int[] starts = new int[raw.length()];
    int[] ends = new int[raw.length()];
    int[] index = new int[raw.length() + 1];
    for (int i = 0; i < raw.length(); i++) {
      index[i] = out.length();
      char c = chars[i] == '\u00a0' || chars[i] == '\t' ? ' ' : chars[i];
      if (dropped[i]) {
        continue;
      }
      int last = out.length() - 1;
      boolean breaks = c == Words.SOFT_BREAK || c == Words.HARD_BREAK;
      if (breaks && last >= 0 && out.charAt(last) == ' ') {
        out.setLength(last--);
      }
      if (c == ' ' && (last < 0 || out.charAt(last) <= ' ')) {
        continue;
      }
      starts[out.length()] = offsets[i];
      int width = widths.getOrDefault(i, 1);
      ends[out.length()] = offsets[i + width - 1] + 1;
      out.append(c);
    }
    index[raw.length()] = out.length();
    List<Words.Bold> ranges = new ArrayList<>();
    for (Words.Bold range : bold) {
      int from = index[range.start()];
      int to = Math.min(index[range.end()], out.length());
      if (from < to) {
        ranges.add(new Words.Bold(from, to));
      }
    }
    ranges.sort(Comparator.comparingInt(Words.Bold::start));
    int length = out.length();
    return new Words(
        source,
        out.toString(),
        Arrays.copyOf(starts, length),
        Arrays.copyOf(ends, length),
        apart(ranges));
  }

  /// Bold ranges in order, those that overlap made one.
  private static List<Words.Bold> apart(List<Words.Bold> sorted) {
    List<Words.Bold> apart = new ArrayList<>();
    for (Words.Bold range : sorted) {
      if (!apart.isEmpty() && range.start() < apart.getLast().end()) {
        Words.Bold last = apart.removeLast();
        apart.add(new Words.Bold(last.start(), Math.max(last.end(), range.end())));
      } else {
        apart.add(range);
      }
    }
    return List.copyOf(apart);
  }
}
