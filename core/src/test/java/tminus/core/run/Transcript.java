package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Weight;

/// Tells a run commands in words, and writes down in words what came of each.
final class Transcript {

  private RunState state;
  private String person = "someone";
  private Instant now = Instant.EPOCH;

  Transcript(RunCommand.Start start) {
    this.state = RunState.start(recorded(Decider.begin(start)));
  }

  private Recorded recorded(Event event) {
    return new Recorded(now, person, event);
  }

  /// One command; returns `events => what is different now`, or why it was refused. `Ada: go g` is
  /// said by Ada; `+30m advance` half an hour later than what was before.
  String tell(String words) {
    String rest = words;
    if (rest.startsWith("+")) {
      String[] later = rest.substring(1).split(" +", 2);
      now = now.plus(Duration.parse("PT" + later[0].toUpperCase(Locale.ROOT)));
      rest = later[1];
    }
    person = "someone";
    if (rest.matches("\\p{Lu}\\p{L}+: .*")) {
      String[] said = rest.split(": ", 2);
      person = said[0];
      rest = said[1];
    }
    return switch (Decider.decide(state, command(rest), person, now)) {
      case Decision.Refused(String reason) -> "refused: " + reason;
      case Decision.Accepted(List<Event> events) -> {
        RunState before = state;
        for (Event event : events) {
          state = state.evolve(recorded(event));
        }
        String said = events.stream().map(this::said).collect(Collectors.joining(", "));
        String different = different(before, state);
        yield (said.isEmpty() ? "-" : said) + (different.isEmpty() ? "" : " => " + different);
      }
    };
  }

  private RunCommand command(String words) {
    String[] split = words.split("\\s+", 2);
    String rest = split.length == 2 ? split[1].strip() : "";
    String[] more = rest.split("\\s+", 2);
    String after = more.length == 2 ? more[1] : "";
    return switch (split[0]) {
      case "start" ->
          new RunCommand.Start(state.plan(), state.hash(), state.policy(), state.slots());
      case "advance" -> new RunCommand.Advance();
      case "sign" -> sign(new StepId(more[0]), after);
      case "confirm" -> new RunCommand.Confirm(new StepId(rest));
      case "skip" -> new RunCommand.Skip(new StepId(more[0]), after);
      case "retry" ->
          new RunCommand.Retry(rest.isEmpty() ? Optional.empty() : Optional.of(new StepId(rest)));
      case "note" -> new RunCommand.Note(rest);
      case "hold" -> new RunCommand.Hold(rest);
      case "resume" -> new RunCommand.Resume();
      case "n/a" -> new RunCommand.NotApplicable(new StepId(more[0]), after);
      case "attach" ->
          new RunCommand.Attach(new StepId(more[0]), new Evidence(after, "0".repeat(64), 0, ""));
      case "break-glass" -> new RunCommand.BreakGlass(new StepId(more[0]), after);
      case "cancel" -> new RunCommand.CancelRollback(rest);
      case "sign-as-seen" -> {
        String[] seen = after.split("\\s+", 2);
        RunCommand.Sign sign = sign(new StepId(more[0]), seen.length == 2 ? seen[1] : "");
        yield new RunCommand.Sign(
            sign.step(), sign.fields(), sign.choices(), Optional.of(Long.parseLong(seen[0])));
      }
      case "abort" -> new RunCommand.Abort(rest);
      case "rollback" -> new RunCommand.RollBack(rest);
      case "report" -> report(more[0], after);
      case "undone" -> undone(more[0], after);
      case "fire" -> new RunCommand.Fire(Integer.parseInt(more[0]), after);
      case "measure" -> new RunCommand.Measure(new Weight(Integer.parseInt(rest)), List.of());
      default -> throw new IllegalArgumentException("transitions: no such command " + words);
    };
  }

  /// `sign a PASS _=text _3=text`: an option for each choice in turn, values for blanks.
  private RunCommand.Sign sign(StepId id, String answers) {
    Map<Integer, String> fields = new HashMap<>();
    Map<Integer, Integer> choices = new HashMap<>();
    List<Mark.Choice> offered =
        state.plan().step(id).map(step -> step.form().choices()).orElse(List.of());
    for (String answer : answers.split("\\s+", -1)) {
      if (answer.startsWith("_")) {
        String[] parts = answer.substring(1).split("=", 2);
        fields.put(parts[0].isEmpty() ? fields.size() : Integer.parseInt(parts[0]), parts[1]);
      } else if (!answer.isEmpty()) {
        int choice = choices.size();
        choices.put(choice, choice < offered.size() ? position(offered.get(choice), answer) : 0);
      }
    }
    return new RunCommand.Sign(id, fields, choices);
  }

  private static int position(Mark.Choice choice, String label) {
    for (int i = 0; i < choice.options().size(); i++) {
      if (choice.options().get(i).label().equals(label)) {
        return i;
      }
    }
    return choice.options().size();
  }

  /// `report c done`, `report c#1 done`: of the attempt under way, or of that one.
  private RunCommand report(String step, String outcome) {
    String[] named = step.split("#", -1);
    StepId id = new StepId(named[0]);
    int attempt = named.length == 2 ? Integer.parseInt(named[1]) : state.step(id).attempt();
    return new RunCommand.Report(id, attempt, outcome(outcome));
  }

  private RunCommand undone(String step, String outcome) {
    String[] named = step.split("#", -1);
    StepId id = new StepId(named[0]);
    int attempt =
        named.length == 2
            ? Integer.parseInt(named[1])
            : state.undo().map(RunState.UndoState::attempt).orElse(1);
    Work work =
        switch (state.plan().step(id).orElseThrow().action()) {
          case Action.Act(_, Optional<Work> undo) -> undo.orElseThrow();
          default -> new Work.Restore();
        };
    return new RunCommand.ReportUndo(id, work, attempt, outcome(outcome));
  }

  private static Outcome outcome(String word) {
    return switch (word) {
      case "done" -> new Outcome.Done("fine", List.of());
      case "failed" -> new Outcome.Failed("broken", List.of());
      case "asks" -> new Outcome.NeedsPerson("who knows", List.of());
      case "unknown" -> new Outcome.Unknown("cut off");
      default -> throw new IllegalArgumentException("transitions: no such outcome " + word);
    };
  }

  private String said(Event event) {
    return switch (event) {
      case Event.RunStarted _ -> "started";
      case Event.StepAsked(StepId id, String what) -> "asked %s '%s'".formatted(id, what);
      case Event.StepPostponed(StepId id, String reason) ->
          "postponed %s '%s'".formatted(id, reason);
      case Event.StepStarted(StepId id, int attempt) -> "started %s#%d".formatted(id, attempt);
      case Event.StepEnded(StepId id, int attempt, Outcome outcome) ->
          "ended %s#%d %s".formatted(id, attempt, word(outcome));
      case Event.FormFilled(StepId id, var fields, var choices) ->
          "filled %s %s".formatted(id, filled(fields, choices));
      case Event.StepSigned(StepId id) -> "signed " + id;
      case Event.StepRejected(StepId id, String reason) -> "rejected %s '%s'".formatted(id, reason);
      case Event.StepFollowed(StepId id) -> "followed " + id;
      case Event.StepSkipped(StepId id, String reason, boolean waived) ->
          "%s %s '%s'".formatted(waived ? "waived" : "skipped", id, reason);
      case Event.StepNotApplicable(StepId id, String reason) ->
          "not applicable %s '%s'".formatted(id, reason);
      case Event.EvidenceAttached(StepId id, Evidence evidence) ->
          "attached %s '%s'".formatted(id, evidence.name());
      case Event.StepRetried(StepId id) -> "to retry " + id;
      case Event.GateSigned(StepId id, String option, long seen) ->
          "signed %s '%s' on %d".formatted(id, option, seen);
      case Event.GlassBroken(StepId id, String reason) -> "broken %s '%s'".formatted(id, reason);
      case Event.PersonReminded(int number, String what, var whom) ->
          "reminded #%d '%s' %s".formatted(number, what, whom);
      case Event.GateDecided(StepId id, boolean go, String option) ->
          "decided %s %s '%s'".formatted(id, go ? "go" : "no-go", option);
      case Event.NoteTaken _ -> "note taken";
      case Event.RunHeld(String reason) -> "held '%s'".formatted(reason);
      case Event.RunResumed _ -> "resumed";
      case Event.TrafficMeasured _ -> "measured";
      case Event.TriggerFired(int trigger, _) -> "fired " + trigger;
      case Event.TriggerNoticed(int trigger, _) -> "noticed " + trigger;
      case Event.RollbackCancelled(String reason) -> "called off '%s'".formatted(reason);
      case Event.UndoAsked(StepId id, Work work, _) ->
          "asked to undo %s by %s".formatted(id, word(work));
      case Event.RollbackStarted(String reason) -> "rolling back '%s'".formatted(reason);
      case Event.UndoStarted(StepId id, Work work, int attempt) ->
          "undoing %s#%d by %s".formatted(id, attempt, word(work));
      case Event.UndoEnded(StepId id, _, int attempt, Outcome outcome) ->
          "undone %s#%d %s".formatted(id, attempt, word(outcome));
      case Event.RunFinished(Event.Result result, String reason) ->
          "finished %s '%s'".formatted(Decider.words(result), reason);
    };
  }

  private static String filled(Map<Integer, String> fields, Map<Integer, Integer> choices) {
    List<String> parts = new ArrayList<>();
    fields.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> parts.add("_%d=%s".formatted(field.getKey(), field.getValue())));
    choices.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(choice -> parts.add("%d:%d".formatted(choice.getKey(), choice.getValue())));
    return String.join(" ", parts);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(String detail, _) -> detail.equals("fine") ? "done" : detail;
      case Outcome.Failed _ -> "failed";
      case Outcome.NeedsPerson _ -> "asks";
      case Outcome.Unknown _ -> "unknown";
    };
  }

  private static String word(Work work) {
    return work.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String different(RunState before, RunState after) {
    List<String> words = new ArrayList<>();
    for (Step step : all(after)) {
      StepState.Phase phase = after.step(step.id()).phase();
      if (before.step(step.id()).phase() != phase) {
        words.add(step.id() + " " + lower(phase));
      }
    }
    if (!before.undo().equals(after.undo())) {
      words.add(
          after
              .undo()
              .map(undo -> "undo of %s %s".formatted(undo.undo().step(), lower(undo.phase())))
              .orElse("no undo"));
    }
    if (!before.undos().equals(after.undos())) {
      words.add("stack " + after.undos().stream().map(undo -> word(undo.work())).toList());
    }
    if (!before.weight().equals(after.weight())) {
      words.add(after.weight().toString());
    }
    if (before.status() != after.status()) {
      words.add(after.status() == Status.FINISHED ? "OVER" : after.status().toString());
    }
    return String.join(", ", words);
  }

  private static String lower(StepState.Phase phase) {
    return phase.toString().toLowerCase(Locale.ROOT);
  }

  private static List<Step> all(RunState state) {
    List<Step> steps = new ArrayList<>(state.plan().steps());
    steps.addAll(state.plan().rollback());
    return steps;
  }

  /// The line as it stands in the table when it is right.
  String line(String command) {
    return command + " -> " + tell(command);
  }

  /// Commands that only lead to where the table begins; none may be refused.
  void given(String commands) {
    Arrays.stream(commands.split(";"))
        .map(String::strip)
        .forEach(command -> {
          String came = tell(command);
          if (came.startsWith("refused")) {
            throw new IllegalArgumentException("given: " + command + " -> " + came);
          }
        });
  }
}
