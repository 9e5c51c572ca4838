package tminus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Choice;
import tminus.core.plan.PlanWords;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.run.CommandResult;
import tminus.core.run.RunState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.engine.Runs;

/// What a person sees of a step at the prompt.
final class StepCard {

  private final Console console;
  private final Style style;

  StepCard(Console console) {
    this.console = console;
    this.style = console.style();
  }

  void welcome(Runs.View view) {
    RunState state = view.state();
    long settled = state.steps().values().stream().filter(step -> step.phase().isSettled()).count();
    console.out().println(style.bold(state.plan().title()));
    console.line("run %s · plan %s", view.id(), state.hash().substring(0, 12));
    console.line(
        settled == 0
            ? "%d steps; ? shows what can be typed"
            : "%d steps, going on where it stood; ? shows what can be typed",
        state.plan().steps().size());
    for (Choice choice : state.plan().choices()) {
      String taken = choice.taken().map(Choice.Way::title).orElse("none of its ways");
      console.out().println(style.dim(choice.heading() + ": ") + taken);
    }
    if (!state.plan().missing().isEmpty()) {
      console
          .out()
          .println(style.warn("without a value: ") + String.join(", ", state.plan().missing()));
    }
  }

  void heading(Step step) {
    List<String> path =
        step.section().size() > 1
            ? step.section().subList(1, step.section().size())
            : step.section();
    console.out().println();
    console
        .out()
        .println(
            style.bold("── " + String.join(" › ", path))
                + style.dim(PlanWords.due(step).map(due -> "  " + due).orElse("")));
  }

  void step(RunState state, Step step) {
    StepState at = state.step(step.id());
    List<Step> course = state.course();
    int number = course.indexOf(step) + 1;
    step.context().stream()
        .limit(12)
        .forEach(line -> console.out().println("   " + style.dim(line)));
    String box = step.form().box().isPresent() ? "[ ] " : "";
    console.out().println(style.bold(box + step.title()));
    console
        .out()
        .println(
            style.dim(
                "   %d of %d · line %d · %s"
                    .formatted(number, course.size(), step.line(), step.id())));
    if (!step.roles().isEmpty()) {
      console.line("   who: %s", String.join(", ", step.roles()));
    }
    for (ShellCommand command : step.action().commands()) {
      command(command);
    }
    new FieldLines(style, state).of(step).forEach(console.out()::println);
    if (at.phase() != Phase.ASKED) {
      at.results().forEach(this::result);
      console.out().println("   " + style.bad(trouble(at.phase())) + " " + at.detail());
    }
    state
        .undo()
        .filter(undo -> undo.undo().step().equals(step.id()))
        .ifPresent(undo ->
            console
                .out()
                .println(
                    "   "
                        + style.bad(
                            undo.phase() == Phase.ASKED
                                ? "to be taken back:"
                                : "taking it back failed:")
                        + " "
                        + undo.detail()
                        + " ("
                        + undo.undo().work().words()
                        + ")"));
    console.out().println(style.dim("   " + String.join(" · ", keys(state, step))));
  }

  private static String trouble(Phase phase) {
    return switch (phase) {
      case FAILED -> "failed:";
      case UNKNOWN -> "unknown:";
      case TO_JUDGE -> "for you to judge:";
      case PENDING, POSTPONED, ASKED, RUNNING, DONE, SKIPPED, NOT_APPLICABLE, WAIVED -> "";
    };
  }

  private void command(ShellCommand command) {
    if (!command.label().isBlank()) {
      console.out().println("   " + style.dim("# " + command.label()));
    }
    command
        .text()
        .lines()
        .forEach(line -> console.out().println("   " + style.accent("$ ") + line));
    command
        .expectation()
        .ifPresent(expected ->
            console.out().println("     " + style.dim(PlanWords.expectation(expected))));
    if (!command.missing().isEmpty()) {
      console.out().println("     " + style.warn("needs " + String.join(", ", command.missing())));
    }
  }

  private void result(CommandResult result) {
    String first = result.command().lines().findFirst().orElse("");
    console.out().println("   " + style.dim("$ " + first + "  → ") + words(result.judgement()));
    List<String> lines = result.output().lines().toList();
    lines.stream()
        .skip(Math.max(0, lines.size() - 12))
        .forEach(line -> console.out().println("     " + style.dim("│ ") + line));
  }

  private static String words(CommandResult.Judgement judgement) {
    return switch (judgement) {
      case CommandResult.Judgement.Met(String reason) -> reason;
      case CommandResult.Judgement.NotMet(String reason) -> reason;
      case CommandResult.Judgement.NeedsPerson(String reason) -> reason;
    };
  }

  private static List<String> keys(RunState state, Step step) {
    List<String> keys = new ArrayList<>();
    Phase phase = state.step(step.id()).phase();
    boolean undoing = state.undo().filter(undo -> undo.undo().step().equals(step.id())).isPresent();
    if (undoing) {
      boolean asked = state.undo().orElseThrow().phase() == Phase.ASKED;
      return asked
          ? List.of("r take it back", "s skip: leave it as it is", "? more")
          : List.of("retry", "s skip: it was taken back by hand", "? more");
    }
    if (step.action() instanceof Action.Gate) {
      keys.add("type go or no-go");
    } else {
      List<ShellCommand> commands = step.action().commands();
      if (phase == Phase.ASKED
          && !commands.isEmpty()
          && commands.stream().allMatch(command -> command.missing().isEmpty())) {
        keys.add("r run");
      }
      keys.add(phase == Phase.ASKED ? "t tick" : "t tick: it is good");
      if (phase != Phase.ASKED) {
        keys.add("retry");
      }
      keys.add(phase == Phase.FAILED ? "s waive" : "s skip");
    }
    if (state.hasUndos()) {
      keys.add("rollback");
    }
    keys.add("? more");
    return keys;
  }

  void help(RunState state, Step step) {
    console.out().println();
    console.line(
        "   t         it is done (asks for blanks and outcomes; T ticks the rest of the section)");
    console.line("   r         run its commands, shown above with $");
    console.line("   s WHY     go on without it; WHY goes into the record");
    console.line("   retry     try again what failed");
    console.line("   go, no-go decide at a gate");
    console.line("   n WORDS   take a note");
    console.line("   b         look back at what was settled        v   show this step again");
    console.line("   h WHY     hold the run and leave; tminus resume goes on (so does Ctrl-C)");
    console.line("   rollback  take everything back                 abort   end the run");
    List<String> choices =
        step.form().choices().stream()
            .map(choice ->
                String.join(
                    " / ", choice.options().stream().map(Mark.Choice.Option::label).toList()))
            .toList();
    choices.forEach(words -> console.out().println("   one of: " + words));
    console.line("   %d of %d steps are settled", settled(state), state.course().size());
  }

  private static long settled(RunState state) {
    return state.course().stream()
        .filter(step -> state.step(step.id()).phase().isSettled())
        .count();
  }

  /// The last steps that were settled, to look back at.
  void back(RunState state) {
    List<Step> settled =
        state.course().stream().filter(step -> state.step(step.id()).phase().isSettled()).toList();
    if (settled.isEmpty()) {
      console.line("   nothing is settled yet");
    }
    for (Step step : settled.subList(Math.max(0, settled.size() - 15), settled.size())) {
      StepState at = state.step(step.id());
      String mark =
          switch (at.phase()) {
            case DONE -> style.good("✓");
            case SKIPPED, NOT_APPLICABLE, WAIVED -> style.warn("–");
            case PENDING, POSTPONED, ASKED, RUNNING, TO_JUDGE, FAILED, UNKNOWN -> " ";
          };
      String why =
          Optional.of(at.detail())
              .filter(detail -> !detail.isBlank())
              .map(detail -> ": " + detail)
              .orElse("");
      console.out().println("   " + mark + " " + step.title() + style.dim("  " + at.by() + why));
    }
  }
}
