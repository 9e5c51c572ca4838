package tminus.core.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.Limits;
import tminus.core.judge.Comparison;

/// A small total reader of JSON, flattened to paths: `{"a":{"b":[1]}}` is `a.b[0]` = `1`.
///
/// The loose reading takes what documents write beside JSON proper: `{"latency_ms":<100, ...}`.
final class Json {

  /// A scalar at a path.
  ///
  /// @param comparison `EQUAL` but for what the loose reading finds
  /// @param text words without quotes, or the number, `true`, `false`, `null` as written
  /// @param quoted whether it is a string
  record Scalar(Comparison comparison, String text, boolean quoted) {}

  private final String text;
  private final boolean loose;
  private final Map<String, Scalar> scalars = new LinkedHashMap<>();
  private int at;

  private Json(String text, boolean loose) {
    this.text = text;
    this.loose = loose;
  }

  /// The scalars of JSON, by path; empty when the text is no JSON, or is too deep or too long.
  static Optional<Map<String, Scalar>> read(String text) {
    return new Json(text, false).all();
  }

  /// The same, for JSON in a document's words.
  static Optional<Map<String, Scalar>> readLoosely(String text) {
    return new Json(text, true).all();
  }

  private Optional<Map<String, Scalar>> all() {
    boolean sound = value("", 0);
    blanks();
    return sound && at == text.length() ? Optional.of(scalars) : Optional.empty();
  }

  private boolean value(String path, int depth) {
    blanks();
    if (isBeyondLimits(path, depth) || at >= text.length()) {
      return false;
    }
    return switch (text.charAt(at)) {
      case '{' -> object(path, depth);
      case '[' -> array(path, depth);
      case '"' -> {
        Optional<String> string = string();
        string.ifPresent(words -> scalars.put(path, new Scalar(Comparison.EQUAL, words, true)));
        yield string.isPresent();
      }
      default -> scalar(path);
    };
  }

  private boolean isBeyondLimits(String path, int depth) {
    return depth > Limits.JSON_DEPTH_MAX
        || scalars.size() >= Limits.JSON_VALUES_MAX
        || path.length() > Limits.JSON_PATH_MAX;
  }

  private boolean object(String path, int depth) {
    at++;
    if (closes('}')) {
      return true;
    }
    do {
      if (omitted()) {
        continue;
      }
      Optional<String> key = string();
      if (key.isEmpty() || !takes(':')) {
        return false;
      }
      if (!value(path.isEmpty() ? key.get() : path + "." + key.get(), depth + 1)) {
        return false;
      }
    } while (takes(','));
    return takes('}');
  }

  private boolean array(String path, int depth) {
    at++;
    if (closes(']')) {
      return true;
    }
    if (loose && holdsPairs()) {
      return pairs(path, depth);
    }
    int index = 0;
    do {
      if (!omitted() && !value(path + "[" + index++ + "]", depth + 1)) {
        return false;
      }
    } while (takes(','));
    return takes(']');
  }

  /// Whether what stands between the brackets are pairs, `["a": 1]`, which only braces can mean.
  private boolean holdsPairs() {
    int start = at;
    boolean pair = string().isPresent() && takes(':');
    at = start;
    return pair;
  }

  private boolean pairs(String path, int depth) {
    do {
      if (omitted()) {
        continue;
      }
      Optional<String> key = string();
      if (key.isEmpty()
          || !takes(':')
          || !value(path.isEmpty() ? key.get() : path + "." + key.get(), depth + 1)) {
        return false;
      }
    } while (takes(','));
    return takes(']');
  }

  /// `...` in the place of an entry: there may be more.
  private boolean omitted() {
    blanks();
    if (loose && text.startsWith("...", at)) {
      at += 3;
      return true;
    }
    if (loose && text.startsWith("…", at)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean scalar(String path) {
    Comparison comparison = Comparison.EQUAL;
    if (loose) {
      for (String sign : List.of("<=", ">=", "≤", "≥", "<", ">")) {
        if (text.startsWith(sign, at)) {
          comparison = comparison(sign);
          at += sign.length();
          blanks();
          break;
        }
      }
    }
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String word = text.substring(start, at);
    boolean literal = word.equals("true") || word.equals("false") || word.equals("null");
    boolean sound = comparison == Comparison.EQUAL ? literal || isNumber(word) : isNumber(word);
    if (sound) {
      scalars.put(path, new Scalar(comparison, word, false));
    }
    return sound;
  }

  private static Comparison comparison(String sign) {
    return switch (sign) {
      case "<" -> Comparison.LESS;
      case ">" -> Comparison.GREATER;
      case "<=", "≤" -> Comparison.AT_MOST;
      default -> Comparison.AT_LEAST;
    };
  }

  /// Whether the word is a number of JSON.
  static boolean isNumber(String word) {
    int i = word.startsWith("-") ? 1 : 0;
    int digits = 0;
    boolean point = false;
    boolean exponent = false;
    for (; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point && !exponent && digits > 0) {
        point = true;
      } else if ((c == 'e' || c == 'E') && !exponent && digits > 0) {
        exponent = true;
        digits = 0;
        if (i + 1 < word.length() && "+-".indexOf(word.charAt(i + 1)) >= 0) {
          i++;
        }
      } else {
        return false;
      }
    }
    return digits > 0 && !word.endsWith(".") && word.length() < 40;
  }

  private Optional<String> string() {
    blanks();
    if (at >= text.length() || text.charAt(at) != '"') {
      return Optional.empty();
    }
    StringBuilder words = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return Optional.of(words.toString());
      }
      if (c == '\\' && !escape(words)) {
        return Optional.empty();
      }
      if (c != '\\') {
        words.append(c);
      }
    }
    return Optional.empty();
  }

  private boolean escape(StringBuilder words) {
    at++;
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      words.append("\"\\/\b\f\n\r\t".charAt(plain));
      return true;
    }
    if (c != 'u' || at + 4 >= text.length()) {
      return false;
    }
    int code = 0;
    for (int i = at + 1; i <= at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return false;
      }
      code = code * 16 + digit;
    }
    words.append((char) code);
    at += 4;
    return true;
  }

  private boolean closes(char c) {
    blanks();
    return takes(c);
  }

  private boolean takes(char c) {
    blanks();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  /// Lists what the loose reading found as the fields an answer must hold. What stands for anything
  /// (`"..."`, `"<time>"`) asks for nothing.
  static List<Expectation.Json.Field> fields(Map<String, Scalar> scalars) {
    List<Expectation.Json.Field> fields = new ArrayList<>();
    scalars.forEach((path, scalar) -> {
      String words = scalar.text();
      boolean anything = words.equals("...") || (words.startsWith("<") && words.endsWith(">"));
      if (!anything) {
        fields.add(new Expectation.Json.Field(path, scalar.comparison(), words));
      }
    });
    return fields;
  }
}
