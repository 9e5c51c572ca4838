package tminus.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;

/// When sections are due, in minutes from T-0.
class DuesTest {

  private static String dues(double pace, String sections) {
    String[] lines = sections.split(";", -1);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "%s | s%d attest".formatted(lines[i], i);
    }
    return Dues.of(Timeline.plan(pace, Calendar.ALWAYS, lines)).sections().stream()
        .map(it -> it.at(Timeline.ZERO))
        .map(due -> Timeline.offset(due.begin()) + ".." + Timeline.offset(due.end()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # windows are as they say
          5 to 25; 25 to 35                         | 5..25 25..35
          # a moment lasts until the next later one, before T-0 until T-0 at the latest
          at -30; at -20; at 0                      | -30..-20 -20..0 0..0
          at -60                                    | -60..0
          at -60; at 30                             | -60..0 30..30
          at -60; at -60; at -30                    | -60..-30 -60..-30 -30..0
          at 60; at 0; at 30                        | 60..60 0..30 30..30
          at 0; 5 to 30; at 30; at 120              | 0..5 5..30 30..120 120..120
          # lengths follow each other from T-0
          takes 15; takes 10                        | 0..15 15..25
          at -60; takes 15; takes 10                | -60..0 0..15 15..25
          at -60; takes 15; -; takes 10             | -60..0 0..15 15..25
          -60 to 0; takes 15                        | -60..0 0..15
          # a length follows a window or a moment after T-0
          0 to 20; takes 15                         | 0..20 20..35
          at 30; takes 15                           | 30..30 30..45
          takes 15; at 60; takes 10                 | 0..15 60..60 60..70
          # lengths that lead up to T-0 or a time before
          at -60; takes 15; at 0                    | -60..0 -60..-45 0..0
          takes 15; takes 10; at 0                  | -25..-10 -10..0 0..0
          takes 15; at -30; takes 5                 | -45..-30 -30..0 0..5
          # a time that goes back, as after the deployment's own, does not pull them along
          at -60; takes 15; at -1440                | -60..0 0..15 -1440..0
          """)
  void followFromTheTimesOfTheHeadings(String sections, String dues) {
    assertThat(dues(1, sections)).isEqualTo(dues);
  }

  @Test
  void areShorterAtAnotherPace() {
    assertThat(dues(60, "at -60; 30 to 60; takes 90")).isEqualTo("-1..0 0.5..1 1..2.5");
  }

  @Test
  void stepsUnderOneHeadingAreOneSectionAndThoseWithoutATimeInNone() {
    Plan plan = Timeline.plan("at -30 | a attest | b check", "- | c attest", "at -30 | d attest");
    assertThat(Dues.of(plan).sections())
        .extracting(section -> section.steps().stream().map(step -> step.id().value()).toList())
        .containsExactly(List.of("a", "b"), List.of("d"));
    assertThat(Dues.of(plan).of(new StepId("c"))).isEmpty();
    assertThat(Dues.of(plan).of(new StepId("d"))).isPresent();
  }
}
