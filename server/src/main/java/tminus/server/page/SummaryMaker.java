package tminus.server.page;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.plan.Choice;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.engine.EventWords;
import tminus.engine.EventWords.Tone;
import tminus.engine.Runs;
import tminus.server.page.Page.Count;
import tminus.server.page.Page.Decision;
import tminus.server.page.Page.LeftOut;
import tminus.server.page.Page.Person;
import tminus.server.page.Page.StepRef;
import tminus.server.page.Page.Summary;

/// Adds a run up: what came how far, what was left out, who decided and who took part.
final class SummaryMaker {

  private final Runs.View view;
  private final RunState state;
  private final Plan plan;
  private final Map<StepId, Outcome> outcomes = new HashMap<>();

  private SummaryMaker(Runs.View view) {
    this.view = view;
    this.state = view.state();
    this.plan = state.plan();
    for (Recorded recorded : view.events()) {
      if (recorded.event() instanceof Event.StepEnded(StepId id, _, Outcome outcome)) {
        outcomes.put(id, outcome);
      }
    }
  }

  static Summary summary(Runs.View view) {
    SummaryMaker maker = new SummaryMaker(view);
    return new Summary(
        maker.counts(), maker.remarks(), maker.leftOut(), maker.gates(), maker.people());
  }

  /// `1 step`, `3 steps`.
  static String steps(long number) {
    return number == 1 ? "1 step" : number + " steps";
  }

  static StepRef ref(Step step) {
    return new StepRef(RunPage.anchor(step.id()), step.title());
  }

  // ---- counts ----------------------------------------------------------------------------------

  /// The five a reader always asks for, and the others when there are any.
  private List<Count> counts() {
    Map<Phase, Long> numbers = new EnumMap<>(Phase.class);
    plan.steps().forEach(step -> numbers.merge(state.step(step.id()).phase(), 1L, Long::sum));
    Set<Phase> always =
        Set.of(Phase.DONE, Phase.SKIPPED, Phase.WAIVED, Phase.FAILED, Phase.PENDING);
    return Stream.of(
            Phase.DONE,
            Phase.SKIPPED,
            Phase.NOT_APPLICABLE,
            Phase.WAIVED,
            Phase.FAILED,
            Phase.UNKNOWN,
            Phase.TO_JUDGE,
            Phase.ASKED,
            Phase.RUNNING,
            Phase.POSTPONED,
            Phase.PENDING)
        .filter(phase -> always.contains(phase) || numbers.containsKey(phase))
        .map(phase -> {
          long number = numbers.getOrDefault(phase, 0L);
          Tone tone = number == 0 ? Tone.NEUTRAL : Look.tone(phase);
          return new Count(tone, number, Look.words(phase));
        })
        .toList();
  }

  /// Which of several ways the run takes, and which it leaves out.
  private static String words(Choice choice) {
    String taken = choice.taken().map(Choice.Way::title).orElse("none");
    List<String> left =
        choice.left().stream()
            .map(way -> "%s (line %d)".formatted(way.title(), way.line()))
            .toList();
    return "%s: %s. Not chosen: %s.".formatted(choice.heading(), taken, String.join(", ", left));
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    plan.choices().stream()
        .filter(choice -> !choice.isOpen())
        .forEach(choice -> remarks.add(words(choice)));
    long takenBack = CardMaker.takenBack(view).size();
    if (takenBack > 0) {
      remarks.add(
          takenBack == 1
              ? "The work of 1 step was taken back."
              : "The work of %d steps was taken back.".formatted(takenBack));
    }
    if (!plan.rollback().isEmpty()) {
      long done =
          plan.rollback().stream()
              .filter(step -> state.step(step.id()).phase() == Phase.DONE)
              .count();
      long begun =
          plan.rollback().stream()
              .filter(step -> state.step(step.id()).began().isPresent())
              .count();
      String all = steps(plan.rollback().size());
      if (begun > 0) {
        remarks.add("Of the document’s rollback, %d of %s are done.".formatted(done, all));
      } else {
        remarks.add(
            "The document’s rollback, %s, %s."
                .formatted(
                    all, state.result().isPresent() ? "was not needed" : "has not been needed"));
      }
    }
    return remarks;
  }

  // ---- what was left out -----------------------------------------------------------------------

  private List<LeftOut> leftOut() {
    return Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .flatMap(step -> kind(step).map(kind -> leftOut(step, kind)).stream())
        .toList();
  }

  private LeftOut leftOut(Step step, LeftOut.Kind kind) {
    StepState at = state.step(step.id());
    String why =
        kind == LeftOut.Kind.OVERRULED
            ? outcome(step).map(Outcome::detail).orElse("")
            : at.detail();
    return new LeftOut(
        ref(step), kind, RunPage.who(at.by()), Stamp.of(at.since(), state.started()), why);
  }

  /// What came of the last attempt.
  private Optional<Outcome> outcome(Step step) {
    return Optional.ofNullable(outcomes.get(step.id()));
  }

  private Optional<LeftOut.Kind> kind(Step step) {
    StepState at = state.step(step.id());
    return switch (at.phase()) {
      case SKIPPED -> Optional.of(LeftOut.Kind.SKIPPED);
      case WAIVED -> Optional.of(LeftOut.Kind.WAIVED);
      case DONE -> failed(step) ? Optional.of(LeftOut.Kind.OVERRULED) : Optional.empty();
      case PENDING, POSTPONED, ASKED, RUNNING, TO_JUDGE, FAILED, UNKNOWN, NOT_APPLICABLE ->
          Optional.empty();
    };
  }

  /// Whether the last attempt did not turn out well.
  private boolean failed(Step step) {
    return outcome(step)
        .map(outcome ->
            switch (outcome) {
              case Outcome.Failed _, Outcome.Unknown _ -> true;
              case Outcome.Done _, Outcome.NeedsPerson _ -> false;
            })
        .orElse(false);
  }

  // ---- gates -----------------------------------------------------------------------------------

  private List<Decision> gates() {
    return plan.steps().stream()
        .filter(step -> step.action() instanceof Action.Gate)
        .map(this::decision)
        .toList();
  }

  private Decision decision(Step step) {
    Optional<Recorded> decided =
        view.events().reversed().stream()
            .filter(recorded ->
                recorded.event() instanceof Event.GateDecided gate && gate.step().equals(step.id()))
            .findFirst();
    String authority = String.join(", ", step.roles());
    if (decided.isPresent() && decided.get().event() instanceof Event.GateDecided gate) {
      EventWords words = EventWords.of(decided.get(), plan).orElseThrow();
      String option = words.why().isEmpty() ? "" : " (%s)".formatted(words.why());
      return new Decision(
          ref(step),
          gate.go() ? Tone.GOOD : Tone.BAD,
          words.what() + option,
          RunPage.who(decided.get().by()),
          authority,
          Optional.of(Stamp.of(decided.get().at(), state.started())));
    }
    return new Decision(ref(step), Tone.NEUTRAL, "not decided", "", authority, Optional.empty());
  }

  // ---- people ----------------------------------------------------------------------------------

  private List<Person> people() {
    List<TimelineMaker.Said> said = TimelineMaker.said(view);
    Map<String, List<Recorded>> byPerson = new LinkedHashMap<>();
    view.events().stream()
        .filter(recorded -> !recorded.by().equals(Recorded.TMINUS))
        .forEach(recorded ->
            byPerson.computeIfAbsent(recorded.by(), _ -> new ArrayList<>()).add(recorded));
    return byPerson.entrySet().stream()
        .map(entry -> person(entry.getKey(), entry.getValue(), said))
        .toList();
  }

  private Person person(String name, List<Recorded> did, List<TimelineMaker.Said> said) {
    Map<Deed, Integer> deeds = new EnumMap<>(Deed.class);
    did.forEach(
        recorded -> deed(recorded.event()).ifPresent(deed -> deeds.merge(deed, 1, Integer::sum)));
    List<String> words = new ArrayList<>();
    deeds.forEach((deed, times) -> words.add(deed.words(times)));
    List<Page.Entry> acts =
        said.stream()
            .filter(line -> line.recorded().by().equals(name))
            .map(line -> TimelineMaker.entry(line, view))
            .toList();
    return new Person(name, String.join(", ", words), acts);
  }

  /// What people do, in the order in which it is told.
  private enum Deed {
    START("started the run", "started the run"),
    DECIDE("said go or no-go at 1 gate", "said go or no-go at %d gates"),
    SIGN("signed or declared done 1 step", "signed or declared done %d steps"),
    BREAK("broke the glass once", "broke the glass %d times"),
    REJECT("found 1 step not good", "found %d steps not good"),
    CONFIRM("let the commands of 1 step run", "let the commands of %d steps run"),
    LEAVE_OUT("went on without 1 step", "went on without %d steps"),
    RETRY("ordered another attempt", "ordered %d other attempts"),
    ATTACH("attached evidence once", "attached evidence %d times"),
    STEER("held, resumed or ended the run once", "held, resumed or ended the run %d times"),
    NOTE("took 1 note", "took %d notes");

    private final String once;
    private final String often;

    Deed(String once, String often) {
      this.once = once;
      this.often = often;
    }

    String words(int times) {
      return times == 1 ? once : often.formatted(times);
    }
  }

  private static Optional<Deed> deed(Event event) {
    return switch (event) {
      case Event.RunStarted _ -> Optional.of(Deed.START);
      case Event.GateSigned _ -> Optional.of(Deed.DECIDE);
      // Whoever's go made it pass has signed it.
      case Event.GateDecided(_, boolean go, _) -> go ? Optional.empty() : Optional.of(Deed.DECIDE);
      case Event.GlassBroken _ -> Optional.of(Deed.BREAK);
      case Event.StepSigned _ -> Optional.of(Deed.SIGN);
      case Event.StepRejected _ -> Optional.of(Deed.REJECT);
      case Event.StepStarted _ -> Optional.of(Deed.CONFIRM);
      case Event.StepSkipped _, Event.StepNotApplicable _ -> Optional.of(Deed.LEAVE_OUT);
      case Event.EvidenceAttached _ -> Optional.of(Deed.ATTACH);
      case Event.StepRetried _, Event.UndoStarted _ -> Optional.of(Deed.RETRY);
      case Event.RunHeld _,
          Event.RunResumed _,
          Event.RollbackStarted _,
          Event.RollbackCancelled _,
          Event.UndoEnded _,
          Event.RunFinished _ ->
          Optional.of(Deed.STEER);
      case Event.NoteTaken _ -> Optional.of(Deed.NOTE);
      case Event.StepAsked _,
          Event.StepEnded _,
          Event.FormFilled _,
          Event.StepFollowed _,
          Event.StepPostponed _,
          Event.PersonReminded _,
          Event.TrafficMeasured _,
          Event.TriggerFired _,
          Event.TriggerNoticed _,
          Event.UndoAsked _ ->
          Optional.empty();
    };
  }
}
