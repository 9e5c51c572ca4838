package tminus.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.Limits;

/// Shell text as the pipelines it is made of, with the place of each word, so that a finding can
/// point at one and an edit can change it. Reads on where it does not understand: a rule looks for
/// what is there, and never concludes from what is not.
final class ShellText {

  private static final Pattern REDIRECT =
      Pattern.compile("(\\d*|&)(>>|>\\||>&|>|<<<|<<-?|<&|<(?!\\())");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z][\\w-]{1,39}>");

  private final String text;
  private final int depth;
  private final int base;
  private final List<Pipeline> found = new ArrayList<>();
  private List<Simple> stages = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private List<Redirect> redirects = new ArrayList<>();
  private final List<String> heredocs = new ArrayList<>();
  private int at;

  /// One word.
  ///
  /// @param text without its quotes
  /// @param start its first character's place in the text
  /// @param end the place after its last one, quotes included
  record Word(String text, int start, int end) {}

  /// Where a stream goes: `2>`, `/dev/null`.
  record Redirect(String operator, String target) {}

  /// A program with its arguments.
  record Simple(List<Word> words, List<Redirect> redirects) {

    Simple {
      words = List.copyOf(words);
      redirects = List.copyOf(redirects);
    }

    boolean writesFile() {
      return redirects.stream().anyMatch(r -> r.operator().matches("1?>>?|&>>?"));
    }

    boolean readsInput() {
      return redirects.stream().anyMatch(r -> r.operator().startsWith("<"));
    }

    boolean dropsErrors() {
      return redirects.stream()
          .anyMatch(r -> r.operator().matches("2>>?|&>>?") && r.target().equals("/dev/null"));
    }

    boolean joinsErrors() {
      return redirects.stream()
          .anyMatch(r ->
              (r.operator().equals("2>&") && r.target().equals("1"))
                  || (r.operator().startsWith("&>") && !r.target().equals("/dev/null")));
    }
  }

  /// Programs joined by `|`.
  ///
  /// @param next what follows it: `&&`, `||`, `;`, `&`, a line end, or nothing
  /// @param nested whether it stands in a substitution
  record Pipeline(List<Simple> stages, String next, boolean nested) {

    Pipeline {
      stages = List.copyOf(stages);
    }
  }

  private ShellText(String text, int base, int depth) {
    this.text = text;
    this.base = base;
    this.depth = depth;
  }

  /// The pipelines of the text, in the order in which they end; those in substitutions come before
  /// the one they stand in.
  static List<Pipeline> pipelines(String text) {
    return new ShellText(text, 0, 0).read();
  }

  private List<Pipeline> read() {
    while (at < text.length()) {
      step();
    }
    end("");
    return List.copyOf(found);
  }

  private void step() {
    char c = text.charAt(at);
    if (text.startsWith("\\\n", at) || text.startsWith("\\\r\n", at)) {
      at = text.indexOf('\n', at) + 1;
    } else if (c == '\n') {
      at++;
      end("\n");
      skipHeredocs();
    } else if (c <= ' ') {
      at++;
    } else if (c == '#') {
      int line = text.indexOf('\n', at);
      at = line < 0 ? text.length() : line;
    } else if (!operator() && !redirect()) {
      words.add(word());
    }
  }

  private boolean operator() {
    for (String operator : new String[] {"&&", "||", ";;", ";", "|&", "|", "(", ")"}) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        if (operator.startsWith("|") && !operator.equals("||")) {
          endStage();
        } else {
          end(operator);
        }
        return true;
      }
    }
    if (text.charAt(at) == '&' && !text.startsWith("&>", at)) {
      at++;
      end("&");
      return true;
    }
    return false;
  }

  private boolean redirect() {
    Matcher matcher = REDIRECT.matcher(text).region(at, text.length());
    if (!matcher.lookingAt() || isPlaceholder()) {
      return false;
    }
    String operator = matcher.group();
    at = matcher.end();
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at >= text.length() || ";|&()\n".indexOf(text.charAt(at)) >= 0) {
      return true;
    }
    Word target = word();
    if (operator.endsWith("<<") || operator.endsWith("<<-")) {
      heredocs.add(target.text());
    }
    redirects.add(new Redirect(operator, target.text()));
    return true;
  }

  private boolean isPlaceholder() {
    return PLACEHOLDER.matcher(text).region(at, text.length()).lookingAt();
  }

  private void skipHeredocs() {
    for (String end : heredocs) {
      while (at < text.length()) {
        int line = text.indexOf('\n', at);
        int stop = line < 0 ? text.length() : line;
        String content = text.substring(at, stop).strip();
        at = Math.min(stop + 1, text.length());
        if (content.equals(end)) {
          break;
        }
      }
    }
    heredocs.clear();
  }

  /// The word at the place.
  private Word word() {
    int start = at;
    StringBuilder plain = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '<' && isPlaceholder()) {
        int end = text.indexOf('>', at) + 1;
        plain.append(text, at, end);
        at = end;
      } else if (c <= ' ' || ";|&()<>".indexOf(c) >= 0) {
        break;
      } else if (c == '\'') {
        int end = text.indexOf('\'', at + 1);
        int stop = end < 0 ? text.length() : end;
        plain.append(text, Math.min(at + 1, stop), stop);
        at = Math.min(stop + 1, text.length());
      } else if (c == '"') {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
          piece(plain);
        }
        at = Math.min(at + 1, text.length());
      } else {
        piece(plain);
      }
    }
    if (at == start) {
      // Nothing else takes this character, so that reading always goes on.
      plain.append(text.charAt(at++));
    }
    return new Word(plain.toString(), base + start, base + at);
  }

  /// One character, escape or substitution, quoted with `"` or not at all.
  private void piece(StringBuilder plain) {
    char c = text.charAt(at);
    if (c == '\\' && at + 1 < text.length()) {
      char escaped = text.charAt(at + 1);
      // `"a\|b"` keeps its backslash, as in the shell.
      if ("\"\\$`\n ".indexOf(escaped) < 0) {
        plain.append(c);
      }
      plain.append(escaped);
      at += 2;
    } else if (text.startsWith("$(", at)) {
      int end = closing(at + 2);
      nested(at + 2, Math.max(at + 2, end - 1));
      plain.append(text, at, end);
      at = end;
    } else if (c == '`') {
      int close = text.indexOf('`', at + 1);
      int end = close < 0 ? text.length() : close;
      nested(Math.min(at + 1, end), end);
      plain.append(text, at, Math.min(end + 1, text.length()));
      at = Math.min(end + 1, text.length());
    } else {
      plain.append(c);
      at++;
    }
  }

  private void nested(int from, int to) {
    if (depth < Limits.LINTED_NESTING_MAX) {
      for (Pipeline inner :
          new ShellText(text.substring(from, to), base + from, depth + 1).read()) {
        found.add(new Pipeline(inner.stages(), inner.next(), true));
      }
    }
  }

  /// The place after the parenthesis that closes the one before `from`.
  private int closing(int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'') {
        int end = text.indexOf('\'', i + 1);
        i = end < 0 ? text.length() : end;
      } else if (c == '(') {
        open++;
      } else if (c == ')' && --open == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private void endStage() {
    if (!words.isEmpty() || !redirects.isEmpty()) {
      stages.add(new Simple(words, redirects));
    }
    words = new ArrayList<>();
    redirects = new ArrayList<>();
  }

  private void end(String next) {
    endStage();
    if (!stages.isEmpty()) {
      found.add(new Pipeline(stages, next, false));
    }
    stages = new ArrayList<>();
  }
}
