package tminus.core.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.checklist.Mark;

/// Tells which blanks count items, and which items: `Code: ____/8 items complete`.
final class Counts {

  private static final Map<String, Computed.Outcome> OUTCOMES =
      Map.of(
          "passed", Computed.Outcome.DONE,
          "failed", Computed.Outcome.FAILED,
          "blocked", Computed.Outcome.SKIPPED,
          "skipped", Computed.Outcome.SKIPPED);
  private static final Set<String> TOTALS = Set.of("total", "overall", "grand total", "in total");

  private final Headings headings;

  /// @param all the steps whose items may be counted
  Counts(List<Step> all) {
    this.headings = new Headings(all);
  }

  /// What this blank counts.
  ///
  /// @param before the steps that are settled when it is the step's turn
  Optional<Computed> of(Step step, List<Step> before, int field, FieldWords words) {
    if (words.isCount() && !isTotal(words)) {
      return scope(words, step, before)
          .flatMap(items -> count(field, Computed.Outcome.DONE, items, words.outOf(), before));
    }
    Computed.Outcome outcome = OUTCOMES.get(words.name());
    if (outcome == null || words.own() || words.outOf().isPresent() || step.section().isEmpty()) {
      return Optional.empty();
    }
    String title = step.section().getLast();
    return isSummary(title) && step.form().box().isEmpty()
        ? summed(title, step, before)
            .flatMap(items -> count(field, outcome, items, words.targetOutOf(), before))
        : Optional.empty();
  }

  /// The total of the other counts of the same form, when it has one and they are certain.
  Optional<Computed> total(
      List<Mark.Blank> blanks, Map<Integer, FieldWords> fields, List<Computed> computed) {
    List<Integer> totals =
        fields.keySet().stream()
            .filter(i -> words(fields, i).filter(w -> w.isCount() && isTotal(w)).isPresent())
            .toList();
    long counters =
        fields.values().stream().filter(words -> words.isCount() && !isTotal(words)).count();
    List<Computed.Count> parts =
        computed.stream()
            .filter(Computed.Count.class::isInstance)
            .map(Computed.Count.class::cast)
            .toList();
    if (totals.size() != 1 || parts.size() < 2 || parts.size() != counters) {
      return Optional.empty();
    }
    Set<StepId> of = new LinkedHashSet<>();
    parts.forEach(part -> of.addAll(part.of()));
    int field = totals.getFirst();
    return field >= blanks.size()
        ? Optional.empty()
        : Optional.of(
            new Computed.Count(
                field,
                Computed.Outcome.DONE,
                new ArrayList<>(of),
                words(fields, field).flatMap(FieldWords::outOf)));
  }

  private static Optional<FieldWords> words(Map<Integer, FieldWords> fields, int field) {
    return Optional.ofNullable(fields.get(field));
  }

  private static boolean isTotal(FieldWords words) {
    return TOTALS.contains(words.subject().toLowerCase(Locale.ROOT));
  }

  private static boolean isSummary(String title) {
    return title.toLowerCase(Locale.ROOT).matches(".*\\b(?:summary|results?)\\b.*");
  }

  private Optional<List<Step>> scope(FieldWords words, Step step, List<Step> before) {
    String subject = words.subject();
    return subject.isEmpty()
        ? Optional.of(before.stream().filter(s -> Headings.isUnder(s, step.section())).toList())
        : headings
            .section(subject)
            .or(() ->
                headings
                    .holding(subject)
                    .filter(
                        steps -> words.outOf().equals(Optional.of(Headings.items(steps).size()))));
  }

  /// What a summary sums up: the section its title names, else the one just before it.
  private Optional<List<Step>> summed(String title, Step step, List<Step> before) {
    if (!Headings.words(title).isEmpty()) {
      return headings
          .section(title.replaceAll("(?i)\\b(?:summary|results?)\\b", " "))
          .map(steps -> steps.stream().filter(s -> !s.id().equals(step.id())).toList());
    }
    int depth = step.section().size();
    return before.isEmpty() || before.getLast().section().size() < depth
        ? Optional.empty()
        : Optional.of(headings.under(before.getLast().section().subList(0, depth)));
  }

  /// The count of these steps' items; empty when they have none, or some are still to come when the
  /// number is asked for. The document may count the items alone, or their parts with them.
  private static Optional<Computed> count(
      int field,
      Computed.Outcome outcome,
      List<Step> steps,
      Optional<Integer> said,
      List<Step> before) {
    List<Step> items = Headings.items(steps);
    List<Step> boxes = Headings.boxes(steps);
    boolean withParts =
        said.isPresent() && items.size() != said.get() && boxes.size() == said.get();
    List<StepId> of = (withParts ? boxes : items).stream().map(Step::id).toList();
    Set<StepId> settled = new HashSet<>(before.stream().map(Step::id).toList());
    return of.isEmpty() || !settled.containsAll(of)
        ? Optional.empty()
        : Optional.of(new Computed.Count(field, outcome, of, said));
  }
}
