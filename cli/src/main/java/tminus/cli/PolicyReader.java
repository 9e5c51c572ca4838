package tminus.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.cli.Place.Located;
import tminus.cli.YamlText.Entry;
import tminus.core.plan.Approval;
import tminus.core.plan.Policy;
import tminus.core.plan.Trigger;

/// Reads what a binding says under `environment`, `gates`, `triggers`, `rollback-authority` and
/// `safety`.
final class PolicyReader {

  /// The keys this reads, in the order of the schema.
  static final List<String> KEYS =
      List.of("environment", "gates", "triggers", "rollback-authority", "safety");

  private static final List<String> GATE = List.of("quorum", "deadline", "remind", "escalate");
  private static final List<String> SAFETY = List.of("undo", "probe", "no-return", "timeout");
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,6})\\s*(s|sec|m|min|h|hours?|d|days?)");

  private final YamlText yaml;

  PolicyReader(YamlText yaml) {
    this.yaml = yaml;
  }

  WrittenPolicy policy(Map<String, Entry> entries) {
    Map<String, Entry> gates = yaml.under(entries, "gates");
    Approval usual =
        Optional.ofNullable(gates.get(WrittenPolicy.ANY))
            .map(any -> gate(any, Approval.USUAL))
            .orElse(Approval.USUAL);
    Map<String, Located<Approval>> approvals = new LinkedHashMap<>();
    gates.forEach((wording, entry) -> {
      boolean any = wording.equals(WrittenPolicy.ANY);
      approvals.put(wording, new Located<>(any ? usual : gate(entry, usual), entry.key().place()));
    });
    return new WrittenPolicy(
        yaml.text(entries, "environment"),
        approvals,
        triggers(yaml.under(entries, "triggers")),
        authority(entries),
        safety(yaml.under(entries, "safety")));
  }

  private List<Located<String>> authority(Map<String, Entry> entries) {
    Entry entry = entries.get("rollback-authority");
    return entry == null ? List.of() : yaml.texts(entry.value(), "rollback-authority");
  }

  private Approval gate(Entry entry, Approval usual) {
    Map<String, Entry> parts = yaml.entries(entry.value(), "'" + entry.key().value() + "'", GATE);
    List<String> escalation =
        Optional.ofNullable(parts.get("escalate"))
            .map(people ->
                yaml.texts(people.value(), "escalate").stream().map(Located::value).toList())
            .orElse(usual.escalation());
    return new Approval(
        quorum(parts).orElse(usual.quorum()),
        duration(parts, "deadline").orElse(usual.deadline()),
        duration(parts, "remind").orElse(usual.remind()),
        escalation);
  }

  private Optional<Integer> quorum(Map<String, Entry> parts) {
    return yaml.text(parts, "quorum")
        .flatMap(text -> {
          if (text.value().matches("[1-9]\\d?")) {
            return Optional.of(Integer.parseInt(text.value()));
          }
          yaml.problems()
              .add(
                  text.place(),
                  "quorum is no number of people (%s)".formatted(text.value()),
                  "write 1 or more");
          return Optional.empty();
        });
  }

  private Optional<Duration> duration(Map<String, Entry> parts, String key) {
    return yaml.text(parts, key)
        .flatMap(text -> {
          Matcher matcher = DURATION.matcher(text.value().strip().toLowerCase(Locale.ROOT));
          if (matcher.matches() && Long.parseLong(matcher.group(1)) > 0) {
            return Optional.of(duration(Long.parseLong(matcher.group(1)), matcher.group(2)));
          }
          yaml.problems()
              .add(
                  text.place(),
                  "%s is no length of time (%s)".formatted(key, text.value()),
                  "write 30s, 15m, 4h or 2d");
          return Optional.empty();
        });
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit.charAt(0)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private Map<String, Located<Trigger.Mode>> triggers(Map<String, Entry> wordings) {
    Map<String, Located<Trigger.Mode>> triggers = new LinkedHashMap<>();
    wordings.forEach((wording, entry) ->
        yaml.text(entry.value(), wording)
            .flatMap(word -> mode(word, entry))
            .ifPresent(mode -> triggers.put(wording, new Located<>(mode, entry.key().place()))));
    return triggers;
  }

  private Optional<Trigger.Mode> mode(String word, Entry entry) {
    return switch (word) {
      case "observe" -> Optional.of(Trigger.Mode.OBSERVE);
      case "advise" -> Optional.of(Trigger.Mode.ADVISE);
      case "act" -> Optional.of(Trigger.Mode.ACT);
      default -> {
        yaml.problem(
            entry.value(),
            "'%s': %s".formatted(entry.key().value(), word),
            "it can observe, advise or act");
        yield Optional.empty();
      }
    };
  }

  private Map<String, Located<Policy.Safety>> safety(Map<String, Entry> wordings) {
    Map<String, Located<Policy.Safety>> safeties = new LinkedHashMap<>();
    wordings.forEach((wording, entry) -> {
      Map<String, Entry> parts = yaml.entries(entry.value(), "'" + wording + "'", SAFETY);
      safeties.put(
          wording,
          new Located<>(
              new Policy.Safety(
                  command(parts, "undo"),
                  command(parts, "probe"),
                  yaml.text(parts, "no-return").map(Located::value),
                  duration(parts, "timeout")),
              entry.key().place()));
    });
    return safeties;
  }

  private Optional<String> command(Map<String, Entry> parts, String key) {
    return yaml.text(parts, key).map(text -> text.value());
  }
}
