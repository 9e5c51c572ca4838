package tminus.server.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tminus.core.checklist.Mark;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.engine.Driver;
import tminus.engine.EventWords;
import tminus.engine.EventWords.Tone;
import tminus.engine.Runs;
import tminus.server.page.Page.Fact;
import tminus.server.page.Page.LeftOut;
import tminus.server.page.Page.Result;
import tminus.server.page.Page.Summary;

/// Puts the report of a run into words.
public final class RunPage {

  private RunPage() {}

  /// The report of a run as far as its journal goes.
  ///
  /// @param filled the document as filled in by the run
  /// @param chainVerified the first entry of the journal's chain that does not hold; empty when all
  ///   do
  public static Page of(Runs.View view, String filled, boolean chainVerified) {
    RunState state = view.state();
    Plan plan = state.plan();
    Summary summary = SummaryMaker.summary(view);
    Result result = result(state, summary);
    boolean rolledBack =
        plan.rollback().stream().anyMatch(step -> state.step(step.id()).began().isPresent());
    return new Page(
        "%s: %s, run %s".formatted(result.words(), plan.title(), view.id()),
        view.id().value(),
        plan.title(),
        result,
        chainVerified
            ? ""
            : "The journal’s hash chain is broken. What follows may not be what happened.",
        facts(view, chainVerified),
        values(plan, false),
        summary,
        TrafficMaker.traffic(view),
        TimelineMaker.timeline(view),
        CardMaker.chapters(view, plan.steps()),
        rolledBack ? CardMaker.chapters(view, plan.rollback()) : List.of(),
        filled);
  }

  /// A success that went without something says so in its first words.
  private static Result result(RunState state, Summary summary) {
    long without =
        summary.leftOut().stream().filter(left -> left.kind() != LeftOut.Kind.OVERRULED).count();
    Optional<String> awaited = Driver.whatPersonsMustDo(state);
    if (awaited.isPresent() && state.status() != Status.HELD) {
      return new Result(Tone.ASKS, "Waiting for a person", awaited.get());
    }
    String words = Look.words(state);
    if (state.result().equals(Optional.of(Event.Result.SUCCEEDED)) && without > 0) {
      return new Result(
          Tone.CAUTION,
          "%s, with %s skipped or waived".formatted(words, SummaryMaker.steps(without)),
          state.reason());
    }
    String repeated = words.toLowerCase(Locale.ROOT) + ": ";
    String why =
        state.reason().startsWith(repeated)
            ? state.reason().substring(repeated.length())
            : state.reason();
    return new Result(Look.tone(state), words, why);
  }

  // ---- facts -----------------------------------------------------------------------------------

  private static List<Fact> facts(Runs.View view, boolean chainVerified) {
    RunState state = view.state();
    Plan plan = state.plan();
    Instant start = state.started();
    Optional<Instant> end = end(view);
    Instant last = end.orElseGet(() -> view.events().getLast().at());
    List<Fact> facts = new ArrayList<>();
    facts.add(code("Run", view.id().value()));
    facts.add(fact("Started", moment(start)));
    facts.add(fact("Started by", who(view.events().getFirst().by())));
    facts.add(
        fact("Ended", end.map(RunPage::moment).orElse("not yet; last entry " + moment(last))));
    facts.add(
        fact(
            "Took",
            EventWords.words(Duration.between(start, last)) + (end.isEmpty() ? " so far" : "")));
    facts.add(journal(view.seq(), chainVerified));
    state
        .slots()
        .ifPresent(slots ->
            facts.add(
                fact(
                    "Slots",
                    "%s was stable with %s, %s took the candidate"
                        .formatted(slots.stable(), slots.stableVersion(), slots.candidate()))));
    facts.add(fact("The document’s commands", policy(state.policy())));
    if (plan.pace() != 1) {
      facts.add(
          new Fact(
              "Pace",
              "waits were %s times shorter than the document says".formatted(pace(plan.pace())),
              Tone.CAUTION,
              false));
    }
    facts.addAll(values(plan, true));
    if (!plan.missing().isEmpty()) {
      facts.add(fact("Without a value", String.join(", ", plan.missing())));
    }
    facts.add(code("Document", plan.file()));
    facts.add(code("Document, SHA-256", plan.digest()));
    facts.add(code("Plan, SHA-256", state.hash()));
    return facts;
  }

  /// The values of the document's own placeholders, or all the others.
  private static List<Fact> values(Plan plan, boolean ofDocument) {
    Set<String> names =
        plan.placeholders().stream().map(Mark.Blank::name).collect(Collectors.toSet());
    return plan.parameters().entrySet().stream()
        .filter(parameter -> names.contains(parameter.getKey()) == ofDocument)
        .map(parameter -> code(parameter.getKey(), parameter.getValue()))
        .toList();
  }

  private static String pace(double pace) {
    return new BigDecimal(pace).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static Fact journal(long number, boolean chainVerified) {
    String entries = number == 1 ? "1 entry" : number + " entries";
    return chainVerified
        ? new Fact("Journal", entries + ", and the hash chain holds", Tone.GOOD, false)
        : new Fact(
            "Journal",
            entries + ", and the HASH CHAIN IS BROKEN: tminus verify says from which one on",
            Tone.BAD,
            false);
  }

  private static Optional<Instant> end(Runs.View view) {
    return view.state().status() == Status.FINISHED
        ? view.events().stream()
            .filter(recorded -> recorded.event() instanceof Event.RunFinished)
            .map(Recorded::at)
            .findFirst()
        : Optional.empty();
  }

  private static String policy(Event.CommandPolicy policy) {
    return switch (policy) {
      case ASK -> "ran after a person’s yes to each step";
      case RUN -> "ran by themselves";
      case NEVER -> "were off: people did and judged everything";
    };
  }

  private static String moment(Instant at) {
    Stamp stamp = Stamp.of(at, at);
    return "%s, %s UTC".formatted(stamp.day(), stamp.time());
  }

  private static Fact fact(String name, String value) {
    return new Fact(name, value, Tone.NEUTRAL, false);
  }

  private static Fact code(String name, String value) {
    return new Fact(name, value, Tone.NEUTRAL, true);
  }

  // ---- shared ----------------------------------------------------------------------------------

  /// Who did it, as a reader should see it.
  static String who(String by) {
    return by.equals(Recorded.TMINUS) ? "Tminus" : by;
  }

  /// A step's id in the page.
  static String anchor(StepId id) {
    return "step-" + id.value().replaceAll("[^\\p{Alnum}_-]", "_");
  }

  /// The step an event is about, if it is about one.
  static Optional<StepId> step(Event event) {
    return switch (event) {
      case Event.StepAsked(StepId id, _) -> Optional.of(id);
      case Event.StepPostponed(StepId id, _) -> Optional.of(id);
      case Event.StepStarted(StepId id, _) -> Optional.of(id);
      case Event.StepEnded(StepId id, _, _) -> Optional.of(id);
      case Event.FormFilled(StepId id, _, _) -> Optional.of(id);
      case Event.StepSigned(StepId id) -> Optional.of(id);
      case Event.StepRejected(StepId id, _) -> Optional.of(id);
      case Event.StepFollowed(StepId id) -> Optional.of(id);
      case Event.StepSkipped(StepId id, _, _) -> Optional.of(id);
      case Event.StepNotApplicable(StepId id, _) -> Optional.of(id);
      case Event.EvidenceAttached(StepId id, _) -> Optional.of(id);
      case Event.StepRetried(StepId id) -> Optional.of(id);
      case Event.GateSigned(StepId id, _, _) -> Optional.of(id);
      case Event.GlassBroken(StepId id, _) -> Optional.of(id);
      case Event.UndoAsked(StepId id, _, _) -> Optional.of(id);
      case Event.GateDecided(StepId id, _, _) -> Optional.of(id);
      case Event.UndoStarted(StepId id, _, _) -> Optional.of(id);
      case Event.UndoEnded(StepId id, _, _, _) -> Optional.of(id);
      case Event.RunStarted _,
          Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.TriggerFired _,
          Event.TriggerNoticed _,
          Event.RollbackStarted _,
          Event.RollbackCancelled _,
          Event.RunFinished _ ->
          Optional.empty();
    };
  }
}
