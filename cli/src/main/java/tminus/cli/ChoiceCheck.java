package tminus.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.cli.Place.Located;
import tminus.core.checklist.Family;
import tminus.core.checklist.Family.Option;
import tminus.core.plan.Selection;
import tminus.core.plan.Selector;
import tminus.core.plan.Selector.Found;

/// Holds what is chosen against the ways the document has: each word must mean one of them, and no
/// place may say two things of one choice.
final class ChoiceCheck {

  private final List<Family> families;
  private final Problems problems;
  private final Map<String, Map<Family, Said>> said = new HashMap<>();

  /// @param families the ways to choose from
  /// @param problems where what is wrong goes
  ChoiceCheck(List<Family> families, Problems problems) {
    this.families = families;
    this.problems = problems;
  }

  private record Said(Optional<Option> option, String where) {}

  /// One of a binding.
  void written(Located<Selection> selection) {
    Place place = selection.place();
    problem(selection.value(), place.file(), "at " + place)
        .ifPresent(problem -> problems.add(place, problem));
  }

  /// One of the command line.
  void given(String text) {
    String where = "--choose '%s'".formatted(text);
    problem(Selection.parse(text), "", where)
        .ifPresent(problem -> problems.add("%s: %s".formatted(where, problem)));
  }

  private Optional<String> problem(Selection selection, String source, String where) {
    return switch (Selector.find(families, selection)) {
      case Found.One(Family family, Optional<Option> option) -> {
        Said first =
            said.computeIfAbsent(source, _ -> new HashMap<>())
                .putIfAbsent(family, new Said(option, where));
        yield first == null || first.option().equals(option)
            ? Optional.empty()
            : Optional.of(
                "of %s (line %d) another way is chosen (%s) - keep one of them"
                    .formatted(family.heading(), family.line(), first.where()));
      }
      case Found.NoFamily _ ->
          Optional.of(
              families.isEmpty()
                  ? "the document has one way to do each thing - leave the choice out"
                  : "nothing to choose from is called '%s' - there is %s"
                      .formatted(selection.family().orElse(selection.way()), list(families)));
      case Found.NoWay(List<Family> among) ->
          Optional.of(
              "no way is called '%s' - there is %s".formatted(selection.way(), list(among)));
      case Found.Several(List<String> ways) ->
          Optional.of(
              "'%s' means %d ways (%s) - use more of the words of one%s"
                  .formatted(
                      selection.way(),
                      ways.size(),
                      String.join("; ", ways),
                      selection.family().isPresent() ? "" : ", or WHAT=WAY"));
    };
  }

  /// Every choice with its ways, as they can be chosen.
  private static String list(List<Family> families) {
    return String.join("; ", families.stream().map(ChoiceCheck::words).toList());
  }

  private static String words(Family family) {
    return "%s (line %d): %s"
        .formatted(
            family.heading(),
            family.line(),
            String.join(
                ", ", family.options().stream().map(o -> "'%s'".formatted(o.name())).toList()));
  }
}
