package tminus.cli;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tminus.cli.Place.Located;
import tminus.cli.YamlText.Entry;
import tminus.core.calendar.Freeze;
import tminus.core.calendar.Window;
import tminus.core.plan.Spelling;

/// Reads what a binding says under `windows` and `freezes`.
final class CalendarReader {

  private static final List<String> WINDOW = List.of("days", "from", "to", "zone");
  private static final List<String> FREEZE = List.of("from", "to", "reason", "zone");
  private static final String END_OF_DAY = "24:00";

  private final YamlText yaml;

  CalendarReader(YamlText yaml) {
    this.yaml = yaml;
  }

  List<Window> windows(Entry windows) {
    List<Window> read = new ArrayList<>();
    for (Node node :
        entries(windows, "[{ days: Mon-Thu, from: '09:00', to: '16:00', zone: UTC }]")) {
      Map<String, Entry> parts = yaml.entries(node, "a window", WINDOW);
      Optional<ZoneId> zone = zone(parts, node, "the window");
      if (parts.size() == 1 && zone.isPresent()) {
        yaml.problem(node, "the window is always open", "say its days or hours, or leave it out");
      }
      Optional<Set<DayOfWeek>> days =
          parts.containsKey("days")
              ? days(parts.get("days").value())
              : Optional.of(EnumSet.allOf(DayOfWeek.class));
      Optional<LocalTime> from = time(parts, "from");
      Optional<LocalTime> to = time(parts, "to");
      if (days.isPresent() && from.isPresent() && to.isPresent() && zone.isPresent()) {
        read.add(new Window(days.get(), from.get(), to.get(), zone.get()));
      }
    }
    return read;
  }

  List<Freeze> freezes(Entry freezes) {
    List<Freeze> read = new ArrayList<>();
    for (Node node :
        entries(freezes, "[{ from: 2026-12-19, to: 2027-01-02, reason: year end, zone: UTC }]")) {
      freeze(node).ifPresent(read::add);
    }
    return read;
  }

  private List<Node> entries(Entry entry, String example) {
    if (entry.value() instanceof SequenceNode list && !list.getValue().isEmpty()) {
      return list.getValue();
    }
    yaml.problem(
        entry.value(),
        "%s is %s".formatted(entry.key().value(), YamlText.kind(entry.value())),
        "write a list: " + example);
    return List.of();
  }

  private Optional<Located<String>> text(Map<String, Entry> parts, String key) {
    return Optional.ofNullable(parts.get(key))
        .flatMap(entry ->
            yaml.text(entry.value(), key)
                .map(text -> new Located<>(text.strip(), yaml.place(entry.value()))));
  }

  private Optional<ZoneId> zone(Map<String, Entry> parts, Node node, String what) {
    if (!parts.containsKey("zone")) {
      yaml.problem(node, what + " has no zone", "say whose clock is meant: zone: Europe/Berlin");
      return Optional.empty();
    }
    return text(parts, "zone").flatMap(this::zone);
  }

  private Optional<ZoneId> zone(Located<String> name) {
    try {
      return Optional.of(ZoneId.of(name.value()));
    } catch (DateTimeException _) {
      yaml.problems()
          .add(
              name.place(),
              "zone: there is no time zone %s".formatted(name.value()),
              Spelling.nearest(
                      name.value(), ZoneId.getAvailableZoneIds().stream().sorted().toList())
                  .map("did you mean %s?"::formatted)
                  .orElse("name one as Europe/Berlin, UTC or +01:00"));
      return Optional.empty();
    }
  }

  /// A time of day. The end of the day is the beginning of the next one, and so is one left out.
  private Optional<LocalTime> time(Map<String, Entry> parts, String key) {
    if (!parts.containsKey(key)) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    Optional<Located<String>> text = text(parts, key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String words = text.get().value();
    if (key.equals("to") && words.equals(END_OF_DAY)) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    try {
      return Optional.of(LocalTime.parse(words.length() == 4 ? "0" + words : words));
    } catch (DateTimeException _) {
      yaml.problems()
          .add(
              text.get().place(),
              "%s is no time of day (%s)".formatted(key, words),
              "write it as '09:00'");
      return Optional.empty();
    }
  }

  private Optional<Set<DayOfWeek>> days(Node node) {
    List<Located<String>> words =
        node instanceof SequenceNode
            ? yaml.texts(node, "days")
            : yaml.text(node, "days")
                .map(text -> List.of(new Located<>(text, yaml.place(node))))
                .orElse(List.of());
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    boolean all = !words.isEmpty();
    for (Located<String> word : words) {
      for (String range : word.value().split(",", -1)) {
        all &= add(range.strip(), word.place(), days);
      }
    }
    return all ? Optional.of(days) : Optional.empty();
  }

  /// `Mon`, or `Mon-Thu`; a range may go round the end of the week.
  private boolean add(String range, Place place, Set<DayOfWeek> days) {
    String[] ends = range.split("\\s*[-–]\\s*", -1);
    Optional<DayOfWeek> first = day(ends[0]);
    Optional<DayOfWeek> last = day(ends[ends.length - 1]);
    if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
      yaml.problems()
          .add(
              place,
              "days: %s".formatted(range.isEmpty() ? "a day is missing" : range),
              "write Mon, Mon-Thu or [Tue, Thu]");
      return false;
    }
    for (DayOfWeek day = first.get(); ; day = day.plus(1)) {
      days.add(day);
      if (day == last.get()) {
        return true;
      }
    }
  }

  /// A day by its name, or by at least its first three letters.
  private static Optional<DayOfWeek> day(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (name.length() >= 3 && day.name().startsWith(name)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private Optional<Freeze> freeze(Node node) {
    Map<String, Entry> parts = yaml.entries(node, "a freeze", FREEZE);
    for (String needed : List.of("from", "reason")) {
      if (!parts.containsKey(needed)) {
        yaml.problem(
            node,
            "the freeze has no " + needed,
            needed.equals("from") ? "say its first day: from: 2026-12-19" : "say why: reason: …");
      }
    }
    Optional<Located<String>> reason = text(parts, "reason");
    Optional<Located<String>> from = text(parts, "from");
    Optional<Located<String>> to = text(parts, "to");
    boolean zoned = from.isPresent() && from.stream().allMatch(CalendarReader::hasOffset);
    boolean allZoned = zoned && to.stream().allMatch(CalendarReader::hasOffset);
    Optional<ZoneId> zone =
        allZoned && !parts.containsKey("zone")
            ? from.map(text -> OffsetDateTime.parse(text.value()).getOffset())
            : zone(parts, node, "the freeze");
    if (reason.isEmpty() || from.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalDateTime> begin = moment(from.get(), "from", zone.get(), 0);
    Optional<LocalDateTime> end = to.flatMap(text -> moment(text, "to", zone.get(), 1));
    if (begin.isEmpty() || end.isPresent() != parts.containsKey("to")) {
      return Optional.empty();
    }
    if (end.isPresent() && !end.get().isAfter(begin.get())) {
      yaml.problems()
          .add(
              to.orElseThrow().place(),
              "the freeze ends (%s) before it begins (%s)"
                  .formatted(to.orElseThrow().value(), from.get().value()),
              "the first day or moment is `from`");
      return Optional.empty();
    }
    return Optional.of(new Freeze(begin.get(), end, reason.get().value(), zone.get()));
  }

  private static boolean hasOffset(Located<String> text) {
    try {
      OffsetDateTime.parse(text.value());
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /// A day (its beginning, that many days later), or a moment.
  private Optional<LocalDateTime> moment(
      Located<String> text, String key, ZoneId zone, int daysLater) {
    String words = text.value();
    try {
      if (words.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return Optional.of(LocalDate.parse(words).plusDays(daysLater).atStartOfDay());
      }
      if (words.matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
        return Optional.of(
            hasOffset(text)
                ? OffsetDateTime.parse(words).atZoneSameInstant(zone).toLocalDateTime()
                : LocalDateTime.parse(words));
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    yaml.problems()
        .add(
            text.place(),
            "%s is no day and no moment (%s)".formatted(key, words),
            "write 2026-12-19 or 2026-12-19T18:00");
    return Optional.empty();
  }
}
