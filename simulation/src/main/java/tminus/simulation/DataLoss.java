package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;

/// What customers wrote into the database, and what of it a run took back: putting back a copy, or
/// undoing what lies past the point of no return, loses every row written since.
///
/// @param since when the copy was taken, or the change made
/// @param at when it was put back, or undone
/// @param rows how many rows are lost
public record DataLoss(Instant since, Instant at, long rows) {

  /// Rows written for each request: one in twenty.
  static final double ROWS_PER_REQUEST = 0.05;

  /// What a run lost, from what it did.
  ///
  /// @param perSecond requests in a second, on average
  static Optional<DataLoss> of(RunState state, List<Recorded> events, double perSecond) {
    Instant copy = events.getFirst().at();
    Optional<DataLoss> loss = Optional.empty();
    for (Recorded recorded : events) {
      Optional<Instant> since = Optional.empty();
      switch (recorded.event()) {
        case Event.StepEnded(StepId id, _, Outcome.Done _) -> {
          DatabaseWork work = work(commands(state, id));
          if (work == DatabaseWork.BACKS_UP) {
            copy = recorded.at();
          } else if (work == DatabaseWork.RESTORES && isChange(state, id)) {
            since = Optional.of(copy);
          }
        }
        case Event.UndoEnded(StepId id, Work work, int attempt, Outcome.Done _) -> {
          boolean past = state.plan().rules().noReturn().containsKey(id);
          boolean restores =
              work instanceof Work.Shell(List<ShellCommand> commands)
                  && work(commands) == DatabaseWork.RESTORES;
          if (attempt > 0 && restores) {
            since = Optional.of(copy);
          } else if (attempt > 0 && past && work instanceof Work.Shell) {
            since = endOf(events, id);
          }
        }
        default -> {}
      }
      if (since.isPresent()) {
        double seconds = Duration.between(since.get(), recorded.at()).toMillis() / 1000.0;
        long rows = Math.round(seconds * perSecond * ROWS_PER_REQUEST);
        if (loss.isEmpty() || loss.get().rows() < rows) {
          loss = Optional.of(new DataLoss(since.get(), recorded.at(), rows));
        }
      }
    }
    return loss;
  }

  private static Optional<Instant> endOf(List<Recorded> events, StepId id) {
    return events.stream()
        .filter(recorded ->
            recorded.event() instanceof Event.StepStarted(StepId step, _) && step.equals(id))
        .map(Recorded::at)
        .findFirst();
  }

  private static List<ShellCommand> commands(RunState state, StepId id) {
    return state.find(id).map(Step::action).map(Action::commands).orElse(List.of());
  }

  private static boolean isChange(RunState state, StepId id) {
    return state.find(id).map(Step::action).filter(Action.Act.class::isInstance).isPresent();
  }

  private static DatabaseWork work(List<ShellCommand> commands) {
    return commands.stream()
        .map(command -> DatabaseWork.of(command.text()))
        .filter(work -> work != DatabaseWork.NONE)
        .findFirst()
        .orElse(DatabaseWork.NONE);
  }
}
