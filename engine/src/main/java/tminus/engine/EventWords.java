package tminus.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Decider;
import tminus.core.run.Event;
import tminus.core.run.Evidence;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;

/// An event in plain words: the one place they come from, so that the terminal, the page and the
/// report say the same. Immutable.
///
/// Every part is one line without control characters, whatever a document or a command put into it,
/// and can be printed on a terminal as it is. It is not escaped for HTML.
///
/// @param tone how it is to be taken
/// @param subject what it is about: a step's title, `run`, `undo: …`; may be empty
/// @param what what became of it
/// @param by the person who did it; empty when Tminus did
/// @param why the reason or the measured outcome; may be empty
public record EventWords(Tone tone, String subject, String what, Optional<String> by, String why) {

  /// How an event is to be taken.
  public enum Tone {
    /// It went on.
    NEUTRAL,
    /// Something turned out well.
    GOOD,
    /// A person is to act.
    ASKS,
    /// Something was left out, held or tried again: worth a second look.
    CAUTION,
    /// Something failed, or is being taken back.
    BAD
  }

  /// Characters that move a terminal's cursor, or turn the reading direction around.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069\\ufeff]");

  public EventWords {
    subject = oneLine(subject);
    what = oneLine(what);
    by = by.map(EventWords::oneLine);
    why = oneLine(why);
  }

  /// All of it in one sentence: `Load test: waived by Ada (the test rig is down)`.
  @Override
  public String toString() {
    return (subject.isEmpty() ? "" : subject + ": ")
        + what
        + by.map(person -> " by " + person).orElse("")
        + (why.isEmpty() ? "" : " (" + why + ")");
  }

  /// The words for an event, or empty when it is mere bookkeeping that no person needs to see.
  ///
  /// @param plan the plan of the run the event is from
  public static Optional<EventWords> of(Recorded recorded, Plan plan) {
    Sayer sayer = new Sayer(recorded, plan);
    return switch (recorded.event()) {
      case Event.RunStarted started -> Optional.of(sayer.started(started));
      case Event.StepAsked(StepId id, String what) -> Optional.of(sayer.asked(id, what));
      case Event.StepPostponed(StepId id, String reason) ->
          Optional.of(sayer.say(Tone.CAUTION, sayer.title(id), "not yet", reason));
      case Event.StepStarted(StepId id, int attempt) -> sayer.started(id, attempt);
      case Event.StepEnded(StepId id, _, Outcome outcome) ->
          Optional.of(sayer.ended(sayer.title(id), outcome));
      case Event.FormFilled filled -> sayer.filled(filled);
      case Event.StepSigned(StepId id) -> Optional.of(sayer.signed(id));
      case Event.StepRejected(StepId id, String reason) ->
          Optional.of(sayer.say(Tone.BAD, sayer.title(id), "found NOT GOOD", reason));
      case Event.StepFollowed(StepId id) ->
          Optional.of(sayer.say(Tone.GOOD, sayer.title(id), "done", sayer.followed(id)));
      case Event.StepSkipped(StepId id, String reason, boolean waived) ->
          Optional.of(
              sayer.say(Tone.CAUTION, sayer.title(id), waived ? "WAIVED" : "SKIPPED", reason));
      case Event.StepNotApplicable(StepId id, String reason) ->
          Optional.of(sayer.say(Tone.NEUTRAL, sayer.title(id), "NOT APPLICABLE", reason));
      case Event.EvidenceAttached(StepId id, Evidence evidence) ->
          Optional.of(
              sayer.say(Tone.NEUTRAL, sayer.title(id), "evidence attached", Sayer.words(evidence)));
      case Event.StepRetried(StepId id) ->
          Optional.of(sayer.say(Tone.CAUTION, sayer.title(id), "another try ordered", ""));
      case Event.GateSigned(StepId id, String option, _) ->
          Optional.of(sayer.say(Tone.NEUTRAL, sayer.title(id), "signed " + option, ""));
      case Event.GlassBroken(StepId id, String reason) ->
          Optional.of(sayer.say(Tone.BAD, sayer.title(id), "BREAK-GLASS", reason));
      case Event.PersonReminded(int number, String what, List<String> whom) ->
          Optional.of(
              sayer.say(
                  Tone.ASKS,
                  "run",
                  "reminder %d for %s".formatted(number, String.join(", ", whom)),
                  what));
      case Event.GateDecided(StepId id, boolean go, String option) ->
          Optional.of(sayer.decided(id, go, option));
      case Event.NoteTaken(String text) ->
          Optional.of(
              new EventWords(Tone.NEUTRAL, "note by " + recorded.by(), text, Optional.empty(), ""));
      case Event.RunHeld(String reason) ->
          Optional.of(sayer.say(Tone.CAUTION, "run", "HELD", reason));
      case Event.RunResumed _ -> Optional.of(sayer.say(Tone.NEUTRAL, "run", "resumed", ""));
      case Event.TrafficMeasured _ -> Optional.empty();
      case Event.TriggerFired(int trigger, String reading) ->
          Optional.of(sayer.fired(trigger, reading));
      case Event.TriggerNoticed(int trigger, String reading) ->
          Optional.of(sayer.noticed(trigger, reading));
      case Event.RollbackCancelled(String reason) ->
          Optional.of(sayer.say(Tone.CAUTION, "", "ROLLBACK called off", reason));
      case Event.UndoAsked(StepId id, Work work, String what) ->
          Optional.of(sayer.say(Tone.ASKS, sayer.undo(id, work), "waits for a person", what));
      case Event.RollbackStarted(String reason) -> Optional.of(sayer.rollingBack(reason));
      case Event.UndoStarted(StepId id, Work work, int attempt) ->
          Optional.of(
              sayer.say(Tone.NEUTRAL, sayer.undo(id, work), "started" + again(attempt), ""));
      case Event.UndoEnded(StepId id, Work work, _, Outcome outcome) ->
          Optional.of(sayer.ended(sayer.undo(id, work), outcome));
      case Event.RunFinished(Event.Result result, String reason) ->
          Optional.of(sayer.finished(result, reason));
    };
  }

  /// A duration for people, in its two largest units: `40 ms`, `1.5 s`, `12 s`, `1 min 30 s`, `2 h
  /// 5 min`, `3 d 4 h`. Negative ones are zero.
  public static String words(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    long tenths = Math.round(millis / 100.0);
    if (tenths < 100 && tenths % 10 != 0) {
      return String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
    }
    long seconds = Math.round(millis / 1000.0);
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    long minutes = Math.round(seconds / 60.0);
    long hours = Math.round(seconds / 3600.0);
    return minutes < 24 * 60
        ? two(minutes / 60, "h", minutes % 60, "min")
        : two(hours / 24, "d", hours % 24, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    if (large == 0) {
      return small + " " + smallUnit;
    }
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  private static String again(int attempt) {
    return attempt > 1 ? " again, attempt %d".formatted(attempt) : "";
  }

  private static String oneLine(String text) {
    String spaced = text.strip().replaceAll("\\s+", " ");
    return UNPRINTABLE.matcher(spaced).replaceAll("\ufffd");
  }

  /// Says things of one event.
  private record Sayer(Recorded recorded, Plan plan) {

    EventWords say(Tone tone, String subject, String what, String why) {
      Optional<String> person =
          Optional.of(recorded.by()).filter(by -> !by.equals(Recorded.TMINUS));
      return new EventWords(tone, subject, what, person, why);
    }

    String title(StepId id) {
      return plan.step(id).map(Step::title).orElse(id.value());
    }

    /// All shifts have one way back; every other undo belongs to its step.
    String undo(StepId id, Work work) {
      return switch (work) {
        case Work.Restore _ -> "undo: " + work.words();
        case Work.Shell _, Work.Deploy _, Work.Retire _, Work.Revive _ ->
            "undo of “%s”: %s".formatted(title(id), work.words());
      };
    }

    EventWords started(Event.RunStarted started) {
      String commands =
          switch (started.policy()) {
            case ASK -> "commands run after a person's yes";
            case RUN -> "commands run by themselves";
            case NEVER -> "commands are off";
          };
      String slots =
          started
              .slots()
              .map(slot ->
                  "; %s is stable with %s, %s is the candidate"
                      .formatted(slot.stable(), slot.stableVersion(), slot.candidate()))
              .orElse("");
      return say(
          Tone.NEUTRAL,
          "run",
          "started",
          "%d steps%s; %s%s"
              .formatted(
                  started.plan().steps().size(),
                  started.zero().map(zero -> "; T-0 is " + zero).orElse(""),
                  commands,
                  slots));
    }

    EventWords asked(StepId id, String what) {
      List<String> roles = plan.step(id).map(Step::roles).orElse(List.of());
      String whom = roles.isEmpty() ? "a person" : String.join(", ", roles);
      return say(Tone.ASKS, title(id), "waits for " + whom, what);
    }

    /// What is over in a moment is told when it is over; what takes time, changes something or was
    /// a person's decision is told when it begins.
    String followed(StepId id) {
      return plan.step(id).filter(step -> step.form().isComputed()).isPresent()
          ? "filled in by the run"
          : "all its parts are";
    }

    Optional<EventWords> started(StepId id, int attempt) {
      boolean byPerson = !recorded.by().equals(Recorded.TMINUS);
      Optional<String> length =
          plan.step(id).flatMap(step -> length(step.action())).map(EventWords::words);
      boolean changes =
          plan.step(id).map(step -> changes(step.action())).orElse(true) || length.isPresent();
      if (!byPerson && !changes && attempt == 1) {
        return Optional.empty();
      }
      String what = (byPerson ? "confirmed and started" : "started") + again(attempt);
      return Optional.of(
          say(
              Tone.NEUTRAL,
              title(id),
              what,
              length.map(time -> "takes " + time + faster()).orElse("")));
    }

    private String faster() {
      return plan.pace() == 1
          ? ""
          : " here, %s times shorter than written"
              .formatted(BigDecimal.valueOf(plan.pace()).stripTrailingZeros().toPlainString());
    }

    private static Optional<Duration> length(Action action) {
      return switch (action) {
        case Action.Bake bake -> Optional.of(bake.duration());
        case Action.Wait wait -> Optional.of(wait.duration());
        case Action.Attest _,
            Action.Parts _,
            Action.Check _,
            Action.Act _,
            Action.Shift _,
            Action.Gate _,
            Action.Notify _ ->
            Optional.empty();
      };
    }

    private static boolean changes(Action action) {
      return switch (action) {
        case Action.Act _, Action.Shift _ -> true;
        case Action.Attest _,
            Action.Parts _,
            Action.Check _,
            Action.Bake _,
            Action.Gate _,
            Action.Wait _,
            Action.Notify _ ->
            false;
      };
    }

    EventWords ended(String subject, Outcome outcome) {
      return switch (outcome) {
        case Outcome.Done _ -> say(Tone.GOOD, subject, "done", outcome.detail());
        case Outcome.Failed _ -> say(Tone.BAD, subject, "FAILED", outcome.detail());
        case Outcome.NeedsPerson _ ->
            say(Tone.ASKS, subject, "done, and a person must judge it", outcome.detail());
        case Outcome.Unknown _ ->
            say(Tone.BAD, subject, "nobody knows whether it happened", outcome.detail());
      };
    }

    /// What a decision or a signature that follows at once says anyway is left out.
    Optional<EventWords> filled(Event.FormFilled filled) {
      Optional<Step> step = plan.step(filled.step());
      List<String> values = new ArrayList<>();
      filled.fields().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(field ->
              values.add("%s = %s".formatted(blank(step, field.getKey()), field.getValue())));
      boolean gate = step.filter(s -> s.action() instanceof Action.Gate).isPresent();
      filled.choices().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .filter(choice -> !gate || choice.getKey() > 0)
          .forEach(choice -> values.add(option(step, choice.getKey(), choice.getValue())));
      return values.isEmpty()
          ? Optional.empty()
          : Optional.of(
              say(Tone.NEUTRAL, title(filled.step()), "filled in", String.join("; ", values)));
    }

    private static String blank(Optional<Step> step, int position) {
      return step.filter(s -> position < s.form().fields().size())
          .map(s -> s.form().fields().get(position).name())
          .orElse("blank %d".formatted(position + 1));
    }

    private static String option(Optional<Step> step, int choice, int option) {
      return step.filter(s -> choice < s.form().choices().size())
          .map(s -> s.form().choices().get(choice).options())
          .filter(options -> option < options.size())
          .map(options -> options.get(option))
          .map(Mark.Choice.Option::label)
          .orElse("option %d".formatted(option + 1));
    }

    /// Where Tminus could have found out by itself, a person's word is named as such.
    EventWords signed(StepId id) {
      Optional<Step> step = plan.step(id);
      boolean attested = step.filter(s -> s.action() instanceof Action.Attest).isPresent();
      boolean signature = step.filter(s -> !s.form().signatures().isEmpty()).isPresent();
      String what = attested ? "done" : "declared done";
      return say(Tone.GOOD, title(id), signature ? "signed" : what, "");
    }

    EventWords decided(StepId id, boolean go, String option) {
      String decision = go ? "GO" : "NO-GO";
      return say(
          go ? Tone.GOOD : Tone.BAD,
          title(id),
          decision,
          option.equalsIgnoreCase(decision) ? "" : option);
    }

    /// A file by its size and digest, words by themselves.
    static String words(Evidence evidence) {
      String content =
          evidence.text().isEmpty()
              ? "%d bytes, SHA-256 %s".formatted(evidence.bytes(), evidence.digest())
              : evidence.text();
      return evidence.name() + ": " + content;
    }

    EventWords noticed(int trigger, String reading) {
      EventWords fired = fired(trigger, reading);
      boolean observed = plan.triggers().get(trigger).mode() == Trigger.Mode.OBSERVE;
      return new EventWords(
          observed ? Tone.CAUTION : Tone.ASKS,
          "",
          (observed ? "trigger on trial: " : "TRIGGER ADVISES A ROLLBACK: ") + reading,
          Optional.empty(),
          fired.why());
    }

    EventWords fired(int trigger, String reading) {
      Optional<Trigger> known =
          trigger >= 0 && trigger < plan.triggers().size()
              ? Optional.of(plan.triggers().get(trigger))
              : Optional.empty();
      return new EventWords(
          Tone.BAD,
          "",
          "TRIGGER " + reading,
          Optional.empty(),
          known.map(t -> "line %d: %s".formatted(t.line(), t.text())).orElse(""));
    }

    /// When Tminus begins it, the trigger before it has said why.
    EventWords rollingBack(String reason) {
      boolean byPerson = !recorded.by().equals(Recorded.TMINUS);
      return say(Tone.BAD, "", "ROLLBACK started", byPerson ? reason : "");
    }

    EventWords finished(Event.Result result, String reason) {
      Tone tone =
          switch (result) {
            case SUCCEEDED -> Tone.GOOD;
            case ROLLED_BACK, NO_GO -> Tone.BAD;
            case ABORTED -> Tone.CAUTION;
          };
      String word = Decider.words(result);
      String why = reason.startsWith(word + ": ") ? reason.substring(word.length() + 2) : reason;
      return say(tone, "run", word.toUpperCase(Locale.ROOT), why);
    }
  }
}
