package tminus.core.plan;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What connects a checklist to the real world, as far as planning needs it. Everything is
/// optional.
///
/// @param parameters values for placeholders, by name
/// @param steps what steps do, by words that occur in their title
/// @param traffic whether there is a router and a metric source, so that shifts and bakes are more
///   than words
/// @param pace how many times faster than written waits are; 1 as written, more than 0
public record Binding(
    Map<String, String> parameters, Map<String, Bound> steps, boolean traffic, double pace) {

  /// Nothing bound: people do everything.
  public static final Binding NONE = new Binding(Map.of(), Map.of(), false, 1);

  public Binding {
    if (!(pace > 0)) {
      throw new IllegalArgumentException(
          "pace: %s is not more than 0 - 1 is as written".formatted(pace));
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /// What the binding says of a step with this title, if anything: the longest wording that occurs
  /// in it.
  Optional<Bound> of(String title) {
    String words = fold(title);
    return steps.entrySet().stream()
        .filter(entry -> words.contains(fold(entry.getKey())))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue);
  }

  /// Wordings that occur in no step of the list.
  public List<String> unused(List<Step> planned) {
    List<String> titles = planned.stream().map(step -> fold(step.title())).toList();
    return steps.keySet().stream()
        .filter(wording -> titles.stream().noneMatch(title -> title.contains(fold(wording))))
        .toList();
  }

  private static String fold(String words) {
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
