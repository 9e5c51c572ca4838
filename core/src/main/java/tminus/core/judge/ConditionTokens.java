package tminus.core.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words, numbers and signs a condition is made of, and the small pieces of its grammar.
final class ConditionTokens {

  enum Kind {
    WORD,
    NUMBER,
    COMPARATOR,
    OPEN,
    CLOSE,
    /// Ends a phrase: a comma, a full stop, an arrow.
    BREAK,
    /// Says nothing: a colon, a quotation mark.
    NOISE
  }

  /// One piece of the text.
  ///
  /// @param unit what is written right at a number: `ms` in `500ms`
  record Token(Kind kind, int start, int end, String lower, double number, String unit) {

    /// `0.95` for `p95` or `95th`.
    Optional<Double> quantile() {
      if (kind == Kind.NUMBER) {
        return unit.equals("th") && number > 0 && number < 100
            ? Optional.of(number / 100)
            : Optional.empty();
      }
      if (kind != Kind.WORD) {
        return Optional.empty();
      }
      if (lower.equals("median")) {
        return Optional.of(0.5);
      }
      if (lower.length() < 3 || lower.length() > 6 || lower.charAt(0) != 'p') {
        return Optional.empty();
      }
      for (int i = 1; i < lower.length(); i++) {
        if (!digit(lower.charAt(i)) && lower.charAt(i) != '.') {
          return Optional.empty();
        }
      }
      Optional<Double> percent = decimal(lower.substring(1));
      // p999 is how some write p99.9.
      return percent.map(p -> p > 100 ? p / 1000 : p / 100).filter(q -> q > 0 && q < 1);
    }
  }

  /// @param words whether it is written in words
  /// @param next the token after it
  record Comparator(Comparison comparison, boolean words, int next) {}

  record Amount(Quantity quantity, int next) {}

  record Sustained(Duration duration, int next) {}

  private static final Map<String, Comparison> SIGNS =
      Map.ofEntries(
          Map.entry("<", Comparison.LESS),
          Map.entry("<=", Comparison.AT_MOST),
          Map.entry("=<", Comparison.AT_MOST),
          Map.entry("≤", Comparison.AT_MOST),
          Map.entry("=", Comparison.EQUAL),
          Map.entry("==", Comparison.EQUAL),
          Map.entry(">=", Comparison.AT_LEAST),
          Map.entry("=>", Comparison.AT_LEAST),
          Map.entry("≥", Comparison.AT_LEAST),
          Map.entry(">", Comparison.GREATER),
          Map.entry("≦", Comparison.AT_MOST),
          Map.entry("⩽", Comparison.AT_MOST),
          Map.entry("≧", Comparison.AT_LEAST),
          Map.entry("⩾", Comparison.AT_LEAST),
          Map.entry("＜", Comparison.LESS),
          Map.entry("＞", Comparison.GREATER));

  private static final Map<String, Comparison> WORDS =
      Map.ofEntries(
          Map.entry("under", Comparison.LESS),
          Map.entry("below", Comparison.LESS),
          Map.entry("less than", Comparison.LESS),
          Map.entry("lower than", Comparison.LESS),
          Map.entry("fewer than", Comparison.LESS),
          Map.entry("smaller than", Comparison.LESS),
          Map.entry("no more than", Comparison.AT_MOST),
          Map.entry("not more than", Comparison.AT_MOST),
          Map.entry("no higher than", Comparison.AT_MOST),
          Map.entry("no greater than", Comparison.AT_MOST),
          Map.entry("not exceed", Comparison.AT_MOST),
          Map.entry("not exceeding", Comparison.AT_MOST),
          Map.entry("maximum", Comparison.AT_MOST),
          Map.entry("no less than", Comparison.AT_LEAST),
          Map.entry("not less than", Comparison.AT_LEAST),
          Map.entry("no lower than", Comparison.AT_LEAST),
          Map.entry("no fewer than", Comparison.AT_LEAST),
          Map.entry("minimum", Comparison.AT_LEAST),
          Map.entry("larger than", Comparison.GREATER),
          Map.entry("beyond", Comparison.GREATER),
          Map.entry("within", Comparison.AT_MOST),
          Map.entry("at most", Comparison.AT_MOST),
          Map.entry("up to", Comparison.AT_MOST),
          Map.entry("equals", Comparison.EQUAL),
          Map.entry("at least", Comparison.AT_LEAST),
          Map.entry("above", Comparison.GREATER),
          Map.entry("over", Comparison.GREATER),
          Map.entry("exceeds", Comparison.GREATER),
          Map.entry("exceed", Comparison.GREATER),
          Map.entry("exceeding", Comparison.GREATER),
          Map.entry("more than", Comparison.GREATER),
          Map.entry("greater than", Comparison.GREATER),
          Map.entry("higher than", Comparison.GREATER));

  private static final Map<String, Quantity.Unit> UNITS =
      Map.ofEntries(
          Map.entry("%", Quantity.Unit.PERCENT),
          Map.entry("％", Quantity.Unit.PERCENT),
          Map.entry("percent", Quantity.Unit.PERCENT),
          Map.entry("ms", Quantity.Unit.MILLISECONDS),
          Map.entry("msec", Quantity.Unit.MILLISECONDS),
          Map.entry("millisecond", Quantity.Unit.MILLISECONDS),
          Map.entry("milliseconds", Quantity.Unit.MILLISECONDS),
          Map.entry("s", Quantity.Unit.SECONDS),
          Map.entry("sec", Quantity.Unit.SECONDS),
          Map.entry("secs", Quantity.Unit.SECONDS),
          Map.entry("second", Quantity.Unit.SECONDS),
          Map.entry("seconds", Quantity.Unit.SECONDS),
          Map.entry("m", Quantity.Unit.MINUTES),
          Map.entry("min", Quantity.Unit.MINUTES),
          Map.entry("mins", Quantity.Unit.MINUTES),
          Map.entry("minute", Quantity.Unit.MINUTES),
          Map.entry("minutes", Quantity.Unit.MINUTES),
          Map.entry("h", Quantity.Unit.HOURS),
          Map.entry("hr", Quantity.Unit.HOURS),
          Map.entry("hrs", Quantity.Unit.HOURS),
          Map.entry("hour", Quantity.Unit.HOURS),
          Map.entry("hours", Quantity.Unit.HOURS),
          Map.entry("d", Quantity.Unit.DAYS),
          Map.entry("day", Quantity.Unit.DAYS),
          Map.entry("days", Quantity.Unit.DAYS),
          Map.entry("b", Quantity.Unit.BYTES),
          Map.entry("bytes", Quantity.Unit.BYTES),
          Map.entry("kb", Quantity.Unit.KILOBYTES),
          Map.entry("mb", Quantity.Unit.MEGABYTES),
          Map.entry("gb", Quantity.Unit.GIGABYTES),
          Map.entry("rps", Quantity.Unit.PER_SECOND),
          Map.entry("qps", Quantity.Unit.PER_SECOND),
          Map.entry("req/s", Quantity.Unit.PER_SECOND),
          Map.entry("/s", Quantity.Unit.PER_SECOND),
          Map.entry("requests/s", Quantity.Unit.PER_SECOND),
          Map.entry("requests/sec", Quantity.Unit.PER_SECOND),
          Map.entry("requests/second", Quantity.Unit.PER_SECOND));

  private static final Set<String> SUSTAINED =
      Set.of("for", "sustained", "over", "lasting", "during", "longer", "than", "consecutive");

  private ConditionTokens() {}

  /// The tokens of the text; none when it is longer than `max`.
  static List<Token> of(String text, int max) {
    List<Token> tokens = new ArrayList<>();
    if (text.length() > max) {
      return tokens;
    }
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        i++;
      } else {
        Token token =
            digit(c) ? number(text, i) : Character.isLetter(c) ? word(text, i) : sign(text, i);
        tokens.add(token);
        i = token.end();
      }
    }
    return tokens;
  }

  private static Token word(String text, int start) {
    int end = start;
    while (end < text.length() && inWord(text, end)) {
      end++;
    }
    String lower = ConditionGrammar.lower(text.substring(start, end));
    return new Token(Kind.WORD, start, end, lower, 0, "");
  }

  private static boolean inWord(String text, int i) {
    char c = text.charAt(i);
    if (Character.isLetterOrDigit(c) || c == '_') {
      return true;
    }
    // `well-known`, `cpu/memory`, `p99.9`: only between letters or digits.
    return (c == '-' || c == '/' || c == '.' || c == '\'')
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i + 1))
        && Character.isLetterOrDigit(text.charAt(i - 1));
  }

  /// Digits with one decimal point or thousands separators, and the unit written right at them.
  private static Token number(String text, int start) {
    int end = start;
    StringBuilder digits = new StringBuilder();
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean inner = end + 1 < text.length() && digit(text.charAt(end + 1));
      if (digit(c) || (c == '.' && inner)) {
        digits.append(c);
      } else if (!(c == ',' && inner && thousands(text, end))) {
        break;
      }
      end++;
    }
    int unit = end;
    while (end < text.length() && (Character.isLetter(text.charAt(end)) || unitSign(text, end))) {
      end++;
    }
    String written = ConditionGrammar.lower(text.substring(unit, end));
    Optional<Double> value = decimal(digits.toString());
    // 1.2.3 is a version, and so no number: it ends the phrase it stands in.
    return value.isEmpty()
        ? new Token(Kind.BREAK, start, end, "", 0, "")
        : new Token(Kind.NUMBER, start, end, "", value.get(), written);
  }

  private static boolean unitSign(String text, int i) {
    char c = text.charAt(i);
    return c == '%'
        || c == '％'
        || c == '+'
        || (c == '/' && i + 1 < text.length() && !text.substring(i + 1, i + 2).isBlank());
  }

  private static boolean thousands(String text, int comma) {
    int digits = 0;
    while (comma + 1 + digits < text.length() && digit(text.charAt(comma + 1 + digits))) {
      digits++;
    }
    return digits == 3;
  }

  private static Token sign(String text, int start) {
    char c = text.charAt(start);
    char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
    if (c == '-' && next == '>') {
      return new Token(Kind.BREAK, start, start + 2, "", 0, "");
    }
    String two = "" + c + next;
    if (SIGNS.containsKey(two)) {
      return new Token(Kind.COMPARATOR, start, start + 2, two, 0, "");
    }
    if (c == '_') {
      int end = start;
      while (end < text.length() && text.charAt(end) == '_') {
        end++;
      }
      return new Token(Kind.NOISE, start, end, "_", 0, "");
    }
    String one = String.valueOf(c);
    Kind kind =
        switch (c) {
          case '(', '（' -> Kind.OPEN;
          case ')', '）' -> Kind.CLOSE;
          case ',', ';', '.', '!', '?', '→', '|', '–', '—', '，', '。', '；', '、' -> Kind.BREAK;
          case '%', '％' -> Kind.WORD;
          default -> SIGNS.containsKey(one) ? Kind.COMPARATOR : Kind.NOISE;
        };
    return new Token(kind, start, start + 1, one, 0, "");
  }

  static boolean isUnit(String word) {
    return UNITS.containsKey(word);
  }

  /// The comparator at `i`, in signs or in words.
  static Optional<Comparator> comparator(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    if (token.kind() == Kind.COMPARATOR) {
      return Optional.of(new Comparator(sign(token), false, i + 1));
    }
    if (token.kind() != Kind.WORD) {
      return Optional.empty();
    }
    if (i + 2 < tokens.size()) {
      Comparison three =
          WORDS.get(
              token.lower() + " " + tokens.get(i + 1).lower() + " " + tokens.get(i + 2).lower());
      if (three != null) {
        return Optional.of(new Comparator(three, true, i + 3));
      }
    }
    if (i + 1 < tokens.size()) {
      Comparison two = WORDS.get(token.lower() + " " + tokens.get(i + 1).lower());
      if (two != null) {
        return Optional.of(new Comparator(two, true, i + 2));
      }
    }
    return Optional.ofNullable(WORDS.get(token.lower())).map(c -> new Comparator(c, true, i + 1));
  }

  private static Comparison sign(Token token) {
    return SIGNS.getOrDefault(token.lower(), Comparison.EQUAL);
  }

  /// The quantity at `i`: a number with a unit at it or after it.
  static Optional<Amount> quantity(List<Token> tokens, int i) {
    if (i >= tokens.size() || tokens.get(i).kind() != Kind.NUMBER) {
      return Optional.empty();
    }
    Token number = tokens.get(i);
    if (number.unit().equals("/")) {
      return share(tokens, i);
    }
    if (!number.unit().isEmpty()) {
      String unit =
          number.unit().endsWith("+")
              ? number.unit().substring(0, number.unit().length() - 1)
              : number.unit();
      if (unit.isEmpty()) {
        return unitAfter(tokens, i, number);
      }
      return Optional.ofNullable(UNITS.get(unit))
          .map(known -> new Amount(new Quantity(number.number(), known), i + 1));
    }
    return unitAfter(tokens, i, number);
  }

  /// `19/20` is 95 %; `1/2 GB` and `24/7` are no shares.
  private static Optional<Amount> share(List<Token> tokens, int i) {
    Token part = tokens.get(i);
    if (i + 1 >= tokens.size() || tokens.get(i + 1).kind() != Kind.NUMBER) {
      return Optional.empty();
    }
    Token whole = tokens.get(i + 1);
    boolean tight = whole.start() == part.end() && whole.unit().isEmpty();
    boolean unit = i + 2 < tokens.size() && UNITS.containsKey(tokens.get(i + 2).lower());
    if (!tight || unit || whole.number() <= 0 || part.number() > whole.number()) {
      return Optional.empty();
    }
    Quantity percent = new Quantity(100 * part.number() / whole.number(), Quantity.Unit.PERCENT);
    return Optional.of(new Amount(percent, i + 2));
  }

  private static Optional<Amount> unitAfter(List<Token> tokens, int i, Token number) {
    Quantity.Unit unit = Quantity.Unit.NONE;
    int next = i + 1;
    if (next < tokens.size()) {
      Token after = tokens.get(next);
      // `19/20` is a share of something, not nineteen.
      if (after.lower().equals("/")) {
        return Optional.empty();
      }
      Quantity.Unit known = UNITS.get(after.lower());
      if (known != null && after.kind() == Kind.WORD) {
        unit = known;
        next++;
      }
    }
    return Optional.of(new Amount(new Quantity(number.number(), unit), next));
  }

  /// How long it must hold: `for 5 min`, `sustained for > 5 minutes`, `over 1 h`.
  static Optional<Sustained> sustained(List<Token> tokens, int i) {
    int at = i;
    while (at < tokens.size() && SUSTAINED.contains(tokens.get(at).lower())) {
      at++;
    }
    if (at == i || at >= tokens.size()) {
      return Optional.empty();
    }
    Optional<Comparator> comparator = comparator(tokens, at);
    int number = comparator.map(Comparator::next).orElse(at);
    return quantity(tokens, number)
        .flatMap(amount -> duration(amount.quantity()).map(d -> new Sustained(d, amount.next())));
  }

  private static Optional<Duration> duration(Quantity quantity) {
    return switch (quantity.unit()) {
      case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> {
        double seconds = quantity.base();
        // A century: longer than any document means, short enough not to overflow.
        yield seconds <= 0 || seconds > 3.2e9
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
      }
      case PERCENT, BYTES, KILOBYTES, MEGABYTES, GIGABYTES, PER_SECOND, NONE -> Optional.empty();
    };
  }

  private static Optional<Double> decimal(String digits) {
    int points = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) == '.') {
        points++;
      }
    }
    // Longer than this is an identifier.
    if (digits.isEmpty() || points > 1 || digits.length() > 18) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(digits));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
