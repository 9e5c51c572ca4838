package tminus.fuzz;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;

/// A run in which people sign, fill in, skip and go back as a seed has it.
final class RandomRun {

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

  /// As many words of people as show every kind of filling in.
  private static final int WORDS_MAX = 200;

  private static final List<String> VALUES =
      List.of("12", "Ada", "$1 \\1", "**b** [ ] ____", "two\nlines", "- [x] no item", "");

  private RandomRun() {}

  static RunState started(Plan plan) {
    RunCommand.Start start =
        new RunCommand.Start(plan, "hash", Event.CommandPolicy.NEVER, Optional.empty());
    return RunState.start(new Recorded(NOW, "Ada", Decider.begin(start)));
  }

  static RunState of(Plan plan, long seed) {
    Random random = new Random(seed);
    RunState state = started(plan);
    for (int i = 0; i < WORDS_MAX && state.status() != Status.FINISHED; i++) {
      List<Step> open = state.open();
      RunCommand command = new RunCommand.Advance();
      if (!open.isEmpty() && random.nextInt(4) > 0) {
        command = word(open.get(random.nextInt(open.size())), random);
      } else if (random.nextInt(100) == 0) {
        command = new RunCommand.RollBack("random");
      }
      if (Decider.decide(state, command, "Ada", NOW)
          instanceof Decision.Accepted(List<Event> events)) {
        for (Event event : events) {
          state = state.evolve(new Recorded(NOW, "Ada", event));
        }
      }
    }
    return state;
  }

  private static RunCommand word(Step step, Random random) {
    if (random.nextInt(10) == 0) {
      return new RunCommand.Skip(step.id(), "not today");
    }
    Map<Integer, String> fields = new HashMap<>();
    for (int i = 0; i < step.form().fields().size(); i++) {
      fields.put(i, VALUES.get(random.nextInt(VALUES.size())));
    }
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      choices.put(i, random.nextInt(step.form().choices().get(i).options().size()));
    }
    return new RunCommand.Sign(step.id(), fields, choices);
  }
}
