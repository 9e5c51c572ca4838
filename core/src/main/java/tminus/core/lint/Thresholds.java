package tminus.core.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.lint.Subject.PlacedLine;

/// What the document says twice, and not the same.
final class Thresholds {

  private static final Rule CONTRADICTION =
      new Rule(
          "threshold-contradiction",
          Severity.WARNING,
          "a value that is a success in one place and a reason to roll back in another",
          """
          A release that meets its criteria is rolled back, or people overrule the rollback because the \
          criteria are met.
          """,
          """
          Make the trigger looser than the criterion, or the criterion stricter.
          """,
          """
          # Shop

          - [ ] Error rate < 2 %

          ## Rollback

          ### Criteria

          - Error rate > 1 %
          """,
          """
          # Shop

          - [ ] Error rate < 1 %

          ## Rollback

          ### Criteria

          - Error rate > 1 %
          """);

  private static final Rule GAP =
      new Rule(
          "threshold-gap",
          Severity.INFO,
          "values that are neither a success nor a reason to roll back",
          """
          Between the two limits nothing is decided: the criterion is not met, so the run is held, and \
          nobody is told to go back.
          """,
          """
          Nothing, if people are meant to decide there. Else move the limits together, and say who decides \
          in between.
          """,
          """
          # Shop

          - [ ] Error rate < 0.1 %

          ## Rollback

          ### Criteria

          - Error rate > 5 %
          """,
          """
          # Shop

          - [ ] Error rate < 5 %

          ## Rollback

          ### Criteria

          - Error rate > 5 %
          """);

  private static final Rule DIFFERS =
      new Rule(
          "thresholds-differ",
          Severity.INFO,
          "one metric with several limits",
          """
          Each place is judged by its own limit. Where they differ by oversight, a release passes in one \
          section what it fails in another.
          """,
          """
          Use one limit, or say at each why it differs (a load test is stricter than production, the first \
          hour looser than the first day).
          """,
          """
          ## Checks

          - [ ] p95 latency < 500 ms

          ## After the deployment

          - [ ] p95 latency < 300 ms
          """,
          """
          ## Checks

          - [ ] p95 latency < 500 ms

          ## After the deployment

          - [ ] p95 latency < 500 ms
          """);

  private static final Rule COLOURS =
      new Rule(
          "colours-swap",
          Severity.WARNING,
          "a colour that is production in one place and the new version in another",
          """
          Whoever follows both places to the letter deploys onto the slot that serves the customers, or \
          rolls back to the version that failed.
          """,
          """
          Say stable and candidate, and find out which colour is which when the run starts, as Tminus does.
          """,
          """
          ## Deployment

          - [ ] Deploy the new version to blue

          ## After the deployment

          - [ ] Blue environment (current production) is healthy
          """,
          """
          ## Deployment

          - [ ] Deploy the new version to blue

          ## After the deployment

          - [ ] Green environment (current production) is healthy
          """);

  /// Metrics of a service. Others, `test execution time` for example, are of something else in each
  /// place.
  private static final Set<String> OF_A_SERVICE =
      Set.of(
          "error rate",
          "success rate",
          "latency",
          "throughput",
          "availability",
          "cpu usage",
          "memory usage",
          "replication lag");

  /// What makes a colour the one in production when the run starts.
  private static final Pattern STABLE =
      Pattern.compile(
          "\\b(blue|green)\\b(?: environment| slot)? \\((?:\\w+ )?(?:current |live |existing )?prod(?:uction)?\\)"
              + "|\\b(?:existing|current|old|live)(?: \\w+)? \\(?(blue|green)\\b"
              + "|\\b(?:switch\\w*|shift\\w*|return\\w*|roll\\w*) (?:\\w+ ){0,3}back to (blue|green)\\b"
              + "|\\bproduction is (?:on )?(blue|green)\\b");

  /// What makes it the one the new version comes into.
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "\\bdeploy\\w* (?:\\w+ ){0,4}(?:to|on|into|onto) (?:the )?(blue|green)\\b"
              + "|\\bdeploy (blue|green) environment\\b"
              + "|\\b(?:new|idle|standby)(?: \\w+)? \\(?(blue|green)\\b"
              + "|\\b(?:switch\\w*|shift\\w*) (?:\\w+ ){0,2}traffic to (blue|green)\\b");

  static final List<Check> CHECKS =
      List.of(
          new Check(CONTRADICTION, Thresholds::contradictions),
          new Check(GAP, Thresholds::gaps),
          new Check(DIFFERS, Thresholds::differing),
          new Check(COLOURS, Thresholds::colours));

  private Thresholds() {}

  /// A condition and where it stands.
  ///
  /// @param trigger whether it rolls back when it holds
  private record Limit(int line, Condition condition, boolean trigger) {

    /// What limits of the same kind have in common.
    String about() {
      return "%s|%s|%s|%s".formatted(condition.metric(), condition.quantile(), isCeiling(), kind());
    }

    /// Whether small values are the good ones.
    boolean isCeiling() {
      return (condition.comparison() == Comparison.LESS
              || condition.comparison() == Comparison.AT_MOST)
          != trigger;
    }

    private String kind() {
      return switch (condition.limit().unit()) {
        case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> "time";
        case BYTES, KILOBYTES, MEGABYTES, GIGABYTES -> "size";
        case PERCENT -> "percent";
        case PER_SECOND -> "rate";
        case NONE -> "number";
      };
    }

    double base() {
      return condition.limit().base();
    }

    /// How bad things may be before it is reached; comparable with limits of its kind.
    double lenience() {
      return isCeiling() ? base() : -base();
    }
  }

  private record Pair(Limit criterion, Limit trigger) {

    /// How far the trigger lies on the bad side of the criterion; negative when it fires on what
    /// the criterion allows.
    double distance() {
      double above = trigger.base() - criterion.base();
      return criterion.isCeiling() ? above : -above;
    }
  }

  private static List<Limit> limits(Subject subject) {
    List<Limit> limits = new ArrayList<>();
    for (PlacedLine line : subject.lines()) {
      List<Mark.Trigger> triggers = line.line().marks(Mark.Trigger.class);
      for (Mark.Trigger trigger : triggers) {
        trigger
            .condition()
            .filter(condition -> condition.comparison() != Comparison.EQUAL)
            .ifPresent(condition -> limits.add(new Limit(line.number(), condition, true)));
      }
      if (triggers.isEmpty() && line.purpose() != Purpose.ROLLBACK) {
        line.line().marks(Mark.Threshold.class).stream()
            .map(Mark.Threshold::condition)
            .filter(condition -> condition.comparison() != Comparison.EQUAL)
            .forEach(condition -> limits.add(new Limit(line.number(), condition, false)));
      }
    }
    return limits;
  }

  /// The strictest criterion and the loosest one with the trigger that fires first, for each
  /// metric.
  private static Map<String, List<Limit>> byMetric(Subject subject) {
    Map<String, List<Limit>> metrics = new LinkedHashMap<>();
    for (Limit limit : limits(subject)) {
      metrics.computeIfAbsent(limit.about(), _ -> new ArrayList<>()).add(limit);
    }
    return metrics;
  }

  /// The criterion and the trigger that lie closest to each other, or overlap most.
  private static Optional<Pair> closest(List<Limit> limits) {
    // Of a ceiling the highest criterion and the lowest trigger, of a floor the other way round.
    return pair(loosest(limits, false), strictest(limits, true));
  }

  /// The limit that is reached first when things get worse; of equal ones the first.
  private static Optional<Limit> strictest(List<Limit> limits, boolean trigger) {
    return limits.stream()
        .filter(limit -> limit.trigger() == trigger)
        .min(Comparator.comparingDouble(Limit::lenience));
  }

  private static Optional<Limit> loosest(List<Limit> limits, boolean trigger) {
    return limits.stream()
        .filter(limit -> limit.trigger() == trigger)
        .min(Comparator.comparingDouble(limit -> -limit.lenience()));
  }

  private static Optional<Pair> pair(Optional<Limit> criterion, Optional<Limit> trigger) {
    return criterion.flatMap(one -> trigger.map(other -> new Pair(one, other)));
  }

  private static void contradictions(Subject subject, Report report) {
    for (List<Limit> limits : byMetric(subject).values()) {
      closest(limits)
          .filter(pair -> pair.distance() < 0)
          .ifPresent(pair ->
              report.add(
                  pair.trigger().line(),
                  "this rolls back (%s) what line %d calls a success (%s)"
                      .formatted(
                          pair.trigger().condition(),
                          pair.criterion().line(),
                          pair.criterion().condition()),
                  "make the trigger looser than the criterion"));
    }
  }

  private static void gaps(Subject subject, Report report) {
    for (List<Limit> limits : byMetric(subject).values()) {
      if (closest(limits).filter(pair -> pair.distance() < 0).isPresent()) {
        continue;
      }
      // The first trigger counts, against the strictest criterion.
      pair(strictest(limits, false), strictest(limits, true))
          .filter(pair -> pair.distance() > 0)
          .ifPresent(pair ->
              report.add(
                  pair.trigger().line(),
                  "between this (%s) and line %d (%s) nothing is decided"
                      .formatted(
                          pair.trigger().condition(),
                          pair.criterion().line(),
                          pair.criterion().condition()),
                  "say who decides in between, or move the limits together"));
    }
  }

  private static void differing(Subject subject, Report report) {
    for (List<Limit> limits : byMetric(subject).values()) {
      Map<Double, Limit> different = new LinkedHashMap<>();
      limits.stream()
          .filter(limit -> !limit.trigger() && OF_A_SERVICE.contains(limit.condition().metric()))
          .forEach(limit -> different.putIfAbsent(limit.base(), limit));
      if (different.size() > 1) {
        List<Limit> each = List.copyOf(different.values());
        List<String> others =
            each.subList(1, each.size()).stream()
                .map(other -> "%s in line %d".formatted(other.condition(), other.line()))
                .toList();
        report.add(
            each.getFirst().line(),
            "%s here, and %s".formatted(each.getFirst().condition(), String.join(", ", others)),
            "use one limit, or say why they differ");
      }
    }
  }

  /// One claim about a colour.
  private record Claim(int line, String colour) {}

  private static void colours(Subject subject, Report report) {
    List<Claim> stable = new ArrayList<>();
    List<Claim> candidate = new ArrayList<>();
    for (PlacedLine line : subject.lines()) {
      if (line.purpose() != Purpose.REFERENCE) {
        claims(STABLE, line.number(), line.line().text(), stable);
        if (line.purpose() != Purpose.ROLLBACK) {
          claims(CANDIDATE, line.number(), line.line().text(), candidate);
        }
      }
    }
    for (Placed command : subject.commands()) {
      if (!command.isReference()) {
        claims(STABLE, command.line(), command.command().label(), stable);
        if (!command.isRollback()) {
          claims(CANDIDATE, command.line(), command.command().label(), candidate);
        }
      }
    }
    subject
        .sections()
        .forEach(section -> {
          if (section.purpose() == Purpose.PROCEDURE) {
            claims(CANDIDATE, section.span().line(), section.title(), candidate);
          }
        });
    for (String colour : new LinkedHashSet<>(List.of("blue", "green"))) {
      Optional<Claim> one = first(stable, colour);
      Optional<Claim> other = first(candidate, colour);
      if (one.isPresent() && other.isPresent()) {
        int later = Math.max(one.get().line(), other.get().line());
        int earlier = Math.min(one.get().line(), other.get().line());
        boolean production = later == one.get().line();
        report.add(
            later,
            "%s is %s here, and %s in line %d"
                .formatted(
                    colour,
                    production ? "production" : "the new version's",
                    production ? "the new version's" : "production",
                    earlier),
            "say stable and candidate, or use one colour for each throughout");
      }
    }
  }

  private static Optional<Claim> first(List<Claim> claims, String colour) {
    return claims.stream().filter(claim -> claim.colour().equals(colour)).findFirst();
  }

  private static void claims(Pattern pattern, int line, String text, List<Claim> into) {
    String words = text.toLowerCase(Locale.ROOT);
    if (!words.contains("blue") && !words.contains("green")) {
      return;
    }
    Matcher matcher = pattern.matcher(words);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          into.add(new Claim(line, matcher.group(group)));
        }
      }
    }
  }
}
