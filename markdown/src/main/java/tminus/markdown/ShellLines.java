package tminus.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Tells where a command of a shell script ends: continuation lines, quotes over lines, heredocs,
/// loops and conditionals are kept whole. No shell is understood here beyond that.
final class ShellLines {

  /// A run of lines that belong together.
  ///
  /// @param from the first line, from 0
  /// @param to the line after the last one
  /// @param closed whether all it opens is closed
  record Run(int from, int to, boolean closed) {}

  private static final Set<String> OPENS = Set.of("for", "while", "until", "if", "case", "{");
  private static final Set<String> CLOSES = Set.of("done", "fi", "esac", "}");
  private static final Set<String> INTRODUCES =
      Set.of("do", "then", "else", "elif", "!", "time", "in");

  private final Deque<String> heredocs = new ArrayDeque<>();
  private char quote;
  private int parentheses;
  private int blocks;
  private boolean continued;
  private boolean bodyOfHeredoc;

  private ShellLines() {}

  /// The run of lines that begins with the one at `from`, which is neither blank nor a comment.
  /// What is never closed would swallow the rest of the script; so then only continued lines are
  /// joined.
  static Run command(List<String> lines, int from) {
    ShellLines state = new ShellLines();
    for (int i = from; i < lines.size(); i++) {
      state.feed(lines.get(i));
      if (state.isComplete()) {
        return new Run(from, i + 1, true);
      }
    }
    return continued(lines, from);
  }

  /// The line at `from` with those it is continued on, whatever they open.
  static Run continued(List<String> lines, int from) {
    int end = from + 1;
    while (end < lines.size() && endsOpen(lines.get(end - 1))) {
      end++;
    }
    return new Run(from, end, false);
  }

  private static boolean endsOpen(String line) {
    String text = line.stripTrailing();
    return line.endsWith("\\") || text.endsWith("|") || text.endsWith("&&");
  }

  private boolean isComplete() {
    return quote == 0 && parentheses == 0 && blocks == 0 && !continued && heredocs.isEmpty();
  }

  private void feed(String line) {
    if (bodyOfHeredoc) {
      if (line.strip().equals(heredocs.peekFirst())) {
        heredocs.removeFirst();
        bodyOfHeredoc = !heredocs.isEmpty();
      }
      return;
    }
    continued = false;
    scan(line);
    bodyOfHeredoc = !heredocs.isEmpty() && quote == 0;
  }

  private void scan(String line) {
    boolean commandPosition = quote == 0;
    String last = "";
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (quote != 0) {
        i = quoted(line, i);
        commandPosition = false;
        last = "";
      } else if (c == '\\') {
        continued = i == line.length() - 1;
        i += 2;
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
        last = "";
        i++;
      } else if (c == '#' && (i == 0 || " \t;(".indexOf(line.charAt(i - 1)) >= 0)) {
        break;
      } else if (c == ' ' || c == '\t') {
        i++;
      } else if (isOperator(c)) {
        int from = i;
        i = operator(line, i);
        commandPosition = true;
        last = line.substring(from, i);
      } else {
        int end = wordEnd(line, i);
        String word = line.substring(i, end);
        commandPosition = word(word, commandPosition);
        last = word;
        i = end;
      }
    }
    if (quote == 0 && (last.equals("|") || last.equals("&&") || last.equals("||"))) {
      continued = true;
    }
  }

  private int quoted(String line, int i) {
    char c = line.charAt(i);
    if (c == '\\' && quote != '\'') {
      return i + 2;
    }
    if (c == quote) {
      quote = 0;
    }
    return i + 1;
  }

  private static boolean isOperator(char c) {
    return c == '|' || c == '&' || c == ';' || c == '(' || c == ')' || c == '<';
  }

  /// The place after the operator at `i`; remembers what it opens.
  private int operator(String line, int i) {
    char c = line.charAt(i);
    switch (c) {
      case '(' -> parentheses++;
      // The pattern of a `case` closes what it never opened.
      case ')' -> parentheses = Math.max(0, parentheses - 1);
      case '<' -> {
        return line.startsWith("<<<", i)
            ? i + 3
            : line.startsWith("<<", i) ? heredoc(line, i + 2) : i + 1;
      }
      default -> {}
    }
    return line.startsWith("&&", i) || line.startsWith("||", i) ? i + 2 : i + 1;
  }

  private int heredoc(String line, int from) {
    int i = from;
    while (i < line.length() && (line.charAt(i) == '-' || line.charAt(i) == ' ')) {
      i++;
    }
    int start = i;
    while (i < line.length()
        && (Character.isLetterOrDigit(line.charAt(i)) || "_'\"\\".indexOf(line.charAt(i)) >= 0)) {
      i++;
    }
    String word = line.substring(start, i).replaceAll("['\"\\\\]", "");
    // `1 << 2` shifts bits.
    if (!word.isEmpty() && !Character.isDigit(word.charAt(0))) {
      heredocs.addLast(word);
    }
    return Math.max(i, from);
  }

  private static int wordEnd(String line, int i) {
    int end = i;
    while (end < line.length()) {
      char c = line.charAt(end);
      if (" \t'\"`\\".indexOf(c) >= 0 || isOperator(c)) {
        break;
      }
      end++;
    }
    return Math.max(end, i + 1);
  }

  /// Whether what follows the word begins a command.
  private boolean word(String word, boolean commandPosition) {
    if (!commandPosition) {
      return false;
    }
    if (OPENS.contains(word)) {
      blocks++;
      return !word.equals("for") && !word.equals("case");
    }
    if (CLOSES.contains(word)) {
      blocks = Math.max(0, blocks - 1);
      return false;
    }
    return INTRODUCES.contains(word);
  }
}
