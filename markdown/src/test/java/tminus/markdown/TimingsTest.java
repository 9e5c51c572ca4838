package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimingsTest {

  @Test
  void everyRuleReadsItsExample() {
    for (Timings.Rule rule : Timings.RULES) {
      assertThat(Timings.of(rule.example())).as(rule.name()).isPresent();
      assertThat(rule.pattern().matcher(rule.example()).find()).as(rule.name()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Code (T-7 days)                       | at PT-168H
          Code (T-24 Hours)                     | at PT-24H
          Code (T–2 h)                          | at PT-2H
          Code (T - 90 min)                     | at PT-1H-30M
          Build (T-20 minutes)                  | at PT-20M
          T-0                                   | at PT0S
          T-0 Day (morning)                     | at PT0S
          Look (T+0 minutes)                    | at PT0S
          Look (T+30 minutes)                   | at PT30M
          Look (T+1 hour)                       | at PT1H
          T+15: halfway                         | at PT15M
          Look (T+1 month)                      | at PT720H
          Deploy (T+0 to T+5 min)               | PT0S to PT5M
          Deploy (T+5 to T+25 min)              | PT5M to PT25M
          Deploy (T+5 - T+25 min)               | PT5M to PT25M
          PREPARE (T-24 hours to T-0)           | PT-24H to PT0S
          Prepare (T-2 days to T+1 hour)        | PT-48H to PT1H
          Checks (48 hours before)              | at PT-48H
          Meeting (2 hours before go-live)      | at PT-2H
          Freeze, 1 day prior to the release    | at PT-24H
          Retire (after 24 hours of calm)       | at PT24H
          Hour 6-12                             | PT6H to PT12H
          Hours 12 to 24 after the deployment   | PT12H to PT24H
          Day 1                                 | PT0S to PT24H
          Day 2                                 | PT24H to PT48H
          Week 2-4                              | PT168H to PT672H
          Month 1                               | PT0S to PT720H
          Success (Week 1)                      | PT0S to PT168H
          Step 1 (15 minutes)                   | takes PT15M
          Step 2 (2 hours)                      | takes PT2H
          Step 3 (10 minutes, if applicable)    | takes PT10M
          Tests (20 items, 15 minutes)          | takes PT15M
          Wait (30-60 seconds)                  | takes PT1M
          Back (target: <5 minutes)             | takes PT5M
          Back (about 5 min)                    | takes PT5M
          """)
  void readsWhatHeadingsSayAboutTime(String title, String timing) {
    assertThat(Timings.of(title).map(Notation::timing)).contains(timing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Checks",
        "Phase 2: Migrate",
        "24-hour monitoring",
        "Updates (every 15 minutes)",
        "Readiness (8 items)",
        "Daily work",
        "Restart (within 5 minutes)",
        "AT-5 minutes",
        "Model T-1000x",
        "Deploy (T+25 to T+5 min)",
        "Hour 12-6",
        "Version 2 (beta)",
        "Today 1"
      })
  void saysNothingWhereTheyDoNot(String title) {
    assertThat(Timings.of(title)).isEmpty();
  }
}
