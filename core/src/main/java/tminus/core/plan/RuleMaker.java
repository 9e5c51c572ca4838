package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Template;

/// Adds to a plan who may decide what, and what takes its steps back: from what the binding says,
/// and from what the document itself does. Confined to one plan.
final class RuleMaker {

  /// Whose word it takes to put older data in the place of newer when nobody else is named.
  private static final String DATABASE_ROLE = "Database Administrator";

  private final Plan plan;
  private final Binding binding;

  /// Lines that stand under a heading, or are words, that the document calls optional.
  private final Set<Integer> optionalLines = new HashSet<>();

  private final List<List<String>> optionalSections = new ArrayList<>();

  /// The headings of sections that take back the section around them.
  private final List<List<String>> phaseRollbacks = new ArrayList<>();

  private final Set<String> rollbackRoles = new LinkedHashSet<>();

  private RuleMaker(Plan plan, Binding binding) {
    this.plan = plan;
    this.binding = binding;
  }

  /// The plan with its rules.
  static Plan apply(Plan plan, Checklist checklist, Binding binding) {
    RuleMaker maker = new RuleMaker(plan, binding);
    maker.section(checklist.root(), List.of(), Purpose.PROCEDURE);
    return maker.plan();
  }

  // ---- The document

  private void section(Section section, List<String> above, Purpose outer) {
    List<String> path = new ArrayList<>(above);
    if (section.level() > 0) {
      path.add(section.title());
    }
    if (isOptional(section.marks())) {
      optionalSections.add(path);
    }
    boolean back = section.purpose() == Purpose.ROLLBACK;
    // Right under the title stands what takes everything back, not a phase.
    if (back && outer != Purpose.ROLLBACK && above.size() > 1) {
      phaseRollbacks.add(path);
    }
    content(section.content(), path, section.purpose());
  }

  private void content(List<Node> content, List<String> path, Purpose purpose) {
    for (Node node : content) {
      switch (node) {
        case Section deeper -> section(deeper, path, purpose);
        case Item item -> {
          line(item.line(), purpose);
          content(item.content(), path, purpose);
        }
        case Line line -> line(line, purpose);
        case Script _, Template _ -> {}
      }
    }
  }

  private void line(Line line, Purpose purpose) {
    if (isOptional(line.marks())) {
      optionalLines.add(line.span().line());
    }
    if (purpose == Purpose.ROLLBACK) {
      line.marks(Mark.Authority.class).stream()
          .map(Mark.Authority::role)
          .filter(role -> !role.isBlank())
          .forEach(rollbackRoles::add);
    }
  }

  private static boolean isOptional(List<Mark> marks) {
    return marks.stream().anyMatch(Mark.IfApplicable.class::isInstance);
  }

  private static boolean isUnder(Step step, List<String> section) {
    return step.section().size() >= section.size()
        && step.section().subList(0, section.size()).equals(section);
  }

  // ---- The plan

  private Plan plan() {
    return plan.with(
        plan.steps().stream().map(this::withUndo).toList(),
        plan.triggers().stream().map(this::withMode).toList(),
        rules());
  }

  private Trigger withMode(Trigger trigger) {
    return Policy.of(binding.policy().triggers(), List.of(trigger.text()))
        .map(mode -> new Trigger(trigger.line(), trigger.text(), trigger.condition(), mode))
        .orElse(trigger);
  }

  private Policy.Safety safety(Step step) {
    return Policy.of(binding.policy().safeties(), List.of(step.title())).orElse(Policy.Safety.NONE);
  }

  private Step withUndo(Step step) {
    Optional<String> undo = safety(step).undo();
    if (undo.isEmpty()
        || !(step.action() instanceof Action.Act(Work.Shell work, Optional<Work> _))) {
      return step;
    }
    Work back = new Work.Shell(List.of(command(step, undo.get())));
    return step.with(new Action.Act(work, Optional.of(back)));
  }

  private ShellCommand command(Step step, String text) {
    Map<String, String> values = binding.parameters();
    return new ShellCommand(
        step.line(),
        "",
        Parameters.fillReferences(text, values),
        Optional.empty(),
        Parameters.references(text).stream().filter(name -> !values.containsKey(name)).toList());
  }

  private Rules rules() {
    Map<StepId, Approval> gates = new LinkedHashMap<>();
    Map<StepId, String> noReturn = new LinkedHashMap<>();
    Map<StepId, ShellCommand> probes = new LinkedHashMap<>();
    Map<StepId, Duration> timeouts = new LinkedHashMap<>();
    Map<StepId, List<String>> phases = new LinkedHashMap<>();
    Set<StepId> optional = new LinkedHashSet<>();
    for (Step step : Stream.concat(plan.steps().stream(), plan.rollback().stream()).toList()) {
      if (step.action() instanceof Action.Gate) {
        Stream<String> words = Stream.concat(step.section().stream(), Stream.of(step.title()));
        Policy.of(binding.policy().gates(), words.toList())
            .ifPresent(approval -> gates.put(step.id(), approval.atPace(binding.pace())));
      }
      safety(step).probe().ifPresent(probe -> probes.put(step.id(), command(step, probe)));
      safety(step).noReturn().ifPresent(role -> noReturn.put(step.id(), role));
      safety(step).timeout().ifPresent(timeout -> timeouts.put(step.id(), timeout));
      if (optionalLines.contains(step.line())
          || optionalSections.stream().anyMatch(section -> isUnder(step, section))) {
        optional.add(step.id());
      }
    }
    for (Step step : plan.rollback()) {
      if (step.action() instanceof Action.Act(Work.Shell(List<ShellCommand> commands), _)
          && DataLoss.isPossible(commands)) {
        noReturn.putIfAbsent(step.id(), DATABASE_ROLE);
      }
      phaseRollbacks.stream()
          .filter(section -> isUnder(step, section))
          .findFirst()
          .ifPresent(section -> phases.put(step.id(), section.subList(0, section.size() - 1)));
    }
    List<String> bound = binding.policy().rollbackAuthority();
    return new Rules(
        binding.people(),
        binding.policy().usual().atPace(binding.pace()),
        gates,
        bound.isEmpty() ? List.copyOf(rollbackRoles) : bound,
        noReturn,
        probes,
        timeouts,
        phases,
        optional);
  }
}
