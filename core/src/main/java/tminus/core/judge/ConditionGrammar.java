package tminus.core.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /// A condition in a line of prose.
  ///
  /// @param start the first character of its metric or comparator in the line, from 0
  /// @param end the character after it
  public record Found(int start, int end, Condition condition) {}

  /// As many words as a metric's name may have; longer runs are sentences.
  private static final int METRIC_WORDS_MAX = 4;

  /// As many tokens as may stand between a quantile and its comparator.
  private static final int QUANTILE_AWAY_MAX = 16;

  /// Words that stand before a metric's name and are not part of it.
  private static final Set<String> BEFORE =
      Set.of(
          "monitor",
          "check",
          "verify",
          "confirm",
          "ensure",
          "watch",
          "validate",
          "keep",
          "all",
          "the",
          "that",
          "if",
          "when",
          "any",
          "overall",
          "and",
          "or",
          "continue",
          "monitoring",
          "a",
          "your",
          "until",
          "while",
          "only",
          "target",
          "expected");

  /// Words that stand between a metric's name and its comparator.
  private static final Set<String> BETWEEN =
      Set.of(
          "is",
          "are",
          "be",
          "must",
          "should",
          "remain",
          "remains",
          "remaining",
          "stay",
          "stays",
          "stable",
          "acceptable",
          "fine",
          "good",
          "healthy",
          "ok",
          "steady",
          "normal",
          "closely",
          "consistently",
          "trending",
          "and",
          "target",
          "slo",
          "goal",
          "limit",
          "threshold",
          "sla",
          "value",
          "of",
          "at",
          "was",
          "to",
          "with",
          "valid",
          "currently",
          "kept",
          "a",
          "always",
          "for",
          "not",
          "goes",
          "rises",
          "drops",
          "falls",
          "increases",
          "estimate");

  /// Words that turn a comparison into something else than a condition on a metric.
  private static final Set<String> NEGATIONS = Set.of("no", "without", "none", "never", "zero");

  /// Names for the same metric, longest first where one ends with another.
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("error rate", "error rate"),
          Map.entry("failure rate", "error rate"),
          Map.entry("error percentage", "error rate"),
          Map.entry("success rate", "success rate"),
          Map.entry("latency", "latency"),
          Map.entry("response time", "latency"),
          Map.entry("response times", "latency"),
          Map.entry("request duration", "latency"),
          Map.entry("throughput", "throughput"),
          Map.entry("request rate", "throughput"),
          Map.entry("requests per second", "throughput"),
          Map.entry("rps", "throughput"),
          Map.entry("cpu", "cpu usage"),
          Map.entry("cpu usage", "cpu usage"),
          Map.entry("cpu utilization", "cpu usage"),
          Map.entry("cpu utilisation", "cpu usage"),
          Map.entry("cpu load", "cpu usage"),
          Map.entry("memory", "memory usage"),
          Map.entry("memory usage", "memory usage"),
          Map.entry("memory utilization", "memory usage"),
          Map.entry("memory utilisation", "memory usage"),
          Map.entry("disk usage", "disk usage"),
          Map.entry("disk utilization", "disk usage"),
          Map.entry("disk utilisation", "disk usage"),
          Map.entry("replication lag", "replication lag"),
          Map.entry("queue depth", "queue depth"),
          Map.entry("queue length", "queue depth"),
          Map.entry("availability", "availability"),
          Map.entry("uptime", "uptime"),
          Map.entry("code coverage", "coverage"),
          Map.entry("test coverage", "coverage"),
          Map.entry("coverage", "coverage"));

  /// Words before a metric's name that mean the service's own.
  private static final Set<String> OWN =
      Set.of(
          "api",
          "http",
          "request",
          "service",
          "application",
          "average",
          "mean",
          "median",
          "percentile",
          "total",
          "server");

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
      Optional<Metric> metric = metric(i, from);
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
              comparator.get().comparison(),
              amount.get().quantity(),
              duration);
      int first = metric.get().from();
      Found found = new Found(tokens.get(first).start(), tokens.get(next - 1).end(), condition);
      return Optional.of(new Match(first, next, found));
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
          || metric.name().endsWith("lag");
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
      return tokens.subList(start, end).stream().anyMatch(t -> NEGATIONS.contains(t.lower()));
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
        boolean filler = BETWEEN.contains(token.lower()) || BEFORE.contains(token.lower());
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
      while (!words.isEmpty() && BETWEEN.contains(words.getLast())) {
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
        String name = KNOWN.get(String.join(" ", words.subList(at, words.size())));
        if (name != null) {
          int from = at;
          while (from > 0 && !BEFORE.contains(words.get(from - 1))) {
            from--;
          }
          return OWN.containsAll(words.subList(from, at)) ? Optional.of(name) : Optional.empty();
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
