package tminus.core.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Item;
import tminus.core.checklist.Span;

/// What connects a checklist to the real world, as far as planning needs it. Everything is
/// optional.
///
/// @param parameters values for placeholders, by name
/// @param people who holds a role, by the role's name
/// @param steps what items do, by words that occur in theirs
/// @param items what items do, by the place of their box; goes before `steps`
/// @param choose which ways are taken where the document has several; what stands first counts
/// @param traffic whether there is a router and a metric source, so that shifts and bakes are more
///   than words
/// @param pace how many times faster than written waits are; 1 as written, more than 0
/// @param policy what is said of gates, triggers and the way back
/// @param calendar when a run may begin to act
public record Binding(
    Map<String, String> parameters,
    Map<String, List<String>> people,
    Map<String, Bound> steps,
    Map<Span, Bound> items,
    List<Selection> choose,
    boolean traffic,
    double pace,
    Policy policy,
    Calendar calendar) {

  /// Nothing bound: people do everything.
  public static final Binding NONE = new Binding(Map.of(), Map.of(), false, 1);

  public Binding {
    if (!(pace > 0)) {
      throw new IllegalArgumentException(
          "pace: %s is not more than 0 - 1 is as written".formatted(pace));
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    items = Map.copyOf(items);
    choose = List.copyOf(choose);
  }

  /// A binding that names nobody, binds items by their words only, and lets runs act at any time.
  public Binding(
      Map<String, String> parameters, Map<String, Bound> steps, boolean traffic, double pace) {
    this(
        parameters,
        Map.of(),
        steps,
        Map.of(),
        List.of(),
        traffic,
        pace,
        Policy.NONE,
        Calendar.ALWAYS);
  }

  /// The same, with these ways chosen.
  public Binding choosing(List<Selection> ways) {
    return new Binding(parameters, people, steps, items, ways, traffic, pace, policy, calendar);
  }

  /// The same, with a router and a metric source.
  public Binding withTraffic() {
    return new Binding(parameters, people, steps, items, choose, true, pace, policy, calendar);
  }

  /// Who holds a role: case, hyphens and spaces make no difference. Empty when the binding names
  /// nobody.
  public List<String> holders(String role) {
    return people.entrySet().stream()
        .filter(entry -> role(entry.getKey()).equals(role(role)))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /// A role's name without what makes no difference.
  public static String role(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /// What the binding says of an item, if anything: of its place, else the longest wording that
  /// occurs in its words.
  Optional<Bound> of(Item item) {
    Bound placed = items.get(item.box());
    if (placed != null) {
      return Optional.of(placed);
    }
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    String words = fold(item.line().text());
    return steps.entrySet().stream()
        .filter(entry -> words.contains(fold(entry.getKey())))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue);
  }

  /// Whether the wording occurs in these words: case and white space make no difference.
  public static boolean occurs(String wording, String words) {
    return fold(words).contains(fold(wording));
  }

  /// A wording without what makes no difference.
  public static String fold(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
  }

  /// What the team says a step does.
  public sealed interface Bound {

    /// Puts a version into the candidate's slot.
    record Deploy(String version) implements Bound {}

    /// Retires the slot that plays this part.
    record Retire(Work.Part part) implements Bound {}

    /// Gives all traffic back to the stable version.
    record Restore() implements Bound {}

    /// Delivers the document's template of that title.
    record Notify(String template) implements Bound {}

    /// Left to a person of that role, whatever the document's commands are.
    record Attest(String role) implements Bound {}
  }
}
