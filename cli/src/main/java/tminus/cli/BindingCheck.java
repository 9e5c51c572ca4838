package tminus.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tminus.cli.Place.Located;
import tminus.cli.Written.Parameter;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Span;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Parameters;
import tminus.core.plan.Placeholders;
import tminus.core.plan.Plan;
import tminus.core.plan.Spelling;
import tminus.core.plan.Step;
import tminus.engine.Secrets;

/// Holds a binding against the document it is about: whatever it says must have something there to
/// say it of, and only one thing may be said of each item.
final class BindingCheck {

  private final Checklist checklist;
  private final BindingFile binding;
  private final Problems problems;
  private final boolean readable;

  /// @param problems what reading the binding found, and what is found here
  BindingCheck(Checklist checklist, BindingFile binding, Problems problems) {
    this.checklist = checklist;
    this.binding = binding;
    this.problems = problems;
    this.readable = problems.isEmpty();
  }

  /// @param plan the plan they give
  /// @param whole the same with all ways in it, also those that are not taken: what is said of
  ///   their items is said for another run
  /// @param parameters every value
  /// @param given the names of those that the command line gives
  void check(Plan plan, Plan whole, Map<String, String> parameters, Set<String> given) {
    parameters.forEach((name, value) -> parameter(name, value, given.contains(name)));
    references(parameters.keySet());
    wordings(plan, whole);
    new PolicyCheck(whole, problems).check(binding.written().policy());
  }

  private void parameter(String name, String value, boolean given) {
    if (Secrets.isSecret(name)) {
      problem(
          name,
          given,
          "parameter %s: is a secret by its name, and a plan is kept for good - put it into the environment, and $%s into the command"
              .formatted(name, name));
    }
    Set<String> known = new TreeSet<>(Placeholders.all(checklist));
    known.addAll(binding.written().parameters().keySet());
    binding.references().forEach(reference -> known.add(reference.value()));
    if (readable || known.contains(name)) {
      Parameters.problem(name, value, known, Placeholders.inCommands(checklist))
          .ifPresent(problem -> problem(name, given, problem));
    }
    Optional.ofNullable(binding.written().parameters().get(name))
        .flatMap(Parameter::pattern)
        .filter(pattern -> !pattern.value().matcher(value).matches())
        .ifPresent(pattern ->
            problem(
                name,
                given,
                "parameter %s: its value (%s) does not match its pattern (%s, at %s) - give one that does"
                    .formatted(name, value, pattern.value(), pattern.place())));
  }

  private void problem(String name, boolean given, String problem) {
    Optional.ofNullable(binding.written().parameters().get(name))
        .filter(_ -> !given)
        .ifPresentOrElse(
            parameter -> problems.add(parameter.place(), problem), () -> problems.add(problem));
  }

  /// What could not be read may have defined them.
  private void references(Set<String> values) {
    Set<String> known = new TreeSet<>(Placeholders.all(checklist));
    known.addAll(binding.written().parameters().keySet());
    known.addAll(values);
    for (Located<String> reference : binding.references()) {
      String name = reference.value();
      if (readable && !known.contains(name)) {
        problems.add(
            reference.place(),
            "$%s is defined nowhere".formatted(name),
            Spelling.nearest(name, known)
                .map("did you mean $%s?"::formatted)
                .orElse(
                    "put `%s: {}` under `parameters`, and give it with --param".formatted(name)));
      }
    }
  }

  private static Set<Span> boxes(Plan plan) {
    return Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .filter(step -> !(step.action() instanceof Action.Gate))
        .flatMap(step -> step.form().box().stream())
        .collect(Collectors.toSet());
  }

  private void wordings(Plan plan, Plan whole) {
    Set<Span> taken = boxes(plan);
    Set<Span> boxes = boxes(whole);
    List<Item> all = checklist.items().stream().filter(item -> boxes.contains(item.box())).toList();
    List<Item> items = all.stream().filter(item -> taken.contains(item.box())).toList();
    Map<Span, Located<Bound>> said = new HashMap<>();
    binding
        .written()
        .steps()
        .forEach((wording, bound) -> {
          boolean here = occurs(wording, items);
          if (here || !occurs(wording, all)) {
            only(wording, bound.place(), here ? items : all, plan)
                .ifPresent(item -> said(item, bound, said));
          }
        });
    binding
        .items()
        .forEach((box, bound) -> {
          if (!boxes.contains(box)) {
            problems.add(
                bound.place(),
                "nothing can be bound to this item: it is a decision, or says when to go back",
                "take the fence away");
          }
        });
  }

  private static boolean occurs(String wording, List<Item> items) {
    return items.stream().anyMatch(item -> Binding.occurs(wording, item.line().text()));
  }

  private void said(Item item, Located<Bound> bound, Map<Span, Located<Bound>> said) {
    Located<Bound> first = said.putIfAbsent(item.box(), bound);
    boolean fenced = binding.items().containsKey(item.box());
    if (first != null && !first.value().equals(bound.value()) && !fenced) {
      problems.add(
          bound.place(),
          "'%s' (line %d) is bound here, and differently at %s"
              .formatted(item.line().text(), item.span().line(), first.place()),
          "keep one of them");
    }
  }

  /// The one item the wording is about.
  private Optional<Item> only(String wording, Place place, List<Item> items, Plan plan) {
    List<Item> hits =
        items.stream().filter(item -> Binding.occurs(wording, item.line().text())).toList();
    if (hits.size() > 1) {
      problems.add(
          place,
          "'%s' stands in %d items (%s)".formatted(wording, hits.size(), list(hits)),
          "use more of the words of one, or a tminus fence under each");
    } else if (hits.isEmpty()) {
      problems.add(place, nowhere(wording, items, plan));
    }
    return hits.size() == 1 ? Optional.of(hits.getFirst()) : Optional.empty();
  }

  private static String nowhere(String wording, List<Item> items, Plan plan) {
    Optional<Step> unboxed =
        Stream.concat(plan.steps().stream(), plan.rollback().stream())
            .filter(step -> Binding.occurs(wording, step.title()))
            .findFirst();
    if (unboxed.isPresent()) {
      return "'%s' stands in no item that can be bound, only in line %d (%s) - name an item with a box that is no decision"
          .formatted(wording, unboxed.get().line(), unboxed.get().title());
    }
    return "'%s' stands in no item - ".formatted(wording)
        + Spelling.nearestIn(wording, items.stream().map(item -> item.line().text()).toList())
            .map("did you mean '%s'?"::formatted)
            .orElse("use words of an item's text");
  }

  private static String list(List<Item> items) {
    List<String> shown = new ArrayList<>();
    for (Item item : items.subList(0, Math.min(Limits.LISTED_MAX, items.size()))) {
      shown.add("line %d: %s".formatted(item.span().line(), item.line().text()));
    }
    return String.join("; ", shown) + (items.size() > Limits.LISTED_MAX ? "; …" : "");
  }
}
