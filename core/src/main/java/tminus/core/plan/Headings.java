package tminus.core.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the section, or the step, that some words name. Only what is certain is found: one section
/// whose title has just these words, else one whose title has all of them. Immutable.
public final class Headings {

  /// Words that make no difference to what is named.
  private static final Set<String> FILLERS =
      Set.of(
          "checklist",
          "section",
          "item",
          "list",
          "result",
          "summary",
          "statu",
          "the",
          "of",
          "and",
          "a",
          "all",
          "for",
          "number");

  private final List<Step> steps;
  private final Map<List<String>, Set<String>> sections = new LinkedHashMap<>();

  /// The headings these steps stand under.
  public Headings(List<Step> steps) {
    this.steps = List.copyOf(steps);
    // A section without items is named by nothing that counts or times: `Smoke test summary`.
    for (Step step : boxes(steps)) {
      for (int depth = 1; depth <= step.section().size(); depth++) {
        List<String> path = List.copyOf(step.section().subList(0, depth));
        sections.computeIfAbsent(path, p -> words(p.getLast()));
      }
    }
  }

  /// The steps under the section these words name.
  public Optional<List<Step>> section(String named) {
    Set<String> wanted = words(named);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<String>> exact =
        outermost(sections.keySet().stream().filter(path -> wanted.equals(sections.get(path))));
    return exact.map(this::under).or(() -> wanted.size() > 1 ? holding(named) : Optional.empty());
  }

  /// The steps under the one section whose title has all of these words, and others. A single word
  /// may be there by chance: ask for more than the name then.
  Optional<List<Step>> holding(String named) {
    Set<String> wanted = words(named);
    Stream<List<String>> holding =
        sections.keySet().stream()
            .filter(path -> sections.getOrDefault(path, Set.of()).containsAll(wanted));
    return wanted.isEmpty() ? Optional.empty() : outermost(holding).map(this::under);
  }

  /// The one step these words name.
  public Optional<Step> step(String named) {
    Set<String> wanted = words(named);
    if (wanted.size() < 2) {
      return Optional.empty();
    }
    List<Step> found =
        steps.stream().filter(step -> words(step.title()).containsAll(wanted)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// The steps that stand under these headings, in order.
  public List<Step> under(List<String> path) {
    return steps.stream().filter(step -> isUnder(step, path)).toList();
  }

  static boolean isUnder(Step step, List<String> path) {
    return step.section().size() >= path.size()
        && step.section().subList(0, path.size()).equals(path);
  }

  /// The one that holds all the others, if there is such a one.
  private static Optional<List<String>> outermost(Stream<List<String>> paths) {
    List<List<String>> all = paths.toList();
    return all.stream()
        .filter(path ->
            all.stream()
                .allMatch(other ->
                    other.size() >= path.size() && other.subList(0, path.size()).equals(path)))
        .findFirst();
  }

  /// The words that make a difference, without endings: `Smoke Testing Checklist (20 items)` and
  /// `smoke tests` are the same.
  public static Set<String> words(String title) {
    Set<String> words = new LinkedHashSet<>();
    String plain = title.toLowerCase(Locale.ROOT).replaceAll("\\([^()]*\\)", " ");
    for (String word : plain.replaceAll("^\\s*\\d+[.)]", " ").split("[^\\p{L}\\p{N}%]+", -1)) {
      String stem = stem(word);
      if (!stem.isEmpty() && !FILLERS.contains(stem)) {
        words.add(stem);
      }
    }
    return words;
  }

  private static String stem(String word) {
    for (String ending : List.of("ing", "s")) {
      if (word.endsWith(ending) && word.length() >= ending.length() + 3) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }

  /// The steps of these that are items of their own, parts aside.
  static List<Step> items(List<Step> some) {
    Set<StepId> parts = new LinkedHashSet<>();
    some.forEach(step -> parts.addAll(step.parts()));
    return some.stream()
        .filter(step -> step.form().box().isPresent() && !parts.contains(step.id()))
        .toList();
  }

  /// The steps of these that are items, parts included.
  static List<Step> boxes(List<Step> some) {
    return some.stream().filter(step -> step.form().box().isPresent()).toList();
  }
}
