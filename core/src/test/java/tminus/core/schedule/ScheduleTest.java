package tminus.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.calendar.Calendar;
import tminus.core.calendar.Freeze;
import tminus.core.calendar.Window;
import tminus.core.plan.Plan;

/// What follows from a plan and a situation, in minutes from T-0.
class ScheduleTest {

  private static Schedule schedule(Calendar calendar, String sections, String situation) {
    return Schedule.of(
        Timeline.plan(1, calendar, sections.split(";", -1)), Timeline.situation(situation));
  }

  private static String path(Schedule schedule) {
    return schedule.criticalPath().stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static String left(Schedule schedule) {
    return schedule.steps().stream()
        .flatMap(step ->
            step.left().stream()
                .map(time ->
                    "%s %s..%s"
                        .formatted(
                            step.step().id(),
                            Timeline.offset(time.begin()),
                            Timeline.offset(time.end()))))
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          # one after the other, from now on; the critical path is all of it
          - | a act | b act                    ! a took 5, b took 3                ! a 0..5, b 5..8 ! a b
          - | a act | b act                    ! now 10, a took 5, b took 3, a done ! b 10..13      ! b
          # what has begun ends when it should, not before now
          - | a act | b act                    ! now 2, a since 0, a took 5, b took 3  ! a 0..5, b 5..8   ! a b
          - | a act | b act                    ! now 9, a since 0, a took 5, b took 3  ! a 0..9, b 9..12  ! a b
          # waits and bakes say their own length, unless earlier runs do
          - | a wait 15 | b act                ! b took 3                          ! a 0..15, b 15..18 ! a b
          - | a wait 15 | b act                ! a took 16, b took 3               ! a 0..16, b 16..19 ! a b
          # different people work side by side, the same ones do one thing at a time
          - | a attest X | b attest Y | g gate ! a took 5, b took 3, g took 1      ! a 0..5, b 0..3, g 5..6 ! a g
          - | a attest X | b attest X | g gate ! a took 5, b took 3, g took 1      ! a 0..5, b 5..8, g 8..9 ! a b g
          - | a attest | b attest X | c attest ! a took 5, b took 3, c took 2      ! a 0..5, b 0..3, c 5..7 ! a c
          # a check waits for its turn; a person beside it does not wait for the check
          - | a attest X | c check | b attest Y ! a took 5, b took 9, c took 1     ! a 0..5, c 5..6, b 0..9 ! b
          # nobody starts behind a barrier
          - | g gate | a attest X              ! g took 5, a took 3                ! g 0..5, a 5..8 ! g a
          # what is due before T-0 may be done before, nothing else
          at -5 | a act; at 0 | b act; at 30 | c act ! now -10, a took 5, b took 3, c took 1 ! a -10..-5, b 0..3, c 30..31 ! c
          takes 10 | a act; takes 5 | b act    ! now -10, a took 5, b took 3       ! a 0..5, b 5..8 ! a b
          at -5 | a act; at 30 | b act         ! now 40, a took 5, b took 3        ! a 40..45, b 45..48 ! a b
          # without a T-0, nothing is due
          at -5 | a act; at 30 | b act         ! no T-0, a took 5, b took 3        ! a 0..5, b 5..8 ! a b
          # a length is shared among the steps of its section, parts not counted
          takes 10 | a attest | p parts | b attest ! ''                            ! a 0..5, p 5..5, b 5..10 ! a b
          takes 10 | a attest | b attest       ! now 3, a done                     ! b 3..8 ! b
          takes 10 | a attest | b attest       ! a took 1                          ! a 0..1, b 1..6 ! a b
          # of a window, what is left of it is shared
          0 to 10 | a attest | b attest        ! ''                                ! a 0..5, b 5..10 ! a b
          0 to 10 | a attest | b attest        ! now 6, a done                     ! b 6..10 ! b
          # of what nobody knows, people's steps take what people's steps take, machines' what machines' do
          - | a attest X | b attest X | c attest X ! a took 2, b took 6            ! a 0..2, b 2..8, c 8..12 ! a b c
          - | a act | b attest | c act         ! a took 2, b took 6                ! a 0..2, b 2..8, c 8..10 ! a b c
          - | a attest | c act                 ! a took 2                          ! a 0..2, c 2..2 ! a c
          """)
  void expectsStepsAtTheirTimes(String sections, String situation, String left, String path) {
    Schedule schedule = schedule(Calendar.ALWAYS, sections, situation);
    assertThat(left(schedule)).isEqualTo(left);
    assertThat(path(schedule)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          # late is what should have been over, and is not
          at -30 | a attest | b attest; at -20 | c attest ! now -25         ! ''
          at -30 | a attest | b attest; at -20 | c attest ! now -15         ! a 5, b 5
          at -30 | a attest | b attest; at -20 | c attest ! now -15, a done ! b 5
          5 to 25 | a act                                 ! now 25          ! ''
          5 to 25 | a act                                 ! now 26, a since 6 ! a 1
          5 to 25 | a act                                 ! now 26, no T-0  ! ''
          - | a act                                       ! now 600         ! ''
          """)
  void knowsWhatIsLate(String sections, String situation, String late) {
    Schedule schedule = schedule(Calendar.ALWAYS, sections, situation);
    assertThat(
            schedule.late().stream()
                .map(step -> step.step().id() + " " + step.late().toMinutes())
                .collect(Collectors.joining(", ")))
        .isEqualTo(late);
  }

  @Test
  void knowsHowMuchEachStepCanWait() {
    Schedule schedule =
        schedule(
            Calendar.ALWAYS,
            "- | a attest X | b attest Y | c attest Z | g gate",
            "a took 9, b took 4, c took 2, g took 1");
    assertThat(schedule.steps())
        .extracting(step -> step.slack().toMinutes())
        .containsExactly(0L, 5L, 7L, 0L);
    assertThat(schedule.steps())
        .extracting(Schedule.Timed::critical)
        .containsExactly(true, false, false, true);
  }

  @Test
  void saysWhatIsDueNextAndWhoIsExpected() {
    Schedule schedule =
        schedule(
            Calendar.ALWAYS, "at -30 | a attest X; at 40 | c attest Z; at 5 | b gate Y", "now -10");
    Schedule.Timed next = schedule.dueAfter(Timeline.ZERO.minusSeconds(600)).orElseThrow();
    assertThat(next.step().roles()).containsExactly("Y");
    assertThat(schedule.dueAfter(Timeline.ZERO.plusSeconds(3600))).isEmpty();
  }

  @Test
  void saysBetweenWhichTimesItEndsAndHowMuchOfThatIsKnown() {
    Schedule schedule =
        schedule(
            Calendar.ALWAYS,
            "- | a attest | b attest | c attest | w wait 15; takes 4 | d attest | e parts",
            "a took 2, b took 6");
    assertThat(schedule.ending())
        .contains(
            new Ending(
                at(2 + 6 + 15 + 4),
                at(2 + 6 + 4 + 15 + 4),
                Optional.of(at(2 + 6 + 6 + 15 + 4)),
                2,
                2,
                1));
    assertThat(schedule.ending().orElseThrow().knownPercent()).isEqualTo(80);
  }

  @Test
  void doesNotSayWhenItEndsAtTheLatestWhenNothingIsKnown() {
    Schedule schedule = schedule(Calendar.ALWAYS, "- | a attest | b act", "b took 5");
    Ending ending = schedule.ending().orElseThrow();
    assertThat(ending.latest()).isEmpty();
    assertThat(ending.earliest()).isEqualTo(ending.about()).isEqualTo(at(5));
    assertThat(ending.knownPercent()).isEqualTo(50);
  }

  @Test
  void aRunWithNothingLeftEndsNow() {
    Schedule schedule = schedule(Calendar.ALWAYS, "- | a attest", "now 7, a done");
    assertThat(schedule.criticalPath()).isEmpty();
    assertThat(schedule.ending().orElseThrow().about()).isEqualTo(at(7));
    assertThat(schedule.ending().orElseThrow().knownPercent()).isEqualTo(100);
  }

  @Test
  void changesWaitUntilTheCalendarOpens() {
    Calendar afternoon =
        new Calendar(
            List.of(
                new Window(
                    EnumSet.allOf(DayOfWeek.class),
                    LocalTime.of(12, 30),
                    LocalTime.of(13, 0),
                    ZoneOffset.UTC)),
            List.of());
    String plan = "- | c check | a act | s shift | d attest";
    assertThat(left(schedule(afternoon, plan, "c took 1, a took 29, s took 2, d took 1")))
        .isEqualTo("c 0..1, a 30..59, s 59..61, d 61..62");
    assertThat(left(schedule(afternoon, plan, "c took 1, a took 30, s took 2, d took 1")))
        .isEqualTo("c 0..1, a 30..60, s 1470..1472, d 1472..1473");
  }

  @Test
  void nobodyKnowsTheEndWhenTheCalendarNeverOpens() {
    Calendar frozen =
        new Calendar(
            List.of(),
            List.of(
                new Freeze(
                    at(0).atOffset(ZoneOffset.UTC).toLocalDateTime(),
                    Optional.empty(),
                    "audit",
                    ZoneOffset.UTC)));
    Schedule schedule = schedule(frozen, "- | c check | a act", "c took 1, a took 2");
    assertThat(schedule.ending()).isEmpty();
    assertThat(schedule.blocked())
        .contains("freeze: audit (from 2026-12-01 12:00 until further notice Z)");
    assertThat(schedule(frozen, "- | c check", "c took 1").ending()).isPresent();
  }

  @Test
  void isQuickForLongPlans() {
    StringBuilder steps = new StringBuilder("0 to 600 ");
    for (int i = 0; i < 10_000; i++) {
      steps.append("| s").append(i).append(i % 3 == 0 ? " check " : " attest ");
    }
    Plan plan = Timeline.plan(steps.toString());
    Schedule schedule =
        Schedule.of(
            plan,
            new Schedule.Situation(Optional.of(Timeline.ZERO), Timeline.ZERO, Map.of(), Past.NONE));
    assertThat(schedule.steps()).hasSize(10_000);
    // The 6,666 that people attest take 3.6 s each; the checks go on beside them.
    assertThat(Duration.between(Timeline.ZERO, schedule.ending().orElseThrow().about()))
        .isBetween(Duration.ofHours(6), Duration.ofHours(7));
  }

  private static Instant at(int minutes) {
    return Timeline.ZERO.plus(Duration.ofMinutes(minutes));
  }
}
