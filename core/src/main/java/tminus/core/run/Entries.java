package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.plan.Computed;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.StepState.Phase;

/// What stands in a run's blanks: a person's word, else what the run itself knows. Immutable.
public final class Entries {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunState state;
  private final List<Recorded> events;

  /// The blanks of a run.
  ///
  /// @param events its events, for what the state does not remember; without them, what is asked
  ///   about the beginning of a rollback stays empty
  public Entries(RunState state, List<Recorded> events) {
    this.state = state;
    this.events = List.copyOf(events);
  }

  /// What stands in the step's field, once the step has come so far.
  ///
  /// @param field its position among the form's fields
  public Optional<String> of(Step step, int field) {
    return Optional.ofNullable(state.step(step.id()).fields().get(field))
        .or(() ->
            state.step(step.id()).phase() == Phase.SKIPPED
                ? Optional.empty()
                : step.form().computed(field).filter(_ -> isReached(step)).flatMap(this::now));
  }

  /// A step whose turn has not come has nothing to say: what it counts may still change.
  private boolean isReached(Step step) {
    Phase phase = state.step(step.id()).phase();
    return phase.isSettled() || phase == Phase.FAILED || phase == Phase.TO_JUDGE;
  }

  /// What the run would fill in now; empty when it is not known yet.
  public Optional<String> now(Computed computed) {
    return switch (computed) {
      case Computed.Count count -> Optional.of(counted(count));
      case Computed.When(_, List<StepId> of, boolean dateOnly) ->
          lastDone(of).map(last -> (dateOnly ? DAY : MOMENT).format(last.since()));
      case Computed.Who(_, List<StepId> of) -> lastDone(of).map(StepState::by);
      case Computed.Turn(_, StepId id, Duration later) ->
          state.step(id).began().map(began -> MOMENT.format(began.plus(later)));
      case Computed.Took took -> took(took);
      case Computed.Result(_, StepId id) ->
          switch (state.step(id).phase()) {
            case DONE -> Optional.of("PASS");
            case FAILED, WAIVED -> Optional.of("FAIL");
            case PENDING, POSTPONED, ASKED, RUNNING, TO_JUDGE, UNKNOWN, SKIPPED, NOT_APPLICABLE ->
                Optional.empty();
          };
      case Computed.Rollback(_, Computed.Fact fact) -> rollback(fact);
    };
  }

  /// Why what the step says does not do, if so: a value a person entered, or one that was computed,
  /// is not what the document wants beside it. A blank that was left empty says nothing.
  ///
  /// @param given what a person fills in now, by position
  static Optional<String> unmet(RunState state, Step step, Map<Integer, String> given) {
    Entries entries = new Entries(state, List.of());
    return step.form().limits().stream()
        .flatMap(limit ->
            entries
                .unmet(step, limit.field(), Optional.ofNullable(given.get(limit.field())))
                .stream())
        .findFirst();
  }

  /// Why the value of the step's field is not what the document wants there, if so.
  ///
  /// @param field its position among the form's fields
  /// @param given what a person says now; else what was said before, else what is computed
  public Optional<String> unmet(Step step, int field, Optional<String> given) {
    StepState at = state.step(step.id());
    Optional<String> value =
        given
            .or(() -> Optional.ofNullable(at.fields().get(field)))
            .or(() -> step.form().computed(field).flatMap(this::measured));
    return step.form()
        .limit(field)
        .flatMap(limit -> value.flatMap(said -> limit.unmet(said, at.since())))
        .map(why -> step.form().fields().get(field).name() + ": " + why);
  }

  /// A computed value as a mere number, to be compared.
  private Optional<String> measured(Computed computed) {
    return computed instanceof Computed.Count count
        ? Optional.of(String.valueOf(number(count)))
        : now(computed);
  }

  private String counted(Computed.Count count) {
    long number = number(count);
    return count.isMismatch()
        ? "%d (of %d there)".formatted(number, count.of().size())
        : "" + number;
  }

  private long number(Computed.Count count) {
    return count.of().stream()
        .map(id -> state.step(id).phase())
        .filter(phase ->
            switch (count.outcome()) {
              case DONE -> phase == Phase.DONE;
              case FAILED -> phase == Phase.FAILED || phase == Phase.WAIVED;
              case SKIPPED -> phase == Phase.SKIPPED;
            })
        .count();
  }

  private Optional<StepState> lastDone(List<StepId> of) {
    return of.stream()
        .map(state::step)
        .filter(step -> step.phase() == Phase.DONE)
        .max(Comparator.comparing(StepState::since));
  }

  private Optional<String> took(Computed.Took took) {
    Optional<Instant> from = state.step(took.from()).began();
    StepState to = state.step(took.to());
    if (from.isEmpty() || !to.phase().isSettled() || to.since().isBefore(from.get())) {
      return Optional.empty();
    }
    Duration duration = Duration.between(from.get(), to.since());
    return Optional.of(
        took.unit() == Computed.Unit.WORDS
            ? inWords(duration)
            : decimal((double) duration.toMillis() / took.unit().one().toMillis()));
  }

  private static String decimal(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String inWords(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes == 0
        ? duration.toSeconds() + " s"
        : minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  private Optional<String> rollback(Computed.Fact fact) {
    Stream<Recorded> begun =
        events.stream().filter(recorded -> recorded.event() instanceof Event.RollbackStarted);
    return begun
        .findFirst()
        .map(recorded ->
            switch (fact) {
              case WHEN -> moment(recorded.at());
              case WHO -> recorded.by();
              case WHY -> recorded.event() instanceof Event.RollbackStarted(String why) ? why : "";
            })
        .filter(value -> !value.isBlank());
  }

  /// A moment as the document has it: in UTC, to the minute.
  static String moment(Instant at) {
    return MOMENT.format(at);
  }
}
