package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.Limits;

/// Takes shell text apart into the simple commands it is made of, those in substitutions, loops and
/// subshells included, as the Bash manual's "Shell Operation" does. Nothing is expanded.
///
/// What is beyond it (functions, `case`, arrays, an open quote) is not understood, never guessed.
final class ShellWords {

  /// Files one can write to and nothing is changed.
  private static final Set<String> NOWHERE =
      Set.of("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty");

  /// Words of the shell's own grammar that a command may follow.
  static final Set<String> RESERVED =
      Set.of("!", "{", "}", "if", "then", "elif", "else", "fi", "while", "until", "do", "done");

  private final String text;
  private final int depth;
  private final List<Simple> found = new ArrayList<>();
  private final List<Heredoc> heredocs = new ArrayList<>();
  private int at;
  private int open;
  private boolean lost;

  /// One command with its arguments.
  ///
  /// @param words the program and its arguments, quotes removed; `$NAME` stands as it was written
  /// @param writes whether its output goes into a file
  record Simple(List<String> words, boolean writes) {

    Simple {
      words = List.copyOf(words);
    }
  }

  private record Heredoc(String end, boolean literal, boolean tabs) {}

  private ShellWords(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /// The simple commands in the text, or empty when it is not understood.
  static Optional<List<Simple>> commands(String text) {
    ShellWords words = new ShellWords(text, 0);
    words.list(false);
    return words.lost || !words.heredocs.isEmpty()
        ? Optional.empty()
        : Optional.of(List.copyOf(words.found));
  }

  /// Whether writing to a file of that name changes nothing.
  static boolean isNowhere(String file) {
    return NOWHERE.contains(file);
  }

  private void lose() {
    lost = true;
    at = text.length();
  }

  private boolean ended() {
    return at >= text.length();
  }

  private boolean next(String expected) {
    return text.startsWith(expected, at);
  }

  /// Reads `expected` if it is next.
  private boolean take(String expected) {
    boolean there = next(expected);
    at += there ? expected.length() : 0;
    return there;
  }

  /// Commands up to the end, or up to the parenthesis that closes them.
  private void list(boolean inParentheses) {
    Command command = new Command();
    while (!ended()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || take("\\\n")) {
        at += c == '\\' ? 0 : 1;
      } else if (c == '#') {
        skipTo('\n');
      } else if (c == '\n') {
        command.end();
        at++;
        heredocs();
      } else if (next("&>")) {
        at++;
        redirection(command);
      } else if (c == ';' || c == '&' || c == '|') {
        command.end();
        separator();
      } else if (c == ')') {
        command.end();
        at++;
        if (!inParentheses) {
          lose();
        }
        return;
      } else if (c == '(') {
        parenthesis(command);
      } else if (isRedirection()) {
        redirection(command);
      } else {
        String word = word();
        if (word.equals("[[") && RESERVED.containsAll(command.words)) {
          conditional();
        }
        command.add(word);
      }
    }
    command.end();
    if (inParentheses) {
      lose();
    }
  }

  /// A command while it is read.
  private final class Command {

    private final List<String> words = new ArrayList<>();
    private boolean writes;

    void add(String word) {
      words.add(word);
    }

    void end() {
      if (!words.isEmpty() || writes) {
        found.add(new Simple(words, writes));
      }
      words.clear();
      writes = false;
    }
  }

  private void skipTo(char end) {
    int there = text.indexOf(end, at);
    at = there < 0 ? text.length() : there;
  }

  private void separator() {
    if (next(";;") || next(";&")) {
      lose();
    } else if (!take("&&") && !take("||") && !take("|&")) {
      at++;
    }
  }

  /// `(…)` runs in a subshell, `((…))` calculates; anywhere else a parenthesis is beyond us.
  private void parenthesis(Command command) {
    if (!command.words.isEmpty()) {
      lose();
    } else if (take("((")) {
      arithmetic();
      command.add(":");
    } else {
      at++;
      nested();
    }
  }

  private void nested() {
    if (depth + 1 > Limits.SHELL_NESTING_MAX) {
      lose();
      return;
    }
    ShellWords inner = new ShellWords(text, depth + 1);
    inner.at = at;
    inner.list(true);
    at = inner.at;
    adopt(inner);
  }

  private void adopt(ShellWords inner) {
    found.addAll(inner.found);
    heredocs.addAll(inner.heredocs);
    if (inner.lost) {
      lose();
    }
  }

  /// `[[ … ]]`, in which `<`, `>`, `&&` and parentheses compare.
  private void conditional() {
    while (!ended()) {
      char c = text.charAt(at);
      if (" \t\n&|<>();".indexOf(c) >= 0) {
        at++;
      } else {
        if (word().equals("]]")) {
          return;
        }
      }
    }
    lose();
  }

  private boolean isRedirection() {
    int sign = at;
    while (sign < text.length() && Character.isDigit(text.charAt(sign))) {
      sign++;
    }
    return sign < text.length()
        && (text.charAt(sign) == '>' || text.charAt(sign) == '<')
        && !(sign == at && (next("<(") || next(">(")));
  }

  private void redirection(Command command) {
    while (Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (next("<<") && !next("<<<")) {
      at += 2;
      heredoc();
      return;
    }
    boolean out = text.charAt(at) == '>' || next("<>");
    while (!ended() && "<>&|".indexOf(text.charAt(at)) >= 0 && !next("<(") && !next(">(")) {
      out |= text.charAt(at) == '>';
      at++;
    }
    boolean copies = text.charAt(at - 1) == '&';
    skipBlanks();
    int from = at;
    String target = word();
    if (at == from) {
      lose();
    }
    boolean stream = copies && target.matches("\\d+-?|-");
    command.writes |= out && !stream && !isNowhere(target);
  }

  private void skipBlanks() {
    while (!ended() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void heredoc() {
    boolean tabs = take("-");
    skipBlanks();
    int from = at;
    String end = word();
    String written = text.substring(from, at);
    if (end.isEmpty()) {
      lose();
    }
    heredocs.add(new Heredoc(end, !written.equals(end), tabs));
  }

  /// The bodies of the here-documents announced in the line before.
  private void heredocs() {
    for (Heredoc heredoc : heredocs) {
      int from = at;
      boolean closed = false;
      while (!closed && !ended()) {
        int start = at;
        skipTo('\n');
        String line = text.substring(start, at);
        closed = (heredoc.tabs() ? line.replaceFirst("^\t+", "") : line).equals(heredoc.end());
        if (closed && !heredoc.literal()) {
          expansions(text.substring(from, start));
        }
        at = Math.min(at + 1, text.length());
      }
      if (!closed) {
        lose();
      }
    }
    heredocs.clear();
  }

  /// Text in which nothing but expansions has a meaning.
  private void expansions(String body) {
    ShellWords inner = new ShellWords(body, depth + 1);
    while (!inner.ended()) {
      inner.expandable(new StringBuilder());
    }
    adopt(inner);
  }

  /// One word; may be empty when none is next.
  private String word() {
    StringBuilder word = new StringBuilder();
    while (!ended()) {
      char c = text.charAt(at);
      if (take("\\\n")) {
        // A line goes on here as if nothing stood between.
      } else if (c == '\'') {
        quoted(word);
      } else if (take("\"")) {
        doubleQuoted(word);
      } else if (next("$'")) {
        ansiQuoted(word);
      } else if (next("<(") || next(">(")) {
        at += 2;
        nested();
        word.append("/dev/fd/63");
      } else if (c == '\\') {
        word.append(text, at + 1, Math.min(at + 2, text.length()));
        at += 2;
      } else if (c == '(' && !word.isEmpty()) {
        lose();
      } else if (" \t\n;&|()<>".indexOf(c) >= 0) {
        return word.toString();
      } else {
        expandable(word);
      }
    }
    at = Math.min(at, text.length());
    return word.toString();
  }

  private void quoted(StringBuilder into) {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      lose();
      return;
    }
    into.append(text, at + 1, end);
    at = end + 1;
  }

  /// `$'…'`: its escapes are left as they are written.
  private void ansiQuoted(StringBuilder into) {
    at += 2;
    while (!ended() && text.charAt(at) != '\'') {
      int length = text.charAt(at) == '\\' ? 2 : 1;
      into.append(text, at, Math.min(at + length, text.length()));
      at += length;
    }
    if (ended()) {
      lose();
    }
    at++;
  }

  private void doubleQuoted(StringBuilder into) {
    while (!ended() && text.charAt(at) != '"') {
      expandable(into);
    }
    if (ended()) {
      lose();
      return;
    }
    at++;
  }

  /// One character, escape or expansion, as inside double quotes.
  private void expandable(StringBuilder into) {
    char c = text.charAt(at);
    if (take("\\\n")) {
      return;
    }
    if (c == '\\') {
      boolean escapes = at + 1 < text.length() && "$`\"\\".indexOf(text.charAt(at + 1)) >= 0;
      into.append(text, escapes ? at + 1 : at, Math.min(at + 2, text.length()));
      at += 2;
    } else if (c == '`') {
      backticks();
    } else if (take("$((")) {
      into.append("$");
      arithmetic();
    } else if (take("$(")) {
      into.append("$");
      nested();
    } else if (take("${")) {
      into.append("$");
      braces();
    } else {
      into.append(c);
      at++;
    }
  }

  private void backticks() {
    StringBuilder inside = new StringBuilder();
    at++;
    while (!ended() && text.charAt(at) != '`') {
      boolean escapes =
          text.charAt(at) == '\\'
              && at + 1 < text.length()
              && "$`\\".indexOf(text.charAt(at + 1)) >= 0;
      at += escapes ? 1 : 0;
      inside.append(text.charAt(at++));
    }
    if (ended() || depth + 1 > Limits.SHELL_NESTING_MAX) {
      lose();
      return;
    }
    at++;
    ShellWords inner = new ShellWords(inside.toString(), depth + 1);
    inner.list(false);
    adopt(inner);
  }

  /// Up to `))`; only what is substituted in it runs.
  private void arithmetic() {
    if (++open > Limits.SHELL_NESTING_MAX) {
      lose();
    }
    int parentheses = 0;
    while (!ended() && !(parentheses == 0 && next("))"))) {
      char c = text.charAt(at);
      parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (parentheses < 0) {
        lose();
      } else {
        expandable(new StringBuilder());
      }
    }
    if (ended()) {
      lose();
    }
    open--;
    at += 2;
  }

  /// Up to the brace that closes `${`.
  private void braces() {
    if (++open > Limits.SHELL_NESTING_MAX) {
      lose();
    }
    while (!ended() && text.charAt(at) != '}') {
      if (text.charAt(at) == '\'') {
        quoted(new StringBuilder());
      } else if (take("\"")) {
        doubleQuoted(new StringBuilder());
      } else {
        expandable(new StringBuilder());
      }
    }
    if (ended()) {
      lose();
    }
    open--;
    at++;
  }
}
