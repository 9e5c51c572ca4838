package tminus.server.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.engine.EventWords;
import tminus.engine.EventWords.Tone;
import tminus.engine.Runs;
import tminus.server.page.Page.Attempt;
import tminus.server.page.Page.Card;
import tminus.server.page.Page.Chapter;
import tminus.server.page.Page.Evidence;

/// Turns steps into cards, each with the evidence of every attempt at it.
final class CardMaker {

  /// Colours and styles a program chose for a terminal; everything else it printed stays visible.
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:]*m");

  private final RunState state;
  private final Plan plan;
  private final Set<StepId> takenBack;
  private final Map<StepId, List<Attempt>> attempts = new HashMap<>();
  private final Map<StepId, Recorded> starts = new HashMap<>();
  private final Map<StepId, Duration> ran = new HashMap<>();

  private CardMaker(Runs.View view) {
    this.state = view.state();
    this.plan = state.plan();
    this.takenBack = takenBack(view);
    view.events().forEach(this::attempt);
  }

  static List<Chapter> chapters(Runs.View view, List<Step> steps) {
    CardMaker maker = new CardMaker(view);
    List<Chapter> chapters = new ArrayList<>();
    List<Card> cards = new ArrayList<>();
    String heading = "";
    for (Step step : steps) {
      String next = TimelineMaker.heading(step, maker.plan);
      if (!next.equals(heading) && !cards.isEmpty()) {
        chapters.add(new Chapter(heading, cards));
        cards = new ArrayList<>();
      }
      heading = next;
      cards.add(maker.card(step));
    }
    if (!cards.isEmpty()) {
      chapters.add(new Chapter(heading, cards));
    }
    return chapters;
  }

  /// The steps whose work was taken back. One way back serves all shifts.
  static Set<StepId> takenBack(Runs.View view) {
    RunState state = view.state();
    Set<StepId> back = new HashSet<>();
    for (Recorded recorded : view.events()) {
      if (recorded.event() instanceof Event.UndoEnded(StepId id, Work work, _, Outcome.Done _)) {
        back.add(id);
        if (work instanceof Work.Restore) {
          state.plan().steps().stream()
              .filter(step -> step.action() instanceof Action.Shift)
              .map(Step::id)
              .filter(shift -> state.step(shift).phase() == Phase.DONE)
              .forEach(back::add);
        }
      }
    }
    return back;
  }

  private Card card(Step step) {
    StepState at = state.step(step.id());
    boolean back = takenBack.contains(step.id());
    List<Attempt> tried = attempts.getOrDefault(step.id(), List.of());
    boolean repeated = tried.stream().anyMatch(attempt -> attempt.words().contains(at.detail()));
    boolean once = tried.size() == 1 && repeated && isItsOwn(at);
    return new Card(
        SummaryMaker.ref(step),
        back && at.phase() == Phase.DONE ? Tone.CAUTION : Look.tone(at.phase()),
        words(step, at) + (back ? ", then taken back" : ""),
        facts(step, at),
        (repeated && !once) || isGate(step) ? "" : at.detail(),
        filled(step, at),
        step.context(),
        once
            ? List.of(new Attempt(tried.getFirst().tone(), "", tried.getFirst().evidence()))
            : tried);
  }

  /// Whether the step stands where its effect brought it: then what became of the effect need not
  /// be said twice.
  private static boolean isItsOwn(StepState at) {
    return switch (at.phase()) {
      case DONE -> at.by().equals(Recorded.TMINUS);
      case FAILED, UNKNOWN, TO_JUDGE -> true;
      case PENDING, POSTPONED, ASKED, RUNNING, SKIPPED, NOT_APPLICABLE, WAIVED -> false;
    };
  }

  private static boolean isGate(Step step) {
    return step.action() instanceof Action.Gate;
  }

  /// A gate is not done or failed, it is decided.
  private static String words(Step step, StepState at) {
    return isGate(step) && (at.phase() == Phase.DONE || at.phase() == Phase.FAILED)
        ? at.detail()
        : Look.words(at.phase());
  }

  private List<String> facts(Step step, StepState at) {
    List<String> facts = new ArrayList<>();
    if (at.began().isPresent()) {
      Stamp when = Stamp.of(at.since(), state.started());
      facts.add("by " + RunPage.who(at.by()));
      Optional.ofNullable(starts.get(step.id()))
          .map(Recorded::by)
          .filter(by -> !by.equals(Recorded.TMINUS))
          .ifPresent(by -> facts.add("confirmed by " + by));
      facts.add("%s, %s UTC (%s)".formatted(when.day(), when.time(), when.since()));
      Duration waited = Duration.between(at.began().get(), at.since());
      Optional.ofNullable(ran.get(step.id()))
          .map(took -> "took " + EventWords.words(took))
          .or(() ->
              at.phase() == Phase.DONE && !waited.isZero()
                  ? Optional.of("%s after it was asked for".formatted(EventWords.words(waited)))
                  : Optional.empty())
          .ifPresent(facts::add);
      if (at.attempt() > 1) {
        facts.add(at.attempt() + " attempts");
      }
    }
    if (!step.roles().isEmpty()) {
      facts.add("for " + String.join(", ", step.roles()));
    }
    facts.add(step.action().kind());
    facts.add("line " + step.line());
    return facts;
  }

  private static List<String> filled(Step step, StepState at) {
    List<String> filled = new ArrayList<>();
    new TreeMap<>(at.fields())
        .forEach((field, value) -> {
          String name =
              field < step.form().fields().size()
                  ? step.form().fields().get(field).name()
                  : "blank %d".formatted(field + 1);
          filled.add("%s: %s".formatted(name, value));
        });
    new TreeMap<>(at.choices())
        .forEach((choice, option) -> chosen(step, choice, option).ifPresent(filled::add));
    return filled;
  }

  private static Optional<String> chosen(Step step, int choice, int option) {
    if (choice >= step.form().choices().size()
        || option >= step.form().choices().get(choice).options().size()) {
      return Optional.empty();
    }
    List<String> labels =
        step.form().choices().get(choice).options().stream()
            .map(Mark.Choice.Option::label)
            .toList();
    return Optional.of(
        "chosen: %s, of %s".formatted(labels.get(option), String.join(" / ", labels)));
  }

  // ---- evidence --------------------------------------------------------------------------------

  private void attempt(Recorded recorded) {
    switch (recorded.event()) {
      case Event.StepStarted(StepId id, _) -> starts.put(id, recorded);
      case Event.StepEnded(StepId id, int number, Outcome outcome) -> {
        Recorded start = starts.getOrDefault(id, recorded);
        ran.put(id, Duration.between(start.at(), recorded.at()));
        add(id, "attempt %d".formatted(number), recorded, outcome);
      }
      case Event.UndoEnded(StepId id, Work work, int number, Outcome outcome) ->
          add(id, "undo, attempt %d: %s".formatted(number, work.words()), recorded, outcome);
      case Event.RunStarted _,
          Event.StepAsked _,
          Event.StepPostponed _,
          Event.FormFilled _,
          Event.StepSigned _,
          Event.StepRejected _,
          Event.StepFollowed _,
          Event.StepSkipped _,
          Event.StepNotApplicable _,
          Event.EvidenceAttached _,
          Event.StepRetried _,
          Event.GateSigned _,
          Event.GateDecided _,
          Event.GlassBroken _,
          Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.TriggerFired _,
          Event.TriggerNoticed _,
          Event.RollbackStarted _,
          Event.RollbackCancelled _,
          Event.UndoAsked _,
          Event.UndoStarted _,
          Event.RunFinished _ -> {}
    }
  }

  private void add(StepId id, String which, Recorded recorded, Outcome outcome) {
    EventWords words = EventWords.of(recorded, plan).orElseThrow();
    String why = words.why().isEmpty() ? "" : " (%s)".formatted(words.why());
    String said =
        "%s: %s%s, %s"
            .formatted(which, words.what(), why, Stamp.of(recorded.at(), state.started()).time());
    attempts
        .computeIfAbsent(id, _ -> new ArrayList<>())
        .add(
            new Attempt(
                words.tone(), said, outcome.results().stream().map(CardMaker::evidence).toList()));
  }

  private static Evidence evidence(CommandResult result) {
    String words =
        "line %d, %s, %s"
            .formatted(
                result.line(),
                result.exit().map(exit -> "exit " + exit).orElse("ended from outside"),
                EventWords.words(result.took()));
    String output = COLOURS.matcher(result.output()).replaceAll("").stripTrailing();
    return switch (result.judgement()) {
      case Judgement.Met(String reason) ->
          new Evidence(Tone.GOOD, words, "met (%s)".formatted(reason), result.command(), output);
      case Judgement.NotMet(String reason) ->
          new Evidence(Tone.BAD, words, "NOT MET (%s)".formatted(reason), result.command(), output);
      case Judgement.NeedsPerson(String reason) ->
          new Evidence(
              Tone.ASKS,
              words,
              "for a person to judge (%s)".formatted(reason),
              result.command(),
              output);
    };
  }
}
