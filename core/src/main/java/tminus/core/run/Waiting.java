package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Step;
import tminus.core.run.RunState.Reminded;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.UndoState;

/// Whom a run waits for, and what becomes of that with time.
///
/// A run that does not go on by itself waits for somebody who is named, and says so again and
/// again: after [Approval#remind], and each time after twice as long. A gate is decided by its
/// deadline.
public final class Waiting {

  /// Doubling a first reminder of a nanosecond more often would overflow.
  private static final int DOUBLINGS = 40;

  /// What only a person can do.
  ///
  /// @param step the step or undo it is about; empty when the run as a whole is held
  /// @param what what is to be done, in a few words
  /// @param since since when
  /// @param whom people, or roles where nobody is named, or who started the run
  public record For(Optional<Step> step, String what, Instant since, List<String> whom) {

    public For {
      whom = List.copyOf(whom);
    }
  }

  private Waiting() {}

  /// What only a person can do now; empty when the run goes on without one, or is over.
  public static Optional<For> of(RunState state) {
    return switch (state.status()) {
      case FINISHED -> Optional.empty();
      case HELD ->
          Optional.of(
              new For(
                  Optional.empty(),
                  "the run is held (%s): tminus resume".formatted(state.reason()),
                  state.since(),
                  whom(state, List.of())));
      case RUNNING, ROLLING_BACK ->
          state.stuckUndo().map(undo -> undo(state, undo)).or(() -> step(state));
    };
  }

  private static For undo(RunState state, UndoState undo) {
    Step step = state.find(undo.undo().step()).orElseThrow();
    String what =
        switch (undo.phase()) {
          case ASKED -> "%s: %s".formatted(step.id(), undo.detail());
          default -> "an undo failed (%s): %s".formatted(step.id(), undo.detail());
        };
    List<String> roles = new ArrayList<>();
    Optional.ofNullable(state.plan().rules().noReturn().get(step.id())).ifPresent(roles::add);
    roles.addAll(state.plan().rules().rollbackAuthority());
    return new For(Optional.of(step), what, undo.since(), whom(state, roles));
  }

  private static Optional<For> step(RunState state) {
    return state
        .next()
        .filter(_ -> state.status() != Status.ROLLING_BACK || !state.hasUndos())
        .filter(step -> state.step(step.id()).phase().needsPerson())
        .map(step -> {
          StepState at = state.step(step.id());
          String what = "%s: %s".formatted(step.id(), at.detail()) + gate(state, step);
          return new For(Optional.of(step), what, at.since(), whom(state, step.roles()));
        });
  }

  /// How far a gate is on its way.
  private static String gate(RunState state, Step step) {
    List<SignOff> valid = signOffs(state, step);
    if (!(step.action() instanceof Action.Gate) || valid.isEmpty()) {
      return "";
    }
    int quorum = state.plan().rules().approval(step.id()).quorum();
    String who = String.join(", ", valid.stream().map(SignOff::by).toList());
    return valid.size() < quorum
        ? " (%d of %d: %s)".formatted(valid.size(), quorum, who)
        : " (%s started the run: somebody else must say go too)".formatted(who);
  }

  /// Who has said go at a gate on what is known now. What was said on less does not count.
  public static List<SignOff> signOffs(RunState state, Step gate) {
    return state.step(gate.id()).signOffs().stream()
        .filter(signOff -> signOff.seen() >= state.evidence())
        .toList();
  }

  private static List<String> whom(RunState state, List<String> roles) {
    List<String> holders = state.plan().rules().holders(roles);
    if (!holders.isEmpty()) {
      return holders;
    }
    return roles.isEmpty() ? List.of(state.startedBy()) : roles;
  }

  /// Since when a person is waited for.
  static Optional<Instant> since(RunState state) {
    return of(state).map(For::since);
  }

  private static Approval approval(RunState state, For waiting) {
    return waiting
        .step()
        .filter(step -> step.action() instanceof Action.Gate)
        .map(step -> state.plan().rules().approval(step.id()))
        .orElse(state.plan().rules().usual());
  }

  /// When a gate that waits is no-go.
  public static Optional<Instant> deadline(RunState state) {
    return of(state)
        .filter(waiting -> waiting.step().filter(step -> isOpenGate(state, step)).isPresent())
        .map(waiting -> waiting.since().plus(approval(state, waiting).deadline()));
  }

  private static boolean isOpenGate(RunState state, Step step) {
    return step.action() instanceof Action.Gate
        && state.step(step.id()).phase() == StepState.Phase.ASKED;
  }

  private static int reminded(RunState state, For waiting) {
    Reminded last = state.reminded();
    return last.since().equals(waiting.since()) ? last.number() : 0;
  }

  /// The n-th reminder comes after (2^n - 1) times the first one's wait.
  private static Instant reminder(RunState state, For waiting, int number) {
    Duration first = approval(state, waiting).remind();
    long times = (1L << Math.min(number, DOUBLINGS)) - 1;
    return times > Long.MAX_VALUE / Math.max(1, first.toNanos())
        ? Instant.MAX
        : waiting.since().plus(first.multipliedBy(times));
  }

  /// The reminder that is due, if one is. Of several that were missed, the last one.
  static Optional<Event> reminder(RunState state, Instant now) {
    return of(state)
        .flatMap(waiting -> {
          int number = reminded(state, waiting);
          while (number < DOUBLINGS && !reminder(state, waiting, number + 1).isAfter(now)) {
            number++;
          }
          return number == reminded(state, waiting)
              ? Optional.empty()
              : Optional.of(
                  new Event.PersonReminded(number, waiting.what(), called(state, waiting, number)));
        });
  }

  private static List<String> called(RunState state, For waiting, int number) {
    List<String> whom = new ArrayList<>(waiting.whom());
    if (number > 1) {
      approval(state, waiting).escalation().stream()
          .filter(other -> !whom.contains(other))
          .forEach(whom::add);
    }
    return whom;
  }

  /// When the next reminder is due.
  static Optional<Instant> nextReminder(RunState state) {
    return of(state).map(waiting -> reminder(state, waiting, reminded(state, waiting) + 1));
  }
}
