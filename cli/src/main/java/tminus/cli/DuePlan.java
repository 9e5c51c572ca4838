package tminus.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.schedule.Due;
import tminus.core.schedule.Dues;

/// A plan with a T-0: when its sections are due, and what of that the calendar forbids.
final class DuePlan {

  private final TZero zero;
  private final Dues dues;
  private final Calendar calendar;
  private final boolean changes;

  DuePlan(Plan plan, TZero zero) {
    this.zero = zero;
    this.dues = Dues.of(plan);
    this.calendar = plan.calendar();
    this.changes = changes(plan.steps());
  }

  /// The JSON form: a contract with scripts that read it.
  ///
  /// @param closed why the plan may not begin to act at T-0, if it may not
  record Output(
      Instant tZero,
      String local,
      String zone,
      Optional<Closed> closed,
      List<SectionOutput> sections) {}

  /// @param changes whether something in it changes something, so that the calendar matters
  /// @param closed why it may not begin, or ends too late, if so
  record SectionOutput(
      List<String> headings,
      int line,
      Instant begin,
      Instant end,
      String beginLocal,
      String endLocal,
      boolean changes,
      Optional<Closed> closed) {}

  /// @param at from when on the calendar is closed
  record Closed(Instant at, String reason, Optional<Instant> opens) {}

  Output output() {
    return new Output(
        zero.at(),
        local(zero.at()),
        zero.zone().getId(),
        atZero(),
        dues.sections().stream().map(this::output).toList());
  }

  private SectionOutput output(Dues.Section section) {
    Due due = section.at(zero.at());
    return new SectionOutput(
        section.headings(),
        section.steps().getFirst().line(),
        due.begin(),
        due.end(),
        local(due.begin()),
        local(due.end()),
        changes(section.steps()),
        closed(section));
  }

  private String local(Instant at) {
    return ZonedDateTime.ofInstant(at, zero.zone())
        .truncatedTo(ChronoUnit.SECONDS)
        .toOffsetDateTime()
        .toString();
  }

  /// The section that begins with this step, if one does.
  Optional<Dues.Section> beginningWith(Step step) {
    return dues.of(step.id()).filter(section -> section.steps().getFirst().equals(step));
  }

  Due due(Dues.Section section) {
    return section.at(zero.at());
  }

  /// Why the plan may not begin to act at T-0, if there is anything to act on.
  Optional<Closed> atZero() {
    return changes ? closed(zero.at()) : Optional.empty();
  }

  /// Why what the section changes may not begin in all of its time, if so.
  Optional<Closed> closed(Dues.Section section) {
    if (!changes(section.steps())) {
      return Optional.empty();
    }
    Due due = section.at(zero.at());
    return switch (calendar.at(due.begin())) {
      case Calendar.State.Closed _ -> closed(due.begin());
      case Calendar.State.Open(Optional<Instant> until) ->
          until.filter(close -> close.isBefore(due.end())).flatMap(this::closed);
    };
  }

  private Optional<Closed> closed(Instant at) {
    return switch (calendar.at(at)) {
      case Calendar.State.Closed(String reason, Optional<Instant> opens) ->
          Optional.of(new Closed(at, reason, opens));
      case Calendar.State.Open _ -> Optional.empty();
    };
  }

  private static boolean changes(List<Step> steps) {
    return steps.stream().anyMatch(Step::changes);
  }

  ZoneId zone() {
    return zero.zone();
  }

  Instant zero() {
    return zero.at();
  }
}
