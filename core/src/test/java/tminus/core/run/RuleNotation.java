package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.calendar.Calendar;
import tminus.core.calendar.Freeze;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;

/// Rules in a few lines: `people: lead=Ada,Zoë dba=Bo`, `gate: g quorum 2 deadline 4h remind 30m to
/// CTO`, `no-return: x dba`, `optional: b`, `rollback-authority: lead`, `modes: act advise`,
/// `phases: u Migration`.
final class RuleNotation {

  private RuleNotation() {}

  /// The plan with the rules of these lines, by their first word.
  static Plan with(Plan plan, Map<String, String> lines) {
    Map<String, List<String>> people = new LinkedHashMap<>();
    for (String role : words(lines, "people")) {
      String[] named = role.split("=", 2);
      people.put(named[0], List.of(named[1].split(",")));
    }
    Map<StepId, String> noReturn = new HashMap<>();
    List<String> pair = words(lines, "no-return");
    if (!pair.isEmpty()) {
      noReturn.put(new StepId(pair.getFirst()), pair.getLast());
    }
    Set<StepId> optional = Set.copyOf(words(lines, "optional").stream().map(StepId::new).toList());
    Rules rules =
        new Rules(
            people,
            Approval.USUAL,
            gates(words(lines, "gate")),
            words(lines, "rollback-authority"),
            noReturn,
            Map.of(),
            Map.of(),
            phases(lines),
            optional);
    List<String> modes = words(lines, "modes");
    List<Trigger> triggers = plan.triggers();
    return PlanNotation.with(
        plan,
        rules,
        trigger ->
            modes.isEmpty()
                ? Trigger.Mode.ACT
                : Trigger.Mode.valueOf(
                    modes.get(triggers.indexOf(trigger)).toUpperCase(Locale.ROOT)),
        calendar(words(lines, "freeze")));
  }

  /// A freeze that begins and ends so long after the run began; without an end, until further
  /// notice.
  private static Calendar calendar(List<String> freeze) {
    if (freeze.isEmpty()) {
      return Calendar.ALWAYS;
    }
    LocalDateTime start = LocalDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    Optional<LocalDateTime> end =
        freeze.size() > 1 ? Optional.of(start.plus(duration(freeze.get(1)))) : Optional.empty();
    return new Calendar(
        List.of(),
        List.of(new Freeze(start.plus(duration(freeze.get(0))), end, "fair", ZoneOffset.UTC)));
  }

  private static Map<StepId, List<String>> phases(Map<String, String> lines) {
    Map<StepId, List<String>> phases = new HashMap<>();
    for (String pair : lines.getOrDefault("phases", "").split(", ", -1)) {
      String[] named = pair.split(" ", 2);
      if (named.length == 2) {
        phases.put(new StepId(named[0]), List.of(named[1]));
      }
    }
    return phases;
  }

  /// T-0, so long after the run began.
  static Optional<Instant> zero(Map<String, String> lines) {
    return words(lines, "zero").stream()
        .findFirst()
        .map(offset -> Instant.EPOCH.plus(duration(offset)));
  }

  private static List<String> words(Map<String, String> lines, String name) {
    String line = lines.getOrDefault(name, "");
    return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
  }

  private static Duration duration(String words) {
    return Duration.parse("PT" + words.toUpperCase(Locale.ROOT));
  }

  private static Map<StepId, Approval> gates(List<String> words) {
    if (words.isEmpty()) {
      return Map.of();
    }
    int quorum = 1;
    Duration deadline = Approval.USUAL.deadline();
    Duration remind = Approval.USUAL.remind();
    List<String> escalation = new ArrayList<>();
    for (int i = 1; i < words.size(); i += 2) {
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "quorum" -> quorum = Integer.parseInt(value);
        case "deadline" -> deadline = duration(value);
        case "remind" -> remind = duration(value);
        case "to" -> escalation.add(value);
        default -> throw new IllegalArgumentException("rules: no such word " + words.get(i));
      }
    }
    return Map.of(new StepId(words.getFirst()), new Approval(quorum, deadline, remind, escalation));
  }
}
