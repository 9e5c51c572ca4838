package tminus.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at Java source as text, as far as the rules of the house need: enough for code that the
/// formatter has laid out, far from a parser.
final class JavaText {

  /// Comments, text blocks, strings and characters, whichever starts first. A text block is taken
  /// in long pieces, because each piece takes a frame of the stack.
  private static final Pattern NOT_CODE =
      Pattern.compile(
          "(?<comment>//[^\\n]*|/\\*.*?\\*/)"
              + "|\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
          Pattern.DOTALL);

  private static final Pattern TYPE =
      Pattern.compile("\\b(class|interface|enum|record)\\s+\\p{javaJavaIdentifierStart}");
  private static final Pattern NAME = Pattern.compile("(\\w+)\\s*(\\(|$)");

  private JavaText() {}

  /// The source with comments, strings and characters blanked; every line stays where it is.
  static String code(String source) {
    return blank(source, true);
  }

  /// The source with strings and characters blanked, but with its comments.
  static String codeAndComments(String source) {
    return blank(source, false);
  }

  private static String blank(String source, boolean comments) {
    return NOT_CODE
        .matcher(source)
        .replaceAll(found ->
            found.group("comment") != null && !comments
                ? Matcher.quoteReplacement(found.group())
                : found.group().replaceAll("[^\\n]", " "));
  }

  /// A method or constructor: its name, its first line (1-based) and how many lines it has.
  record Method(String name, int line, int lines) {}

  /// A brace that is open: the method it began, or none for a type and for what is inside a method.
  private record Open(Kind kind, String name, int line) {}

  private enum Kind {
    TYPE,
    METHOD,
    OTHER
  }

  /// All methods and constructors, those with a body.
  static List<Method> methods(String source) {
    String code = code(source);
    List<Method> methods = new ArrayList<>();
    Deque<Open> open = new ArrayDeque<>();
    int line = 1;
    int headerStart = 0;
    for (int i = 0; i < code.length(); i++) {
      switch (code.charAt(i)) {
        case '\n' -> line++;
        case ';' -> headerStart = i + 1;
        case '{' -> {
          open.push(opened(open, code.substring(headerStart, i), line));
          headerStart = i + 1;
        }
        case '}' -> {
          Open closed = Objects.requireNonNull(open.poll(), "unbalanced braces");
          if (closed.kind == Kind.METHOD) {
            methods.add(new Method(closed.name, closed.line, line - closed.line + 1));
          }
          headerStart = i + 1;
        }
        default -> {}
      }
    }
    return methods;
  }

  private static Open opened(Deque<Open> open, String header, int line) {
    boolean isMember = open.isEmpty() || open.element().kind == Kind.TYPE;
    String text = header.strip();
    String bare = withoutParentheses(text);
    int first = line - (int) text.chars().filter(c -> c == '\n').count();
    if (isMember && TYPE.matcher(bare).find()) {
      return new Open(Kind.TYPE, "", first);
    }
    if (!isMember || bare.contains("=") || bare.contains("(")) {
      return new Open(Kind.OTHER, "", first);
    }
    // A record's compact constructor and a static block have no parenthesis.
    Matcher name = NAME.matcher(text.replaceAll("@\\w+(\\([^()]*\\))?", ""));
    return new Open(Kind.METHOD, name.find() ? name.group(1) : text, first);
  }

  /// The text without what stands in balanced parentheses; an open one that stays is inside a call.
  private static String withoutParentheses(String text) {
    String before;
    String after = text;
    do {
      before = after;
      after = before.replaceAll("\\([^()]*\\)", "");
    } while (!before.equals(after));
    return after;
  }
}
