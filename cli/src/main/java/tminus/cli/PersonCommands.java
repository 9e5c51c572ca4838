package tminus.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.engine.Runs;

/// The commands by which a person tells a run something from another shell, one class each.
final class PersonCommands {

  private PersonCommands() {}

  /// One that is about a step.
  abstract static class StepCommand extends PersonCommand {

    @Parameters(
        arity = "0..*",
        paramLabel = "STEP",
        description = "The step's id, or words of it (default: the one the run waits for).")
    private List<String> words = new ArrayList<>();

    StepCommand(Console console) {
      super(console);
    }

    Optional<String> words() {
      return joined(words);
    }

    Step step(Runs.View view) {
      return StepNames.find(view.state(), words());
    }
  }

  /// Ticks, chooses, fills and signs.
  @Command(
      name = "sign",
      description = "Say that a step is done: tick it, sign it, fill in its blanks.")
  static final class SignCommand extends StepCommand {

    @Option(
        names = "--set",
        paramLabel = "BLANK=VALUE",
        description = "What goes into a blank; its name may be abridged.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(
        names = "--choose",
        paramLabel = "OPTION",
        description = "The outcome, where the step offers several.")
    private List<String> choices = new ArrayList<>();

    SignCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      Step step = step(view);
      if (step.action() instanceof Action.Gate && choices.isEmpty()) {
        throw new UsageException(
            "step %s: is a gate - decide with tminus go or tminus no-go".formatted(step.id()));
      }
      return new RunCommand.Sign(
          step.id(), Answers.fields(step, fields), Answers.choices(step, choices));
    }
  }

  /// Goes on without a step.
  @Command(name = "skip", description = "Go on without a step, and say why.")
  static final class SkipCommand extends StepCommand {

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WORDS",
        description = "Why; it goes into the record.")
    private String reason = "";

    @Option(
        names = "--not-applicable",
        description = "It does not apply here: for steps the document itself calls optional.")
    private boolean notApplicable;

    SkipCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      Step step = step(view);
      return notApplicable
          ? new RunCommand.NotApplicable(step.id(), reason)
          : new RunCommand.Skip(step.id(), reason);
    }
  }

  /// Accepts what has failed.
  @Command(name = "waive", description = "Go on although a step failed, and say why.")
  static final class WaiveCommand extends StepCommand {

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WORDS",
        description = "Why; it goes into the record.")
    private String reason = "";

    WaiveCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      Step step = step(view);
      if (!view.state().step(step.id()).phase().needsPerson()
          || view.state().step(step.id()).phase() == tminus.core.run.StepState.Phase.ASKED) {
        throw new UsageException(
            "step %s: has not failed - tminus skip goes on without it".formatted(step.id()));
      }
      return new RunCommand.Skip(step.id(), reason);
    }
  }

  /// A gate's yes.
  @Command(name = "go", description = "Decide GO at a gate.")
  static final class GoCommand extends StepCommand {

    GoCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return decision(view.state(), words(), true);
    }
  }

  /// A gate's no.
  @Command(
      name = "no-go",
      description = "Decide NO-GO at a gate: the run ends, and what was changed is taken back.")
  static final class NoGoCommand extends StepCommand {

    NoGoCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return decision(view.state(), words(), false);
    }
  }

  /// What is told the run as a whole, with the reason as plain words: in a hurry nobody looks an
  /// option up.
  abstract static class WholeRunCommand extends PersonCommand {

    @Parameters(arity = "0..*", paramLabel = "WHY", description = "Why; it goes into the record.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "WORDS", description = "Why, as an option.")
    private @Nullable String reason;

    WholeRunCommand(Console console) {
      super(console);
    }

    Optional<String> why() {
      return Optional.ofNullable(reason).or(() -> joined(words));
    }
  }

  /// Starts nothing new.
  @Command(
      name = "hold",
      description = "Start nothing new; the watch goes on. Go on with tminus resume.")
  static final class HoldCommand extends WholeRunCommand {

    HoldCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return new RunCommand.Hold(why().orElse("no reason given"));
    }
  }

  /// Tries again.
  @Command(name = "retry", description = "Try a failed step again, or the undo that failed.")
  static final class RetryCommand extends StepCommand {

    RetryCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      if (words().isEmpty() && view.state().undo().isPresent()) {
        return new RunCommand.Retry(Optional.empty());
      }
      return new RunCommand.Retry(Optional.of(step(view).id()));
    }
  }

  /// Takes everything back.
  @Command(name = "rollback", description = "Take everything back, now. Needs nobody's approval.")
  static final class RollbackCommand extends WholeRunCommand {

    @Option(
        names = "--cancel",
        description = "Call it off, before anything was taken back; only its authority may.")
    private boolean cancel;

    RollbackCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      String reason = why().orElse("a person decided so");
      return cancel ? new RunCommand.CancelRollback(reason) : new RunCommand.RollBack(reason);
    }
  }

  /// Ends the run.
  @Command(name = "abort", description = "End the run; what was changed is taken back first.")
  static final class AbortCommand extends WholeRunCommand {

    AbortCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return new RunCommand.Abort(
          why()
              .orElseThrow(() ->
                  new UsageException("abort: say why, it goes into the record: tminus abort WHY")));
    }
  }

  /// Takes a note.
  @Command(name = "note", description = "Write a remark into the record.")
  static final class NoteCommand extends PersonCommand {

    @Parameters(arity = "1..*", paramLabel = "WORDS", description = "The remark.")
    private List<String> words = new ArrayList<>();

    NoteCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return new RunCommand.Note(String.join(" ", words));
    }
  }

  private static Optional<String> joined(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
  }

  static RunCommand.Sign decision(RunState state, Optional<String> words, boolean go) {
    Step step = StepNames.find(state, words);
    if (!(step.action() instanceof Action.Gate)) {
      throw new UsageException(
          "step %s: is not a gate - tminus sign says that it is done".formatted(step.id()));
    }
    List<Mark.Choice.Option> options = step.form().choices().getFirst().options();
    int option =
        IntStream.range(0, options.size())
            .filter(i -> options.get(i).positive() == go)
            .findFirst()
            .orElseThrow(() ->
                new UsageException("gate %s: it offers no such decision".formatted(step.id())));
    return new RunCommand.Sign(step.id(), Map.of(), Map.of(0, option), Optional.of(state.seq()));
  }

  /// What a person answers to a step's form, by names.
  static final class Answers {

    private Answers() {}

    static Map<Integer, String> fields(Step step, Map<String, String> given) {
      Map<Integer, String> fields = new HashMap<>();
      List<Mark.Blank> blanks = step.form().fields();
      for (Map.Entry<String, String> entry : given.entrySet()) {
        String name = entry.getKey().toLowerCase(Locale.ROOT);
        List<Integer> matching =
            IntStream.range(0, blanks.size())
                .filter(i -> blanks.get(i).name().toLowerCase(Locale.ROOT).startsWith(name))
                .boxed()
                .toList();
        if (matching.size() != 1) {
          throw new UsageException(
              "step %s: the blank '%s' %s - it has: %s"
                  .formatted(
                      step.id(),
                      entry.getKey(),
                      matching.isEmpty() ? "is not there" : "could be several",
                      String.join(", ", blanks.stream().map(Mark.Blank::name).toList())));
        }
        fields.put(matching.getFirst(), entry.getValue());
      }
      return fields;
    }

    static Map<Integer, Integer> choices(Step step, List<String> given) {
      Map<Integer, Integer> choices = new HashMap<>();
      for (String words : given) {
        choice(step, words, choices);
      }
      return choices;
    }

    private static void choice(Step step, String words, Map<Integer, Integer> into) {
      List<String> offered = new ArrayList<>();
      for (int i = 0; i < step.form().choices().size(); i++) {
        List<Mark.Choice.Option> options = step.form().choices().get(i).options();
        for (int j = 0; j < options.size(); j++) {
          String label = options.get(j).label();
          offered.add(label);
          if (!into.containsKey(i)
              && label.toLowerCase(Locale.ROOT).startsWith(words.toLowerCase(Locale.ROOT))) {
            into.put(i, j);
            return;
          }
        }
      }
      throw new UsageException(
          "step %s: '%s' is none of its outcomes - it offers: %s"
              .formatted(step.id(), words, String.join(" / ", offered)));
    }

    /// Whether anything is asked besides the tick.
    static boolean asked(Step step) {
      return !step.form().asked().isEmpty() || !step.form().choices().isEmpty();
    }
  }
}
