package tminus.core.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.core.Limits;
import tminus.core.judge.ConditionTokens.Kind;
import tminus.core.judge.ConditionTokens.Token;

/// The one parser for thresholds, in documents and in bindings alike:
///
/// ```
/// condition  = metric comparator quantity [ sustained ]
/// metric     = words with a quantile on either side: p95 latency, latency p95, latency (p95)
/// comparator = < <= ≤ > >= ≥ = | under below above over exceeds within | less than, at least, …
/// quantity   = number [ % | ms s min h d | B kB MB GB | RPS req/s ]
/// sustained  = ( for | sustained [for] | over ) [comparator] duration
/// ```
///
/// Total and linear: text that is no condition gives none. Stateless.
public final class ConditionGrammar {

  /// The share of tests that pass.
  private static final String TESTS = "tests passing";

  /// A condition in a line of prose.
  ///
  /// @param start the first character of its metric or comparator in the line, from 0
  /// @param end the character after it
  public record Found(int start, int end, Condition condition) {}

  /// As many words as a metric's name may have; longer runs are sentences.
  private static final int METRIC_WORDS_MAX = 4;

  /// As many tokens as may stand between a quantile and its comparator.
  private static final int QUANTILE_AWAY_MAX = 16;

  private ConditionGrammar() {}

  /// The condition the text is, and nothing but it; empty when it is none. `=` is a comparator
  /// here.
  public static Optional<Condition> parse(String text) {
    List<Token> tokens = ConditionTokens.of(text, Limits.CONDITION_LINE_MAX);
    return new Pass(tokens, true)
        .all().stream()
            .filter(found -> tokens.size() == found.to() && found.from() == 0)
            .findFirst()
            .map(found -> found.found().condition());
  }

  /// Every condition in a line of prose, in order. `=` is no comparator here (`48/48 = 100%`), and
  /// a comparator in words (`over`, `at least`) counts after a metric that is known only.
  public static List<Found> find(String line) {
    // Most lines hold no number, and so no condition.
    if (line.chars().noneMatch(Character::isDigit)) {
      return List.of();
    }
    List<Token> tokens = ConditionTokens.of(line, Limits.CONDITION_LINE_MAX);
    return new Pass(tokens, false).all().stream().map(Match::found).toList();
  }

  /// Whether the condition is about the service, and not about what people count, such as the tests
  /// that passed: of that no source of numbers will ever know.
  public static boolean isOfService(Condition condition) {
    return !condition.metric().equals(TESTS);
  }

  /// A condition without a limit.
  ///
  /// @param start the first character of it in the line, from 0
  /// @param end the character after it
  /// @param comparison how it compares with the blank that stands for the limit
  public record Open(
      int start,
      int end,
      String metric,
      Optional<Comparison> comparison,
      Optional<Duration> sustained) {}

  /// Every condition in a line of prose whose limit is a blank (`CPU > ____ %`) or is not said at
  /// all (`metrics stable for 15 minutes`), in order.
  public static List<Open> findOpen(String line) {
    List<Token> tokens = ConditionTokens.of(line, Limits.CONDITION_LINE_MAX);
    Pass pass = new Pass(tokens, false);
    List<Open> found = new ArrayList<>();
    for (int i = 0, from = 0; i < tokens.size(); i++) {
      Optional<Open> open =
          ConditionWords.STEADY.contains(tokens.get(i).lower())
              ? pass.steady(i, from)
              : pass.blank(i, from);
      if (open.isPresent()) {
        found.add(open.get());
        from = i + 1;
      }
    }
    return found;
  }

  private record Match(int from, int to, Found found) {}

  private record Metric(String name, boolean known, int from) {}

  /// One walk over the tokens, from comparator to comparator.
  private static final class Pass {
    private final List<Token> tokens;
    private final boolean whole;
    private final List<Match> matches = new ArrayList<>();

    Pass(List<Token> tokens, boolean whole) {
      this.tokens = tokens;
      this.whole = whole;
    }

    List<Match> all() {
      int from = 0;
      for (int i = 0; i < tokens.size(); ) {
        Optional<Match> match = at(i, from);
        if (match.isPresent()) {
          matches.add(match.get());
          i = match.get().to();
          from = i;
        } else {
          i++;
        }
      }
      return matches;
    }

    /// `Disk usage: ____ % (no increase > 5 %)`: the increase is at most that.
    private Optional<Metric> growth(int i, int from) {
      boolean bounded =
          i - 3 > from
              && ConditionWords.GROWTH.contains(tokens.get(i - 1).lower())
              && tokens.get(i - 2).lower().equals("no")
              && tokens.get(i - 3).kind() == Kind.OPEN;
      return bounded
          ? named(phraseStart(i - 3, from), i - 3)
              .map(m -> new Metric(m.name() + " " + tokens.get(i - 1).lower(), false, m.from()))
          : Optional.empty();
    }

    private static Comparison denied(Comparison comparison) {
      return switch (comparison) {
        case LESS -> Comparison.AT_LEAST;
        case AT_MOST -> Comparison.GREATER;
        case EQUAL -> Comparison.EQUAL;
        case AT_LEAST -> Comparison.LESS;
        case GREATER -> Comparison.AT_MOST;
      };
    }

    /// The condition whose comparator stands at `i`; its metric may reach back to `from`.
    private Optional<Match> at(int i, int from) {
      Optional<ConditionTokens.Comparator> comparator = ConditionTokens.comparator(tokens, i);
      if (comparator.isEmpty() || (!whole && comparator.get().comparison() == Comparison.EQUAL)) {
        return Optional.empty();
      }
      int next = comparator.get().next();
      Optional<ConditionTokens.Amount> amount = ConditionTokens.quantity(tokens, next);
      if (amount.isEmpty()) {
        return Optional.empty();
      }
      next = amount.get().next();
      Optional<Metric> named =
          isShare(comparator.get().next()) ? tests(i, from, next) : metric(i, from);
      Optional<Metric> growth = growth(i, from);
      Optional<Metric> metric = growth.or(() -> named);
      Optional<Double> quantile = quantileBefore(i, from);
      if (metric.isEmpty()) {
        metric = inherited(quantile, i, from);
      }
      if (metric.isEmpty()
          || (comparator.get().words() && !whole && !metric.get().known())
          || !fits(metric.get(), amount.get().quantity().unit())) {
        return Optional.empty();
      }
      if (quantile.isEmpty()) {
        int after = skip(next, Kind.OPEN);
        if (after < tokens.size() && tokens.get(after).quantile().isPresent()) {
          quantile = tokens.get(after).quantile();
          next = skip(after + 1, Kind.CLOSE);
        }
      }
      Optional<ConditionTokens.Sustained> sustained = ConditionTokens.sustained(tokens, next);
      next = sustained.map(ConditionTokens.Sustained::next).orElse(next);
      Optional<Duration> duration = sustained.map(ConditionTokens.Sustained::duration);
      Condition condition =
          new Condition(
              metric.get().name(),
              quantile,
              growth.isPresent()
                  ? denied(comparator.get().comparison())
                  : comparator.get().comparison(),
              amount.get().quantity(),
              duration);
      int first = metric.get().from();
      Found found = new Found(tokens.get(first).start(), tokens.get(next - 1).end(), condition);
      return Optional.of(new Match(first, next, found));
    }

    /// `error rate stable over 15 minutes`.
    Optional<Open> steady(int i, int from) {
      Optional<ConditionTokens.Sustained> sustained = ConditionTokens.sustained(tokens, i + 1);
      return sustained.flatMap(held ->
          metric(i, from)
              .map(metric ->
                  open(metric, held.next(), Optional.empty(), Optional.of(held.duration()))));
    }

    /// `CPU > ____ % for ____ minutes`.
    Optional<Open> blank(int i, int from) {
      Optional<ConditionTokens.Comparator> comparator = ConditionTokens.comparator(tokens, i);
      if (comparator.isEmpty()
          || comparator.get().words()
          || comparator.get().comparison() == Comparison.EQUAL) {
        return Optional.empty();
      }
      int next = comparator.get().next();
      boolean blank = next < tokens.size() && tokens.get(next).lower().equals("_");
      return blank
          ? metric(i, from)
              .map(metric ->
                  open(
                      metric,
                      next + 1,
                      Optional.of(comparator.get().comparison()),
                      Optional.empty()))
          : Optional.empty();
    }

    private Open open(
        Metric metric, int next, Optional<Comparison> comparison, Optional<Duration> sustained) {
      return new Open(
          tokens.get(metric.from()).start(),
          tokens.get(next - 1).end(),
          metric.name(),
          comparison,
          sustained);
    }

    private boolean isShare(int number) {
      return tokens.get(number).unit().equals("/");
    }

    /// `< 19/20 tests pass`, `Smoke tests < 19/20 passing`: a share is one of tests that pass where
    /// tests are spoken of, before it or right after.
    private Optional<Metric> tests(int i, int from, int next) {
      int start = phraseStart(i, from);
      for (int k = start; k < tokens.size() && k < next + 1; k++) {
        if (tokens.get(k).lower().equals("tests")) {
          int first = metric(i, from).map(Metric::from).orElse(Math.min(k, i));
          return Optional.of(new Metric(TESTS, true, first));
        }
      }
      return metric(i, from);
    }

    /// `error rate stable over 15 minutes` compares nothing with 15 minutes.
    private static boolean fits(Metric metric, Quantity.Unit unit) {
      boolean time =
          switch (unit) {
            case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> true;
            case PERCENT, BYTES, KILOBYTES, MEGABYTES, GIGABYTES, PER_SECOND, NONE -> false;
          };
      return !metric.known()
          || !time
          || metric.name().endsWith("latency")
          || metric.name().endsWith("lag")
          || metric.name().endsWith("decision");
    }

    private int skip(int i, Kind kind) {
      return i < tokens.size() && tokens.get(i).kind() == kind ? i + 1 : i;
    }

    /// `p99 < 1 s` right after `latency p95 < 500 ms,` speaks of latency too.
    private Optional<Metric> inherited(Optional<Double> quantile, int i, int from) {
      if (quantile.isEmpty() || matches.isEmpty() || whole) {
        return Optional.empty();
      }
      String name = matches.getLast().found().condition().metric();
      for (int k = from; k < i; k++) {
        if (tokens.get(k).quantile().isPresent()) {
          return Optional.of(new Metric(name, true, k));
        }
      }
      return Optional.empty();
    }

    private Optional<Double> quantileBefore(int i, int from) {
      for (int k = i - 1; k >= Math.max(from, i - QUANTILE_AWAY_MAX); k--) {
        if (tokens.get(k).kind() == Kind.BREAK) {
          return Optional.empty();
        }
        if (tokens.get(k).quantile().isPresent()) {
          return tokens.get(k).quantile();
        }
      }
      return Optional.empty();
    }

    /// The metric's words before the comparator at `i`. Words in parentheses that hold the
    /// comparator come first (`(error budget < 10 %)`), then those before them; words in
    /// parentheses that end before the comparator (`time objective (RTO) < 5 min`) only help out.
    private Optional<Metric> metric(int i, int from) {
      int closed = i;
      while (closed > from && tokens.get(closed - 1).kind() == Kind.NOISE) {
        closed--;
      }
      if (closed > from && tokens.get(closed - 1).kind() == Kind.CLOSE) {
        int open = phraseStart(closed - 1, from);
        boolean paired = open > from && tokens.get(open - 1).kind() == Kind.OPEN;
        Optional<Metric> before =
            paired ? named(phraseStart(open - 1, from), open - 1) : Optional.empty();
        return before.isPresent() ? before : named(open, closed - 1);
      }
      int start = phraseStart(i, from);
      if (!name(start, i).isEmpty() || negated(start, i)) {
        return named(start, i);
      }
      boolean inside = start > from && tokens.get(start - 1).kind() == Kind.OPEN;
      return inside ? named(phraseStart(start - 1, from), start - 1) : Optional.empty();
    }

    private int phraseStart(int end, int from) {
      int start = end;
      while (start > from && !boundary(tokens.get(start - 1))) {
        start--;
      }
      return start;
    }

    private Optional<Metric> named(int start, int end) {
      return negated(start, end) ? Optional.empty() : name(start, end);
    }

    private boolean negated(int start, int end) {
      return tokens.subList(start, end).stream()
          .anyMatch(t -> ConditionWords.NEGATIONS.contains(t.lower()));
    }

    private static boolean boundary(Token token) {
      return token.kind() == Kind.BREAK || token.kind() == Kind.OPEN;
    }

    private Optional<Metric> name(int start, int end) {
      List<String> words = new ArrayList<>();
      int first = -1;
      boolean colon = false;
      for (int k = start; k < end; k++) {
        Token token = tokens.get(k);
        boolean counts =
            token.kind() == Kind.WORD && token.quantile().isEmpty() && !isUnitOfBlank(k);
        boolean filler =
            ConditionWords.BETWEEN.contains(token.lower())
                || ConditionWords.BEFORE.contains(token.lower());
        if (counts && !filler && colon) {
          // `Performance: error rate`: the words after a colon name it, if there are any.
          words.clear();
          first = -1;
        }
        colon = token.lower().equals(":") || (colon && (!counts || filler));
        if (first < 0 && (token.quantile().isPresent() || (counts && !filler))) {
          first = k;
        }
        if (counts && (!filler || !words.isEmpty())) {
          words.add(token.lower());
        }
      }
      int within = words.indexOf("within");
      if (within > 0) {
        words = words.subList(0, within);
      }
      while (!words.isEmpty() && ConditionWords.BETWEEN.contains(words.getLast())) {
        words = words.subList(0, words.size() - 1);
      }
      if (words.isEmpty()) {
        return Optional.empty();
      }
      Optional<String> known = known(words);
      if (known.isPresent()) {
        return Optional.of(new Metric(known.get(), true, first));
      }
      return words.size() > METRIC_WORDS_MAX
          ? Optional.empty()
          : Optional.of(new Metric(String.join(" ", words), false, first));
    }

    /// `latency: ____ ms (< 200 ms)`: the unit of what is filled in.
    private boolean isUnitOfBlank(int k) {
      return ConditionTokens.isUnit(tokens.get(k).lower())
          && k > 0
          && tokens.get(k - 1).lower().equals("_");
    }

    /// The one name of a metric that has several. Any word beside it that does not merely mean the
    /// service's own makes it another metric: `payment error rate`, `error rate of payments`.
    private static Optional<String> known(List<String> words) {
      for (int length = Math.min(3, words.size()); length >= 1; length--) {
        int at = words.size() - length;
        String name = ConditionWords.KNOWN.get(String.join(" ", words.subList(at, words.size())));
        if (name != null) {
          int from = at;
          while (from > 0 && !ConditionWords.BEFORE.contains(words.get(from - 1))) {
            from--;
          }
          return ConditionWords.OWN.containsAll(words.subList(from, at))
              ? Optional.of(name)
              : Optional.empty();
        }
      }
      return Optional.empty();
    }
  }

  /// Lower case, for comparing words.
  static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
