package tminus.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tminus.core.judge.Condition;
import tminus.core.traffic.Weight;

/// The one thing a step does.
public sealed interface Action {

  /// The kind's name, as in JSON and on screen.
  String kind();

  /// The document's own commands in it; most actions have none.
  default List<ShellCommand> commands() {
    return List.of();
  }

  /// Waits for a person's word: a tick, a choice, a filled blank, a signature.
  record Attest() implements Action {

    @Override
    public String kind() {
      return "attest";
    }
  }

  /// Follows from its parts, or from what was done before: settled when they are.
  record Parts() implements Action {

    @Override
    public String kind() {
      return "parts";
    }
  }

  /// Verifies, and changes nothing.
  record Check(List<ShellCommand> commands) implements Action {

    public Check {
      commands = List.copyOf(commands);
    }

    @Override
    public String kind() {
      return "check";
    }
  }

  /// Changes something.
  ///
  /// @param undo what takes it back, where there is such a thing
  record Act(Work work, Optional<Work> undo) implements Action {

    @Override
    public String kind() {
      return "act";
    }

    @Override
    public List<ShellCommand> commands() {
      return work instanceof Work.Shell(List<ShellCommand> commands) ? commands : List.of();
    }
  }

  /// Gives the candidate this share of the traffic.
  record Shift(Weight weight) implements Action {

    @Override
    public String kind() {
      return "shift";
    }
  }

  /// Waits at a weight while conditions are judged.
  ///
  /// @param duration how long, at the run's pace
  /// @param conditions what must hold; empty when only the triggers watch
  record Bake(Duration duration, List<Condition> conditions) implements Action {

    public Bake {
      conditions = List.copyOf(conditions);
    }

    @Override
    public String kind() {
      return "bake";
    }
  }

  /// A go/no-go decision.
  record Gate() implements Action {

    @Override
    public String kind() {
      return "gate";
    }
  }

  /// Lets time pass.
  ///
  /// @param duration how long, at the run's pace
  record Wait(Duration duration) implements Action {

    @Override
    public String kind() {
      return "wait";
    }
  }

  /// Delivers a message.
  record Notify(String title, String body) implements Action {

    @Override
    public String kind() {
      return "notify";
    }
  }
}
