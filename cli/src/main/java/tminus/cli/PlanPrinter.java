package tminus.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.checklist.Expectation;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Choice;
import tminus.core.plan.Plan;
import tminus.core.plan.PlanWords;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.core.schedule.Dues;

/// Shows a plan on a terminal: phases with their times, steps with what each does, counts at the
/// end.
final class PlanPrinter {

  private final Console console;
  private final Style style;
  private final int width;
  private final Binding binding;
  private final Optional<DuePlan> due;
  private final Times times;

  /// @param binding names who holds the roles
  /// @param due when its sections are due, with a T-0
  PlanPrinter(Console console, Binding binding, Optional<DuePlan> due) {
    this.due = due;
    this.times =
        new Times(due.map(DuePlan::zone).orElseGet(console::zone), console.clock().instant());
    this.console = console;
    this.binding = binding;
    this.style = console.style();
    this.width = console.width();
  }

  void print(Plan plan, String hash) {
    console.out().println(style.bold(plan.title()));
    console.line("%s · %d items · plan %s", plan.file(), plan.items(), hash.substring(0, 12));
    due.ifPresent(this::zero);
    sections(plan.steps(), plan.rules());
    if (!plan.triggers().isEmpty() || !plan.rollback().isEmpty()) {
      console.out().println();
      console.out().println(style.bold("If it has to go back"));
      for (Trigger trigger : plan.triggers()) {
        String how = trigger.condition().isPresent() ? "measured" : "people judge";
        console
            .out()
            .println("  " + style.warn("!") + " " + trigger.text() + style.dim("  " + how));
      }
      sections(plan.rollback(), plan.rules());
    }
    new ChoicePrinter(console).print(plan);
    console.out().println();
    if (plan.steps().isEmpty()) {
      console
          .out()
          .println(
              style.warn("nothing to do: the document has no task box, no command and no blank"));
      return;
    }
    summary(plan);
  }

  private void sections(List<Step> steps, Rules rules) {
    List<String> open = List.of();
    for (Step step : steps) {
      if (!step.section().equals(open)) {
        heading(step);
        open = step.section();
      }
      due.ifPresent(it -> it.beginningWith(step).ifPresent(section -> due(it, section)));
      step(step, rules);
    }
  }

  private void zero(DuePlan plan) {
    console.line("T-0 %s, %s", times.whole(plan.zero()), times.away(plan.zero()));
    plan.atZero().ifPresent(closed -> closed("may not act at T-0: ", closed));
  }

  private void due(DuePlan plan, Dues.Section section) {
    console.out().println("  " + style.dim("due " + times.span(plan.due(section))));
    plan.closed(section)
        .ifPresent(closed ->
            closed(
                closed.at().equals(plan.due(section).begin())
                    ? "  may not act then: "
                    : "  may not act from %s on: ".formatted(times.moment(closed.at())),
                closed));
  }

  private void closed(String what, DuePlan.Closed closed) {
    console
        .out()
        .println(
            style.warn(what)
                + closed.reason()
                + closed.opens().map(at -> ", until " + times.moment(at)).orElse(""));
  }

  private void heading(Step step) {
    String path =
        String.join(
            " › ",
            step.section().size() > 1
                ? step.section().subList(1, step.section().size())
                : step.section());
    String when = PlanWords.due(step).map(due -> "  " + due).orElse("");
    console.out().println();
    console.out().println(style.bold(path) + style.dim(when));
  }

  private void step(Step step, Rules rules) {
    String who =
        step.roles().isEmpty()
            ? ""
            : "  " + String.join(", ", step.roles().stream().map(this::holders).toList());
    String label = String.format("%-6s", step.action().kind());
    String shown =
        step.action() instanceof Action.Gate
            ? style.warn(label)
            : isAutomatic(step) ? style.accent(label) : style.dim(label);
    console
        .out()
        .println("  " + shown + " " + abridged(step.title(), who.length() + 10) + style.dim(who));
    step.action().commands().forEach(this::command);
    Stream.concat(PlanWords.detail(step.action()).stream(), PlanWords.timeout(step, rules).stream())
        .forEach(words -> console.out().println("         " + style.dim(words)));
  }

  private String holders(String role) {
    List<String> people = binding.holders(role);
    return people.isEmpty() ? role : "%s (%s)".formatted(role, String.join(", ", people));
  }

  private void command(ShellCommand command) {
    List<String> lines = command.text().lines().toList();
    String more = lines.size() > 1 ? " …" : "";
    console
        .out()
        .println("         " + style.dim("$ ") + abridged(lines.getFirst(), 14) + style.dim(more));
    command
        .expectation()
        .ifPresent(expected -> {
          String by = expected instanceof Expectation.Prose ? "a person judges; " : "";
          console
              .out()
              .println(
                  "           " + style.dim(by + abridged(PlanWords.expectation(expected), 30)));
        });
    if (!command.missing().isEmpty()) {
      console
          .out()
          .println("           " + style.warn("needs " + String.join(", ", command.missing())));
    }
  }

  /// Whether Tminus does the step by itself, once it may.
  static boolean isAutomatic(Step step) {
    return switch (step.action()) {
      case Action.Attest _, Action.Gate _ -> false;
      case Action.Parts _,
          Action.Check _,
          Action.Act _,
          Action.Shift _,
          Action.Bake _,
          Action.Wait _,
          Action.Notify _ ->
          true;
    };
  }

  /// How many steps there are of each kind.
  static Map<String, Long> kinds(Plan plan) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    for (String kind :
        List.of("attest", "check", "act", "shift", "bake", "gate", "wait", "notify", "parts")) {
      long count = plan.steps().stream().filter(step -> step.action().kind().equals(kind)).count();
      if (count > 0) {
        kinds.put(kind, count);
      }
    }
    return kinds;
  }

  private void summary(Plan plan) {
    List<String> counts = new ArrayList<>();
    kinds(plan).forEach((kind, count) -> counts.add(count + " " + kind));
    console
        .out()
        .println(
            style.bold("%d steps".formatted(plan.steps().size()))
                + ": "
                + String.join(", ", counts));
    long automatic = plan.steps().stream().filter(PlanPrinter::isAutomatic).count();
    console.line(
        "%d steps can go by themselves, %d wait for people",
        automatic, plan.steps().size() - automatic);
    if (!plan.rollback().isEmpty() || !plan.triggers().isEmpty()) {
      console.line(
          "%d rollback steps, %d triggers (%d measured)",
          plan.rollback().size(),
          plan.triggers().size(),
          plan.triggers().stream().filter(trigger -> trigger.condition().isPresent()).count());
    }
    if (!plan.open().isEmpty()) {
      console
          .out()
          .println(
              style.warn("to be chosen before a run: ")
                  + String.join("; ", plan.open().stream().map(Choice::heading).toList()));
    }
    if (plan.pace() != 1) {
      console.line(
          "waits are %s times shorter than written",
          BigDecimal.valueOf(plan.pace()).stripTrailingZeros().toPlainString());
    }
    if (!plan.missing().isEmpty()) {
      console.out().println(style.warn("without a value: ") + String.join(", ", plan.missing()));
      console.line("  give them with --param NAME=VALUE; steps that need one are done by hand");
    }
  }

  private String abridged(String text, int taken) {
    int room = Math.max(24, width - taken - 2);
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }
}
