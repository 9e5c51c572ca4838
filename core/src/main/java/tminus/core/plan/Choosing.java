package tminus.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.checklist.Alternatives;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Family;
import tminus.core.checklist.Family.Kind;
import tminus.core.checklist.Family.Option;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.plan.Choice.Decision;
import tminus.core.plan.Choice.Entry;
import tminus.core.plan.Choice.Way;

/// Decides which ways a plan takes. For one plan; confined to its caller.
final class Choosing {

  private final Checklist document;
  private final Binding binding;
  private final Plan whole;
  private final Map<Family, Optional<Option>> said = new LinkedHashMap<>();
  private final List<Choice> choices = new ArrayList<>();
  private final List<Trigger> kept = new ArrayList<>();
  private Checklist left;

  /// @param whole the plan with all ways in it, one after another
  Choosing(Checklist document, Binding binding, Plan whole) {
    this.document = document;
    this.binding = binding;
    this.whole = whole;
    this.left = document;
  }

  /// What is decided.
  ///
  /// @param left the document without the ways that are not taken
  /// @param kept triggers that count although the way they stand in is not taken
  record Chosen(Checklist left, List<Choice> choices, List<Trigger> kept) {}

  /// The ways in which there is something to do: the others need no choice.
  static List<Family> families(Checklist checklist, Plan whole) {
    Set<Integer> lines = new HashSet<>();
    Stream.concat(whole.steps().stream(), whole.rollback().stream())
        .forEach(step -> lines.add(step.line()));
    whole.triggers().forEach(trigger -> lines.add(trigger.line()));
    Set<Span> commands = new HashSet<>();
    commands(checklist.root(), commands);
    return Alternatives.of(checklist).stream()
        .filter(family ->
            family.options().stream()
                .anyMatch(option ->
                    option.lines().stream().anyMatch(lines::contains)
                        || option.spans().stream().anyMatch(commands::contains)))
        .toList();
  }

  /// Where commands stand that a run may do.
  private static void commands(Node node, Set<Span> commands) {
    switch (node) {
      case Section section when section.purpose() != Section.Purpose.REFERENCE ->
          section.content().forEach(each -> commands(each, commands));
      case Item item -> item.content().forEach(each -> commands(each, commands));
      case Script script -> script.commands().forEach(command -> commands.add(command.span()));
      case Section _, Line _, Template _ -> {}
    }
  }

  Chosen decide() {
    List<Family> families = families(document, whole);
    for (Selection selection : binding.choose()) {
      if (Selector.find(families, selection)
          instanceof Selector.Found.One(Family family, Optional<Option> option)) {
        said.putIfAbsent(family, option);
      }
    }
    for (Family family : families) {
      if (stands(family)) {
        decide(family);
      }
    }
    return new Chosen(left, choices, kept);
  }

  /// Whether it does not stand in a way that is not taken.
  private boolean stands(Family family) {
    Set<Span> spans = new HashSet<>();
    spans(left.root(), spans);
    return family.options().stream().allMatch(option -> spans.containsAll(option.spans()));
  }

  private static void spans(Node node, Set<Span> spans) {
    spans.add(node.span());
    switch (node) {
      case Section section -> section.content().forEach(each -> spans(each, spans));
      case Item item -> item.content().forEach(each -> spans(each, spans));
      case Script script -> script.commands().forEach(command -> spans.add(command.span()));
      case Line _, Template _ -> {}
    }
  }

  private void decide(Family family) {
    if (said.containsKey(family)) {
      take(family, said.get(family), Decision.CHOSEN, "");
      return;
    }
    switch (family.kind()) {
      case INSTEAD ->
          take(
              family,
              Optional.of(family.options().getFirst()),
              Decision.DEFAULT,
              "the document's main way");
      case DRIVEN -> driven(family);
      case WAYS -> {
        List<Map.Entry<Option, Option>> same = same(family);
        if (same.stream().map(Map.Entry::getKey).distinct().count() == 1) {
          Option leader = same.getFirst().getValue();
          take(
              family,
              Optional.of(same.getFirst().getKey()),
              Decision.FOLLOWED,
              "as %s in line %d".formatted(leader.name(), leader.line()));
        } else {
          take(family, Optional.empty(), Decision.OPEN, "");
        }
      }
    }
  }

  /// Tminus does what the automatic one says when it is Tminus that judges the triggers; where only
  /// people can begin a rollback, it is theirs.
  private void driven(Family family) {
    Optional<Option> taken =
        family.options().stream()
            .filter(option -> Alternatives.isAutomatic(option) == binding.traffic())
            .findFirst();
    String why =
        binding.traffic()
            ? "Tminus measures, and begins the rollback itself"
            : "nothing is measured here, so people begin the rollback";
    take(family, taken, Decision.DEFAULT, why);
  }

  /// The family's ways that were chosen elsewhere, each with its namesake there. What was chosen as
  /// a way back says nothing of the way there.
  private List<Map.Entry<Option, Option>> same(Family family) {
    List<Map.Entry<Option, Option>> same = new ArrayList<>();
    said.forEach((other, chosen) -> {
      if (!other.rollback() && chosen.isPresent() && stands(chosen.get())) {
        family.options().stream()
            .filter(option -> option.key().equals(chosen.get().key()))
            .forEach(option -> same.add(Map.entry(option, chosen.get())));
      }
    });
    return same;
  }

  private boolean stands(Option option) {
    Set<Span> spans = new HashSet<>();
    spans(left.root(), spans);
    return spans.containsAll(option.spans());
  }

  private void take(Family family, Optional<Option> taken, Decision decision, String why) {
    if (family.kind() == Kind.DRIVEN) {
      // When to go back does not depend on who does.
      whole.triggers().stream()
          .filter(trigger ->
              family.options().stream().anyMatch(option -> option.lines().contains(trigger.line())))
          .forEach(kept::add);
    }
    List<Way> ways = new ArrayList<>();
    Set<Span> gone = new HashSet<>();
    for (Option option : family.options()) {
      boolean isTaken = taken.equals(Optional.of(option));
      if (!isTaken && decision != Decision.OPEN) {
        gone.addAll(option.spans());
      }
      ways.add(
          new Way(
              option.title(),
              option.name(),
              option.line(),
              option.recommended(),
              isTaken,
              entries(option)));
    }
    choices.add(
        new Choice(family.heading(), family.line(), family.rollback(), decision, why, ways));
    left = left.without(gone);
  }

  /// What there is to do in it: its steps and triggers; of a script's commands, each.
  private List<Entry> entries(Option option) {
    List<Entry> entries = new ArrayList<>();
    Map<Span, Command> commands = new LinkedHashMap<>();
    commands(document.root().content(), commands);
    for (Span span : option.spans()) {
      Command command = commands.get(span);
      if (command != null) {
        String title =
            command.label().isBlank()
                ? command.text().lines().findFirst().orElse("")
                : command.label();
        entries.add(new Entry(span.line(), "command", title));
      }
    }
    if (entries.isEmpty()) {
      Stream.concat(whole.steps().stream(), whole.rollback().stream())
          .filter(step -> option.lines().contains(step.line()))
          .forEach(step -> entries.add(new Entry(step.line(), step.action().kind(), step.title())));
      whole.triggers().stream()
          .filter(trigger -> option.lines().contains(trigger.line()) && !kept.contains(trigger))
          .forEach(trigger -> entries.add(new Entry(trigger.line(), "trigger", trigger.text())));
    }
    entries.sort(Comparator.comparingInt(Entry::line));
    return entries;
  }

  private static void commands(List<Node> nodes, Map<Span, Command> commands) {
    for (Node node : nodes) {
      switch (node) {
        case Section section -> commands(section.content(), commands);
        case Item item -> commands(item.content(), commands);
        case Script script -> script.commands().forEach(each -> commands.put(each.span(), each));
        case Line _, Template _ -> {}
      }
    }
  }
}
