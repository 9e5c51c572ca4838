package tminus.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.LineReader;
import tminus.cli.Guide.Said;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Limit;
import tminus.core.plan.Step;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.StepState.Phase;

/// Turns what a person typed at a step into what the run is told, and asks for what is missing.
final class Answer {

  private final LineReader reader;
  private final Style style;
  private final RunState state;
  private final Step step;
  private final long seen;

  /// @param state the run as it is now
  /// @param seen the journal entry up to which the run was shown
  Answer(LineReader reader, Style style, RunState state, Step step, long seen) {
    this.reader = reader;
    this.style = style;
    this.state = state;
    this.step = step;
    this.seen = seen;
  }

  Said of(String line) {
    if (line.isEmpty()) {
      return new Said.Nothing();
    }
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1].strip() : "";
    return switch (words[0]) {
      case "t", "tick", "sign", "done" -> told(sign());
      case "T" -> told(untilMoreIsAsked());
      case "go" -> told(List.of(decision(true)));
      case "no-go", "nogo" -> noGo();
      case "r", "run" -> run();
      case "retry" ->
          told(
              List.of(new RunCommand.Retry(undoing() ? Optional.empty() : Optional.of(step.id()))));
      case "s", "skip", "waive" ->
          told(
              List.of(
                  new RunCommand.Skip(
                      step.id(), rest.isEmpty() ? ask("why go on without it?") : rest)));
      case "n", "note" -> told(List.of(new RunCommand.Note(rest.isEmpty() ? ask("note:") : rest)));
      case "b", "back" -> new Said.Back();
      case "v", "view" -> new Said.Show();
      case "h", "hold" ->
          new Said.Command(
              List.of(new RunCommand.Hold(rest.isEmpty() ? "held at the terminal" : rest)), true);
      case "rollback" -> sure("take everything back", new RunCommand.RollBack(reason(rest)));
      case "abort" -> sure("end this run", new RunCommand.Abort(reason(rest)));
      case "?", "help" -> new Said.Help();
      default ->
          throw new UsageException(
              "'%s' means nothing here - ? shows what does".formatted(words[0]));
    };
  }

  private static Said told(List<RunCommand> commands) {
    return new Said.Command(commands, false);
  }

  private boolean undoing() {
    return state.undo().filter(undo -> undo.undo().step().equals(step.id())).isPresent();
  }

  private static String reason(String rest) {
    return rest.isEmpty() ? "a person at the terminal decided so" : rest;
  }

  private String ask(String what) {
    return reader.readLine("  " + style.dim(what + " ")).strip();
  }

  private Said sure(String what, RunCommand command) {
    return ask("really %s? type yes:".formatted(what)).equals("yes")
        ? told(List.of(command))
        : new Said.Nothing();
  }

  /// A go counts on what was on the screen, not on what has come since.
  private RunCommand.Sign decision(boolean go) {
    RunCommand.Sign decided = PersonCommands.decision(state, Optional.of(step.id().value()), go);
    return new RunCommand.Sign(
        decided.step(), decided.fields(), decided.choices(), Optional.of(seen));
  }

  private Said noGo() {
    if (!(step.action() instanceof Action.Gate)) {
      throw new UsageException(
          "this is not a gate - abort ends the run, rollback takes everything back");
    }
    return sure("decide NO-GO and end this run", decision(false));
  }

  private Said run() {
    List<RunCommand> commands = new ArrayList<>();
    if (undoing() && state.undo().orElseThrow().phase() == Phase.ASKED) {
      return told(List.of(new RunCommand.Confirm(step.id())));
    }
    if (state.step(step.id()).phase() != Phase.ASKED) {
      commands.add(new RunCommand.Retry(Optional.of(step.id())));
    }
    // Whoever says retry has said yes to the commands too.
    boolean asks =
        state.policy() == Event.CommandPolicy.ASK || state.step(step.id()).phase() == Phase.ASKED;
    if (asks && !step.action().commands().isEmpty()) {
      commands.add(new RunCommand.Confirm(step.id()));
    }
    if (commands.isEmpty()) {
      throw new UsageException("there is nothing to run here - t says that it is done");
    }
    return told(commands);
  }

  private List<RunCommand> sign() {
    if (step.action() instanceof Action.Gate) {
      throw new UsageException("this is a gate - type go or no-go");
    }
    Map<Integer, String> fields = new HashMap<>();
    List<Mark.Blank> blanks = step.form().fields();
    for (int i : step.form().asked()) {
      String value = field(blanks.get(i).name(), step.form().limit(i));
      if (!value.isEmpty()) {
        fields.put(i, value);
      }
    }
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      choices.put(i, choice(step.form().choices().get(i)));
    }
    return List.of(new RunCommand.Sign(step.id(), fields, choices));
  }

  /// Asks for a value; one that is not what the document wants is asked for again, since it may be
  /// a slip. Said twice, it is meant: then the step is not good.
  private String field(String name, Optional<Limit> limit) {
    String wanted = limit.map(one -> " (wanted: " + one.words() + ")").orElse("");
    String value = ask(name + wanted + ":");
    Optional<String> unmet =
        value.isEmpty()
            ? Optional.empty()
            : limit.flatMap(one -> one.unmet(value, state.step(step.id()).since()));
    if (unmet.isEmpty()) {
      return value;
    }
    String again =
        ask(style.warn(unmet.get()) + " - Enter keeps it, and the step is then not good:");
    return again.isEmpty() ? value : again;
  }

  private int choice(Mark.Choice choice) {
    List<String> labels = choice.options().stream().map(Mark.Choice.Option::label).toList();
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      numbered.add((i + 1) + " " + labels.get(i));
    }
    while (true) {
      String typed = ask(String.join("   ", numbered) + "  which?");
      for (int i = 0; i < labels.size(); i++) {
        if (typed.equals(String.valueOf(i + 1)) || labels.get(i).equalsIgnoreCase(typed)) {
          return i;
        }
      }
    }
  }

  /// Ticks this step and those after it that ask for nothing but a tick, to the end of the section.
  private List<RunCommand> untilMoreIsAsked() {
    List<RunCommand> commands = new ArrayList<>();
    for (Step open : state.open()) {
      boolean onlyTick =
          open.action() instanceof Action.Attest
              && !PersonCommands.Answers.asked(open)
              && open.form().signatures().isEmpty()
              && open.action().commands().isEmpty();
      boolean parts = open.action() instanceof Action.Parts;
      if (!open.section().equals(step.section()) || !(onlyTick || parts)) {
        break;
      }
      if (onlyTick) {
        commands.add(new RunCommand.Sign(open.id(), Map.of(), Map.of()));
      }
    }
    if (commands.isEmpty()) {
      throw new UsageException("this step asks for more than a tick - t ticks it");
    }
    return commands;
  }
}
