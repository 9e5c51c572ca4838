package tminus.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.calendar.Calendar;
import tminus.core.calendar.Window;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.schedule.Schedule.Situation;
import tminus.core.schedule.Schedule.Timed;

/// What holds for every plan in every situation.
class SchedulePropertiesTest {

  private static final int CASES = 500;

  private static final List<String> TIMES =
      List.of("-", "at -120", "at -30", "at 0", "at 90", "0 to 20", "20 to 45", "takes 15");
  private static final List<String> ACTIONS =
      List.of(
          "attest", "attest X", "attest Y", "check", "act", "shift", "gate", "parts", "wait 12");

  private static Plan plan(Random random) {
    List<String> sections = new ArrayList<>();
    for (int s = random.nextInt(5); s >= 0; s--) {
      StringBuilder section = new StringBuilder(TIMES.get(random.nextInt(TIMES.size())));
      for (int i = random.nextInt(6); i >= 0; i--) {
        section.append(" | s%d-%d ".formatted(s, i));
        section.append(ACTIONS.get(random.nextInt(ACTIONS.size())));
      }
      sections.add(section.toString());
    }
    Calendar calendar =
        random.nextInt(3) > 0
            ? Calendar.ALWAYS
            : new Calendar(
                List.of(
                    new Window(
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(random.nextInt(24), 0),
                        LocalTime.of(random.nextInt(24), 30),
                        ZoneOffset.UTC)),
                List.of());
    return Timeline.plan(1, calendar, sections.toArray(String[]::new));
  }

  /// Some first steps are settled, some are begun, of some it is known how long they take.
  private static Situation situation(Random random, Plan plan) {
    Instant now = Timeline.ZERO.plusSeconds(60L * (random.nextInt(400) - 200));
    Map<StepId, Progress> progress = new HashMap<>();
    Map<StepId, Duration> past = new HashMap<>();
    int settled = random.nextInt(plan.steps().size() + 1);
    for (Step step : plan.steps()) {
      Instant before = now.minusSeconds(random.nextInt(3600));
      if (progress.size() < settled) {
        progress.put(step.id(), new Progress(true, Optional.of(before)));
      } else if (random.nextInt(6) == 0) {
        progress.put(step.id(), new Progress(false, Optional.of(before)));
      }
      if (random.nextBoolean()) {
        past.put(step.id(), Duration.ofSeconds(random.nextInt(1200)));
      }
    }
    Optional<Instant> zero = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(Timeline.ZERO);
    return new Situation(zero, now, progress, new Past(3, past));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theEndIsNotBeforeNowAndNothingElseEndsAfterIt(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Plan plan = plan(random);
      Situation situation = situation(random, plan);
      Schedule schedule = Schedule.of(plan, situation);
      String what = "seed %d, case %d".formatted(seed, i);
      Ending ending = schedule.ending().orElseThrow();
      assertThat(ending.earliest()).as(what).isAfterOrEqualTo(situation.now());
      assertThat(ending.about()).as(what).isAfterOrEqualTo(ending.earliest());
      assertThat(ending.latest().orElse(Instant.MAX)).as(what).isAfterOrEqualTo(ending.about());
      for (Timed step : schedule.steps()) {
        boolean settled = situation.progress(step.step().id()).settled();
        assertThat(step.left().isEmpty()).as(what).isEqualTo(settled);
        assertThat(step.slack()).as(what).isGreaterThanOrEqualTo(Duration.ZERO);
        step.left()
            .ifPresent(left -> {
              assertThat(left.end().plus(step.slack())).as(what).isBeforeOrEqualTo(ending.about());
              assertThat(left.end()).as(what).isAfterOrEqualTo(situation.now());
            });
        assertThat(step.isLate() && settled).as(what).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void theCriticalPathLeadsWithoutAGapToTheEnd(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Plan plan = plan(random);
      Situation situation = situation(random, plan);
      Schedule schedule = Schedule.of(plan, situation);
      String what = "seed %d, case %d".formatted(seed, i);
      List<Timed> path = schedule.steps().stream().filter(Timed::critical).toList();
      boolean over = schedule.steps().stream().allMatch(step -> step.left().isEmpty());
      assertThat(path.isEmpty()).as(what).isEqualTo(over);
      assertThat(path)
          .as(what)
          .extracting(step -> step.step().id())
          .containsExactlyElementsOf(schedule.criticalPath());
      for (int p = 0; p < path.size(); p++) {
        Due left = path.get(p).left().orElseThrow();
        Instant next =
            p + 1 < path.size()
                ? path.get(p + 1).left().orElseThrow().begin()
                : schedule.ending().orElseThrow().about();
        assertThat(left.end()).as(what).isEqualTo(next);
        assertThat(path.get(p).slack()).as(what).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void nothingBeginsBeforeItIsDueOrWhatItWaitsForIsOver(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Plan plan = plan(random);
      Situation situation = situation(random, plan);
      Schedule schedule = Schedule.of(plan, situation);
      Instant barrier = situation.now();
      for (Timed step : schedule.steps()) {
        if (step.left().isEmpty()) {
          continue;
        }
        if (situation.progress(step.step().id()).began().isEmpty()) {
          Instant begin = step.left().get().begin();
          String what = "seed %d, case %d: %s".formatted(seed, i, step.step().id());
          assertThat(begin).as(what).isAfterOrEqualTo(barrier);
          situation
              .zero()
              .flatMap(zero -> Dues.of(plan).notBefore(step.step().id(), zero))
              .ifPresent(due -> assertThat(begin).as(what).isAfterOrEqualTo(due));
        }
        if (step.step().isBarrier() && step.left().get().end().isAfter(barrier)) {
          barrier = step.left().get().end();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44})
  void aStepThatTakesLongerNeverMakesTheEndSooner(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Plan plan = plan(random);
      Situation situation = situation(random, plan);
      Map<StepId, Duration> longer = new HashMap<>();
      situation
          .past()
          .medians()
          .forEach((step, length) ->
              longer.put(
                  step, random.nextBoolean() ? length : length.plusSeconds(random.nextInt(900))));
      Situation slower =
          new Situation(
              situation.zero(), situation.now(), situation.progress(), new Past(3, longer));
      Ending before = Schedule.of(plan, situation).ending().orElseThrow();
      Ending after = Schedule.of(plan, slower).ending().orElseThrow();
      String what = "seed %d, case %d".formatted(seed, i);
      assertThat(after.earliest()).as(what).isAfterOrEqualTo(before.earliest());
      assertThat(after.about()).as(what).isAfterOrEqualTo(before.about());
      assertThat(after.latest().orElse(Instant.MAX))
          .as(what)
          .isAfterOrEqualTo(before.latest().orElse(Instant.MAX));
    }
  }
}
