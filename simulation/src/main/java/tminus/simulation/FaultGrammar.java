package tminus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.traffic.Weight;
import tminus.simulation.Fault.Kind;
import tminus.simulation.Fault.Of;

/// Reads faults from words:
///
/// ```
/// fault = kind [ at WEIGHT% | at STEP ] [ after DURATION ] [ for DURATION ]
/// kind  = [stable] errors N% | [stable] latency DURATION | [stable] crash
///       | slow start DURATION | leak DURATION | deploy fails | migration fails | check fails
///       | metrics silent | metrics lie | metrics lag DURATION
///       | router fails | router slow DURATION | router late DURATION
///       | messages fail | absent [WHO] | late DURATION [WHO] | controller crash
/// ```
///
/// Words of a step or a person that hold `at`, `after` or `for` stand in quotes. Stateless.
public final class FaultGrammar {

  private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,3})?)";
  private static final Pattern DURATION =
      Pattern.compile(
          NUMBER + " ?(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\\b");
  private static final Pattern PERCENT = Pattern.compile(NUMBER + " ?%");

  /// What can go wrong, as it is written.
  public static final List<String> KNOWN =
      List.of(
          "errors 8%",
          "latency 2s",
          "crash",
          "stable errors 3%",
          "stable latency 1s",
          "stable crash",
          "slow start 2min",
          "leak 20min",
          "deploy fails",
          "migration fails",
          "check fails",
          "metrics silent",
          "metrics lie",
          "metrics lag 30s",
          "router fails",
          "router slow 5s",
          "router late 20s",
          "messages fail",
          "absent WHO",
          "late 20min WHO",
          "controller crash");

  private FaultGrammar() {}

  /// A word, and where it stands.
  ///
  /// @param quoted whether it means nothing but itself
  private record Token(String text, int at, boolean quoted) {

    boolean is(String word) {
      return !quoted && text.equalsIgnoreCase(word);
    }

    boolean isKeyword() {
      return is("at") || is("after") || is("for");
    }
  }

  /// The fault that the words name.
  ///
  /// @throws IllegalArgumentException with the place, what is wrong there, and what is known
  public static Fault parse(String text) {
    List<Token> tokens = tokens(text);
    int clauses = next(tokens, 0);
    if (clauses == 0) {
      throw wrong(text, tokens, 0, "it does not say what goes wrong");
    }
    Kind kind = kind(text, tokens, clauses);
    return new Fault(text.strip(), kind, when(text, tokens, clauses));
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      tokens.add(
          quoted == null
              ? new Token(matcher.group(3), matcher.start(), false)
              : new Token(quoted, matcher.start(), true));
    }
    return tokens;
  }

  /// The next keyword from there on, or the end.
  private static int next(List<Token> tokens, int from) {
    int at = from;
    while (at < tokens.size() && !tokens.get(at).isKeyword()) {
      at++;
    }
    return at;
  }

  private static String words(List<Token> tokens, int from, int to) {
    return String.join(" ", tokens.subList(from, to).stream().map(Token::text).toList());
  }

  private static IllegalArgumentException wrong(
      String text, List<Token> tokens, int at, String what) {
    int place = at < tokens.size() ? tokens.get(at).at() : text.length();
    return new IllegalArgumentException(
        "fault '%s', at character %d: %s - known are: %s; each with at WEIGHT%% or at STEP, after DURATION, for DURATION"
            .formatted(text, place + 1, what, String.join(", ", KNOWN)));
  }

  // ---- What

  private static Kind kind(String text, List<Token> tokens, int end) {
    boolean stable = tokens.getFirst().is("stable");
    Of of = stable ? Of.STABLE : Of.CANDIDATE;
    String head = words(tokens, stable ? 1 : 0, end);
    String lower = head.toLowerCase(Locale.ROOT);
    Optional<Kind> found = ofService(of, lower);
    if (found.isEmpty() && !stable) {
      found = fixed(lower).or(() -> timed(lower)).or(() -> ofPeople(head, lower));
    }
    return found.orElseThrow(
        () -> wrong(text, tokens, 0, "'%s' is no fault".formatted(words(tokens, 0, end))));
  }

  private static Optional<Kind> ofService(Of of, String head) {
    Optional<String> errors = after("errors ", head);
    if (errors.isPresent()) {
      return percent(errors.get()).map(share -> new Kind.Errors(of, share / 100));
    }
    Optional<String> latency = after("latency ", head);
    if (latency.isPresent()) {
      return duration(latency.get()).map(more -> new Kind.Slower(of, more));
    }
    return head.equals("crash") || head.equals("crashes")
        ? Optional.of(new Kind.Crash(of))
        : Optional.empty();
  }

  private static Optional<Kind> fixed(String head) {
    return switch (head) {
      case "metrics silent" -> Optional.of(new Kind.MetricsSilent());
      case "metrics lie" -> Optional.of(new Kind.MetricsLie());
      case "router fails" -> Optional.of(new Kind.RouterFails());
      case "deploy fails" -> Optional.of(new Kind.DeployFails());
      case "messages fail" -> Optional.of(new Kind.MessagesFail());
      case "migration fails" -> Optional.of(new Kind.MigrationFails());
      case "check fails" -> Optional.of(new Kind.CheckFails());
      case "controller crash", "controller crashes" -> Optional.of(new Kind.ControllerCrash());
      default -> Optional.empty();
    };
  }

  private static Optional<Kind> timed(String head) {
    return timed("slow start ", head)
        .<Kind>map(Kind.SlowStart::new)
        .or(() -> timed("leak ", head).map(Kind.Leak::new))
        .or(() -> timed("metrics lag ", head).map(Kind.MetricsLag::new))
        .or(() -> timed("router slow ", head).map(Kind.RouterSlow::new))
        .or(() -> timed("router late ", head).map(Kind.RouterLate::new));
  }

  private static Optional<Duration> timed(String start, String head) {
    return after(start, head).flatMap(FaultGrammar::duration);
  }

  private static Optional<Kind> ofPeople(String head, String lower) {
    if (lower.equals("absent") || lower.startsWith("absent ")) {
      return Optional.of(new Kind.Absent(head.substring("absent".length()).strip()));
    }
    Optional<String> late = after("late ", head);
    Matcher time = DURATION.matcher(late.orElse(""));
    return time.lookingAt()
        ? Optional.of(new Kind.Late(length(time), late.orElseThrow().substring(time.end()).strip()))
        : Optional.empty();
  }

  private static Optional<String> after(String start, String head) {
    return head.regionMatches(true, 0, start, 0, start.length())
        ? Optional.of(head.substring(start.length()))
        : Optional.empty();
  }

  // ---- When

  private static Fault.When when(String text, List<Token> tokens, int first) {
    Optional<Weight> weight = Optional.empty();
    Optional<String> step = Optional.empty();
    Optional<Duration> after = Optional.empty();
    Optional<Duration> lasting = Optional.empty();
    int at = first;
    while (at < tokens.size()) {
      Token keyword = tokens.get(at);
      int end = next(tokens, at + 1);
      String words = words(tokens, at + 1, end);
      if (words.isBlank()) {
        throw wrong(text, tokens, at, "nothing follows '%s'".formatted(keyword.text()));
      }
      if (keyword.is("at")) {
        require(weight.isEmpty() && step.isEmpty(), text, tokens, at);
        weight = percent(words).filter(p -> p > 0 && p <= 100).map(p -> new Weight(p.intValue()));
        step = weight.isPresent() ? step : Optional.of(words);
      } else {
        boolean begins = keyword.is("after");
        require(begins ? after.isEmpty() : lasting.isEmpty(), text, tokens, at);
        Optional<Duration> time = duration(words);
        if (time.isEmpty()) {
          throw wrong(
              text, tokens, at + 1, "'%s' is no duration: say 30s, 5min or 2h".formatted(words));
        }
        after = begins ? time : after;
        lasting = begins ? lasting : time;
      }
      at = end;
    }
    return new Fault.When(weight, step, after.orElse(Duration.ZERO), lasting);
  }

  private static void require(boolean once, String text, List<Token> tokens, int at) {
    if (!once) {
      throw wrong(text, tokens, at, "'%s' is said twice".formatted(tokens.get(at).text()));
    }
  }

  private static Optional<Double> percent(String words) {
    Matcher matcher = PERCENT.matcher(words);
    return matcher.matches()
        ? Optional.of(Double.parseDouble(matcher.group(1))).filter(share -> share <= 100)
        : Optional.empty();
  }

  private static Optional<Duration> duration(String words) {
    Matcher matcher = DURATION.matcher(words.toLowerCase(Locale.ROOT));
    return matcher.matches() ? Optional.of(length(matcher)) : Optional.empty();
  }

  private static Duration length(Matcher matcher) {
    double number = Double.parseDouble(matcher.group(1));
    String unit = matcher.group(2);
    double seconds =
        switch (unit.startsWith("ms") || unit.startsWith("milli") ? "ms" : unit.substring(0, 1)) {
          case "ms" -> 0.001;
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 1;
        };
    return Duration.ofMillis(Math.round(number * seconds * 1_000));
  }
}
