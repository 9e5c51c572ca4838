package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Decision.Accepted;
import tminus.core.run.Decision.Refused;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState.Phase;

/// What follows from a person's word about a step.
final class Word {

  private final RunState state;
  private final String by;
  private final Instant now;

  Word(RunState state, String by, Instant now) {
    this.state = state;
    this.by = by;
    this.now = now;
  }

  private static Accepted accept(Event... events) {
    return new Accepted(List.of(events));
  }

  private Step step(StepId id) {
    return state.find(id).orElseThrow();
  }

  // ---- Signing

  Decision sign(RunCommand.Sign sign) {
    Optional<Decision> correction = Corrections.of(state, sign);
    if (correction.isPresent()) {
      return correction.get();
    }
    Optional<Refused> refusal = refuse(sign.step());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Step step = step(sign.step());
    Optional<Refused> misfit =
        notForPeople(step).or(() -> misfit(step, sign)).or(() -> Authority.refuse(state, step, by));
    if (misfit.isPresent()) {
      return misfit.get();
    }
    List<Event> events = new ArrayList<>();
    if (!sign.fields().isEmpty() || !sign.choices().isEmpty()) {
      events.add(new Event.FormFilled(step.id(), sign.fields(), sign.choices()));
    }
    Map<Integer, Integer> choices =
        state.step(step.id()).filled(Map.of(), sign.choices()).choices();
    if (choices.size() < step.form().choices().size()) {
      return new Refused(
          "step %s: it asks for a choice - choose one of %s".formatted(step.id(), options(step)));
    }
    List<Mark.Choice.Option> chosen = new ArrayList<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      chosen.add(
          step.form().choices().get(i).options().get(Objects.requireNonNull(choices.get(i))));
    }
    Optional<Mark.Choice.Option> bad =
        chosen.stream().filter(option -> !option.positive()).findFirst();
    Optional<String> unmet = Entries.unmet(state, step, sign.fields());
    if (step.action() instanceof Action.Gate) {
      if (unmet.isPresent() && bad.isEmpty()) {
        return new Refused(
            "step %s: %s - a gate does not go on that; decide no-go, or correct the value"
                .formatted(step.id(), unmet.get()));
      }
      return bad.isPresent()
          ? noGo(step, bad.get().label(), events)
          : go(step, chosen.getFirst().label(), sign.seen(), events);
    }
    events.add(
        bad.map(Mark.Choice.Option::label)
            .or(() -> unmet)
            .<Event>map(why -> new Event.StepRejected(step.id(), why))
            .orElseGet(() -> new Event.StepSigned(step.id())));
    return new Accepted(events);
  }

  /// One no is enough.
  private Decision noGo(Step gate, String option, List<Event> events) {
    events.add(new Event.GateDecided(gate.id(), false, option));
    events.addAll(Decider.ending(state, Event.Result.NO_GO, "no-go: " + gate.title()));
    return new Accepted(events);
  }

  private Decision go(Step gate, String option, Optional<Long> seen, List<Event> events) {
    long entry = seen.orElse(state.seq());
    if (entry < state.evidence()) {
      return new Refused(
          "gate %s: something has changed since you looked (entry %d of the journal, you saw it up to %d) - look again and decide"
              .formatted(gate.id(), state.evidence(), entry));
    }
    List<SignOff> signOffs = new ArrayList<>(Waiting.signOffs(state, gate));
    if (signOffs.stream().anyMatch(other -> other.by().equals(by))) {
      return new Refused(
          "gate %s: you have said go already - it waits for somebody else".formatted(gate.id()));
    }
    signOffs.add(new SignOff(by, now, entry, option));
    events.add(new Event.GateSigned(gate.id(), option, entry));
    if (Authority.suffices(state, gate, signOffs)) {
      events.add(new Event.GateDecided(gate.id(), true, option));
    }
    return new Accepted(events);
  }

  /// Why the step is not settled by a person's word now, if so: what has parts follows them, and
  /// what Tminus does by itself is done, or skipped with a reason, but never just said to be done.
  private Optional<Refused> notForPeople(Step step) {
    Optional<StepId> part =
        step.parts().stream().filter(id -> !state.step(id).phase().isSettled()).findFirst();
    if (part.isPresent()) {
      return Optional.of(
          new Refused(
              "step %s: its part %s is not settled - settle that one first"
                  .formatted(step.id(), part.get())));
    }
    Phase phase = state.step(step.id()).phase();
    boolean untouched = phase == Phase.PENDING || phase == Phase.POSTPONED;
    return untouched && Turn.asks(state, step).isEmpty()
        ? Optional.of(
            new Refused(
                "step %s: it goes on by itself when its turn comes - to do without it, skip it and say why"
                    .formatted(step.id())))
        : Optional.empty();
  }

  private static String options(Step step) {
    return step.form().choices().stream()
        .map(choice ->
            String.join(" / ", choice.options().stream().map(Mark.Choice.Option::label).toList()))
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }

  private static Optional<Refused> misfit(Step step, RunCommand.Sign sign) {
    for (int field : sign.fields().keySet()) {
      if (field < 0 || field >= step.form().fields().size()) {
        return Optional.of(
            new Refused(
                "step %s: it has %d blanks, not %d"
                    .formatted(step.id(), step.form().fields().size(), field + 1)));
      }
    }
    for (Map.Entry<Integer, Integer> choice : sign.choices().entrySet()) {
      boolean known =
          choice.getKey() >= 0
              && choice.getKey() < step.form().choices().size()
              && choice.getValue() >= 0
              && choice.getValue() < step.form().choices().get(choice.getKey()).options().size();
      if (!known) {
        return Optional.of(
            new Refused(
                "step %s: there is no such choice - choose one of %s"
                    .formatted(step.id(), options(step))));
      }
    }
    return Optional.empty();
  }

  // ---- Running

  Decision confirm(StepId id) {
    Optional<UndoState> asked = undoOf(id).filter(undo -> undo.phase() == Phase.ASKED);
    if (asked.isPresent()) {
      return undoAllowed(asked.get());
    }
    Optional<Refused> refusal = refuse(id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Step step = step(id);
    boolean follows = step.action() instanceof Action.Parts;
    boolean early =
        state.step(id).phase() == Phase.POSTPONED && Turn.asks(state, step).isEmpty() && !follows;
    if (step.action().commands().isEmpty() && !early) {
      String instead =
          step.action() instanceof Action.Gate
              ? "decide go or no-go"
              : follows ? "it follows from its parts" : "sign or skip it";
      return new Refused("step %s: there is nothing to run in it - %s".formatted(id, instead));
    }
    if (!state.next().map(Step::id).equals(Optional.of(id))) {
      return new Refused("step %s: it is not its turn - settle the steps before it".formatted(id));
    }
    Optional<String> closed = Turn.closed(state, step, now);
    if (closed.isPresent()) {
      return new Refused(
          "step %s: %s - wait until it opens, or two people break the glass"
              .formatted(id, closed.get()));
    }
    if (state.policy() == Event.CommandPolicy.NEVER && !early) {
      return new Refused("step %s: commands are off in this run - sign or skip it".formatted(id));
    }
    Optional<Refused> notYours = mayLoseData(step);
    if (notYours.isPresent()) {
      return notYours.get();
    }
    List<String> missing = Turn.missing(step.action());
    if (!missing.isEmpty()) {
      return new Refused(
          "step %s: no value for %s - start the run with --param %s=…"
              .formatted(id, String.join(", ", missing), missing.getFirst()));
    }
    return accept(new Event.StepStarted(id, state.step(id).attempt() + 1));
  }

  /// What may lose data on the way back runs at the word of whose data it is.
  private Optional<Refused> mayLoseData(Step step) {
    String role = state.plan().rules().noReturn().get(step.id());
    return role == null || state.status() != Status.ROLLING_BACK
        ? Optional.empty()
        : Authority.refuse(state, step, List.of(role), by);
  }

  private Decision undoAllowed(UndoState asked) {
    String role = state.plan().rules().noReturn().getOrDefault(asked.undo().step(), "");
    return Authority.refuse(state, step(asked.undo().step()), List.of(role), by)
        .<Decision>map(refused -> refused)
        .orElseGet(() ->
            accept(
                new Event.UndoStarted(
                    asked.undo().step(), asked.undo().work(), state.attempts(asked.undo()) + 1)));
  }

  private Optional<UndoState> undoOf(StepId id) {
    return state.undo().filter(undo -> undo.undo().step().equals(id));
  }

  Decision retry(Optional<StepId> id) {
    Optional<UndoState> undone =
        state.undo().filter(undo -> id.isEmpty() || undo.undo().step().equals(id.get()));
    if (id.isEmpty() || undone.isPresent()) {
      return undone
          .filter(undo -> undo.phase() == Phase.FAILED || undo.phase() == Phase.UNKNOWN)
          .<Decision>map(undo ->
              accept(
                  new Event.UndoStarted(
                      undo.undo().step(), undo.undo().work(), undo.attempt() + 1)))
          .orElseGet(() -> new Refused("no undo has failed - there is nothing to take back again"));
    }
    Optional<Refused> refusal = refuse(id.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Phase phase = state.step(id.get()).phase();
    boolean possible = phase == Phase.FAILED || phase == Phase.UNKNOWN || phase == Phase.TO_JUDGE;
    return possible
        ? accept(new Event.StepRetried(id.get()))
        : new Refused(
            "step %s: it has not failed - there is nothing to try again".formatted(id.get()));
  }

  // ---- Going on without

  Decision skip(StepId id, String reason) {
    Optional<UndoState> stuck = undoOf(id).filter(undo -> undo.phase() != Phase.RUNNING);
    if (stuck.isPresent()) {
      return undoByHand(stuck.get(), reason);
    }
    Optional<Refused> refusal = refuse(id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (reason.isBlank()) {
      return new Refused("step %s: to go on without it, say why".formatted(id));
    }
    if (step(id).action() instanceof Action.Gate) {
      return gateStays(id);
    }
    Phase phase = state.step(id).phase();
    boolean tried = phase == Phase.FAILED || phase == Phase.UNKNOWN || phase == Phase.TO_JUDGE;
    return accept(new Event.StepSkipped(id, reason, tried));
  }

  private static Refused gateStays(StepId id) {
    return new Refused("step %s: a gate cannot be skipped - decide go or no-go".formatted(id));
  }

  private Decision undoByHand(UndoState stuck, String reason) {
    StepId id = stuck.undo().step();
    if (reason.isBlank()) {
      return new Refused("step %s: to take it back by hand, say how".formatted(id));
    }
    String words = stuck.phase() == Phase.ASKED ? "left as it is: " : "taken back by hand: ";
    return accept(
        new Event.UndoEnded(
            id, stuck.undo().work(), stuck.attempt(), new Outcome.Done(words + reason, List.of())));
  }

  Decision notApplicable(StepId id, String reason) {
    Optional<Refused> refusal = refuse(id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!state.plan().rules().optional().contains(id)) {
      return new Refused(
          "step %s: the document does not call it optional - skip it and say why".formatted(id));
    }
    if (step(id).action() instanceof Action.Gate) {
      return gateStays(id);
    }
    return reason.isBlank()
        ? new Refused("step %s: say why it does not apply".formatted(id))
        : accept(new Event.StepNotApplicable(id, reason));
  }

  Decision breakGlass(StepId id, String reason) {
    if (state.find(id).isEmpty()) {
      return new Refused("there is no step " + id);
    }
    Step step = step(id);
    Phase phase = state.step(id).phase();
    boolean gate = step.action() instanceof Action.Gate && phase == Phase.ASKED;
    if (!gate && phase != Phase.POSTPONED) {
      return new Refused(
          "step %s: no gate, window or freeze holds it back - there is no glass to break"
              .formatted(id));
    }
    if (state.status() == Status.HELD) {
      return held();
    }
    if (reason.isBlank()) {
      return new Refused("step %s: to go on against the rules, say why".formatted(id));
    }
    if (!Authority.isNamed(state, by)) {
      return new Refused(
          "step %s: %s is not named in the binding - two people who are must say so"
              .formatted(id, by));
    }
    List<String> before = gate ? state.step(id).breakers() : state.glass();
    if (before.stream().anyMatch(by::equalsIgnoreCase)) {
      return new Refused(
          "step %s: you have said so already - it waits for a second person".formatted(id));
    }
    Event broken = new Event.GlassBroken(id, reason);
    return gate && !before.isEmpty()
        ? accept(
            broken,
            new Event.GateDecided(
                id, true, "break-glass by %s and %s".formatted(before.getFirst(), by)))
        : accept(broken);
  }

  Decision attach(StepId id, Evidence evidence) {
    return state.find(id).isEmpty()
        ? new Refused("there is no step " + id)
        : accept(new Event.EvidenceAttached(id, evidence));
  }

  // ---- Whether now

  private Refused held() {
    return new Refused("the run is held (%s) - resume it first".formatted(state.reason()));
  }

  /// Why a person cannot act on the step now, if so.
  private Optional<Refused> refuse(StepId id) {
    if (state.status() == Status.HELD) {
      return Optional.of(held());
    }
    if (state.find(id).isEmpty()) {
      return Optional.of(new Refused("there is no step " + id));
    }
    if (state.status() == Status.ROLLING_BACK && state.hasUndos()) {
      return Optional.of(
          new Refused(
              "step %s: what was changed is being taken back first - wait for it".formatted(id)));
    }
    Phase phase = state.step(id).phase();
    if (phase.isSettled()) {
      return Optional.of(new Refused("step %s: it is settled already".formatted(id)));
    }
    if (phase == Phase.RUNNING) {
      return Optional.of(
          new Refused("step %s: it is under way - wait for it, or hold the run".formatted(id)));
    }
    if (state.open().stream().noneMatch(step -> step.id().equals(id))) {
      String before = state.next().map(step -> step.id().value()).orElse("none");
      return Optional.of(
          new Refused("step %s: it is not its turn - the next one is %s".formatted(id, before)));
    }
    return Optional.empty();
  }
}
