package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.CommandResult;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Slot;

/// A run in which anything may happen: failures, waivers, tries again, rollbacks, an end half-way;
/// the same for the same seed.
final class RandomRun {

  /// Words that would break a careless writer: Markdown, regular expressions, other alphabets, line
  /// breaks.
  static final List<String> WORDS =
      List.of(
          "12",
          "Ada",
          "$1 \\1 ${x} \\",
          "**bold** [ ] ____",
          "ключ 🔑 𝕏",
          "two\nlines\r\nand a third",
          "- [x] no item",
          "[ ] GO  [ ] NO-GO",
          "| a | b |",
          "# heading",
          "1. [ ] one",
          "```",
          "<!-- hidden",
          "2027-12-31",
          "[^tminus-1]: mine",
          "\u0007\u001b[31m\u2028red");

  private static final List<Event.CommandPolicy> POLICIES = List.of(Event.CommandPolicy.values());

  private final Random random;
  private final List<Recorded> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T18:00:00Z");
  private RunState state;

  private RandomRun(Plan plan, Random random) {
    this.random = random;
    Event.CommandPolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
    Event.Slots slots = new Event.Slots(new Slot("blue"), new Slot("green"), "v1");
    Event begun = Decider.begin(new RunCommand.Start(plan, "hash", policy, Optional.of(slots)));
    Recorded first = new Recorded(now, "Ada", begun);
    this.events.add(first);
    this.state = RunState.start(first);
  }

  /// The events of a random run of the plan.
  static List<Recorded> of(Plan plan, Random random) {
    RandomRun run = new RandomRun(plan, random);
    int most = random.nextInt(4) == 0 ? random.nextInt(60) : 6 * plan.steps().size() + 80;
    for (int i = 0; i < most && run.state.status() != Status.FINISHED; i++) {
      run.tell(run.any());
    }
    return run.events;
  }

  private void tell(RunCommand command) {
    now = now.plusSeconds(random.nextInt(200));
    String by = random.nextInt(3) == 0 ? Recorded.TMINUS : random.nextInt(9) == 0 ? word() : "Ada";
    if (Decider.decide(state, command, by, now) instanceof Decision.Accepted(List<Event> more)) {
      for (Event event : more) {
        Recorded recorded = new Recorded(now, by, event);
        events.add(recorded);
        state = state.evolve(recorded);
      }
    }
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private RunCommand any() {
    int dice = random.nextInt(600);
    if (dice == 0) {
      return new RunCommand.RollBack(word());
    } else if (dice == 1) {
      return new RunCommand.Abort(word());
    } else if (dice < 12) {
      return new RunCommand.Hold(word());
    } else if (dice < 20) {
      return new RunCommand.Note(word());
    } else if (state.status() == Status.HELD) {
      return new RunCommand.Resume();
    } else if (state.status() == Status.ROLLING_BACK && state.undo().isPresent()) {
      return undo(state.undo().get());
    }
    Optional<StepId> running =
        state.steps().keySet().stream()
            .filter(id -> state.step(id).phase() == Phase.RUNNING)
            .findFirst();
    if (running.isPresent() && random.nextBoolean()) {
      StepId id = running.get();
      return new RunCommand.Report(id, state.step(id).attempt(), outcome());
    }
    List<Step> open = state.open();
    return open.isEmpty() || random.nextInt(3) == 0
        ? new RunCommand.Advance()
        : word(open.get(random.nextInt(open.size())));
  }

  private RunCommand undo(RunState.UndoState undo) {
    return undo.phase() == Phase.RUNNING
        ? new RunCommand.ReportUndo(
            undo.undo().step(), undo.undo().work(), undo.attempt(), outcome())
        : random.nextBoolean()
            ? new RunCommand.Retry(Optional.empty())
            : new RunCommand.Skip(undo.undo().step(), "by hand");
  }

  private Outcome outcome() {
    List<CommandResult> results = List.of(result(), result());
    return switch (random.nextInt(8)) {
      case 0 -> new Outcome.Failed(word(), results);
      case 1 -> new Outcome.NeedsPerson(word(), results);
      case 2 -> new Outcome.Unknown("cut off");
      default -> new Outcome.Done(word(), results);
    };
  }

  private CommandResult result() {
    String output = (word() + "\n").repeat(random.nextInt(20)) + "x".repeat(random.nextInt(300));
    return new CommandResult(
        1,
        "echo " + word(),
        random.nextBoolean() ? Optional.of(random.nextInt(3)) : Optional.empty(),
        output,
        Duration.ofMillis(random.nextInt(9000)),
        random.nextBoolean()
            ? new CommandResult.Judgement.Met(word())
            : new CommandResult.Judgement.NeedsPerson(word()));
  }

  private RunCommand word(Step step) {
    Phase phase = state.step(step.id()).phase();
    int dice = random.nextInt(12);
    if (dice == 0 || (phase == Phase.FAILED && dice < 6)) {
      return new RunCommand.Skip(step.id(), word());
    } else if (dice < 3 && phase != Phase.PENDING) {
      return new RunCommand.Retry(Optional.of(step.id()));
    } else if (dice < 6 && !step.action().commands().isEmpty()) {
      return new RunCommand.Confirm(step.id());
    }
    Map<Integer, String> fields = new HashMap<>();
    for (int i = 0; i < step.form().fields().size(); i++) {
      if (random.nextInt(4) > 0 && (step.form().limit(i).isEmpty() || random.nextInt(3) == 0)) {
        fields.put(i, word());
      }
    }
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      int options = step.form().choices().get(i).options().size();
      choices.put(i, random.nextInt(8) == 0 ? random.nextInt(options) : 0);
    }
    return new RunCommand.Sign(step.id(), fields, choices);
  }
}
