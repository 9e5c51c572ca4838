package tminus.core.run;

import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.ExpectationJudge;
import tminus.core.plan.ShellCommand;
import tminus.core.run.CommandResult.Judgement;

/// Whether a command did what it should, from its exit code and what it printed; and what that
/// makes of its step. The one judge of commands, real and rehearsed.
public final class CommandJudge {

  /// The highest signal there is on Linux. Exit codes beyond are the program's own: ssh says 255.
  private static final int LAST_SIGNAL = 64;

  private CommandJudge() {}

  /// Exit codes 126, 127 and a signal fail always; else the expectation decides, and without one
  /// the exit code.
  ///
  /// @param output what it printed, as far as it is judged
  public static Judgement judge(ShellCommand command, int exit, String output) {
    if (exit == 127) {
      return new Judgement.NotMet("exit 127: a command was not found");
    }
    if (exit == 126) {
      return new Judgement.NotMet("exit 126: a command is not executable");
    }
    if (exit > 128 && exit <= 128 + LAST_SIGNAL) {
      return new Judgement.NotMet("ended by signal %d".formatted(exit - 128));
    }
    Optional<Expectation> expectation = command.expectation();
    boolean prose = expectation.filter(Expectation.Prose.class::isInstance).isPresent();
    if (exit != 0 && (expectation.isEmpty() || prose)) {
      return new Judgement.NotMet("exit %d".formatted(exit));
    }
    return expectation
        .map(expected -> judge(expected, output))
        .orElseGet(() -> new Judgement.Met("exit 0"));
  }

  private static Judgement judge(Expectation expected, String output) {
    return switch (ExpectationJudge.judge(expected, output)) {
      case tminus.core.checklist.Judgement.Met _ -> new Judgement.Met("as expected");
      case tminus.core.checklist.Judgement.NotMet(String reason) -> new Judgement.NotMet(reason);
      case tminus.core.checklist.Judgement.NeedsPerson(String reason) ->
          new Judgement.NeedsPerson(reason);
    };
  }

  /// What came of a step whose commands came to this.
  ///
  /// @param results in order, up to the first that did not do what it should
  public static Outcome outcome(List<CommandResult> results) {
    for (CommandResult result : results) {
      if (result.judgement() instanceof Judgement.NotMet(String reason)) {
        return new Outcome.Failed("line %d: %s".formatted(result.line(), reason), results);
      }
    }
    return results.stream()
        .map(CommandResult::judgement)
        .filter(Judgement.NeedsPerson.class::isInstance)
        .map(judgement -> ((Judgement.NeedsPerson) judgement).reason())
        .findFirst()
        .<Outcome>map(reason -> new Outcome.NeedsPerson(reason, results))
        .orElseGet(() -> new Outcome.Done(done(results), results));
  }

  private static String done(List<CommandResult> results) {
    return results.size() == 1
        ? ((Judgement.Met) results.getFirst().judgement()).reason()
        : "%d commands, each as expected".formatted(results.size());
  }
}
