package tminus.core.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.judge.Comparison;

class ExpectationsTest {

  /// The type and the parts of an expectation, as short as a table needs them.
  private static String shown(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Empty _ -> "empty";
      case Expectation.Literal literal -> "literal " + literal.words();
      case Expectation.Amount amount ->
          "amount " + amount.comparison().symbol() + " " + amount.value() + amount.unit();
      case Expectation.HttpStatus status -> "status " + status.status();
      case Expectation.Json json ->
          "json "
              + String.join(
                  ", ",
                  json.fields().stream()
                      .map(f -> f.path() + " " + f.comparison().symbol() + " " + f.value())
                      .toList());
      case Expectation.Count count -> "count " + count.least() + " " + count.words();
      case Expectation.Lines lines -> "lines " + String.join(" / ", lines.lines());
      case Expectation.All all ->
          "all " + String.join("; ", all.parts().stream().map(ExpectationsTest::shown).toList());
      case Expectation.Prose _ -> "prose";
    };
  }

  private static Expectation read(String words, String command) {
    return Expectations.read(List.of(words), command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      textBlock =
          """
          Expected: empty                                   | empty
          Expected: Empty output                            | empty
          Expected: no output.                              | empty
          Should return empty                               | empty
          Should return nothing                             | empty
          Expected: HTTP 200                                | status 200
          Expected: HTTP/1.1 200 OK                         | status 200
          Expected: HTTP status 204                         | status 204
          Expected: status code 301                         | status 301
          Expected: 202 Accepted                            | status 202
          Expected: HTTP 503 with Retry-After header        | status 503
          Should see 429 Too Many Requests                  | status 429
          Expected: {"status":"up","db":{"ok":true}}        | json status = up, db.ok = true
          Expected: {"lag_ms":<100, "n": 3}                 | json lag_ms < 100, n = 3
          Expected: {"parts": ["a": "ok", "b": {"n": 1}]}   | json parts.a = ok, parts.b.n = 1
          Expected: HTTP 200, Time < 0.5s                   | all status 200; amount < 0.5s
          Expected: HTTP 200 and "ready"                    | all status 200; literal ready
          Expected: mean < 5 ms, worst under 1 s            | all amount < 5.0ms; amount < 1.0s
          Expected: {"status":"up", ...}                    | json status = up
          Expected: {"at":"<time>","id":"...","ok":true}    | json ok = true
          Expected: [{"id":7}]                              | json [0].id = 7
          Expected: state = "up", version = "2.4.0"         | json state = up, version = 2.4.0
          Expected: state=up                                | json state = up
          Expected: < 0.5 (500ms)                           | amount < 0.5
          Expected: > 0                                     | amount > 0.0
          Expected: ≥ 99.9%                                 | amount ≥ 99.9%
          Expected: at most 250 ms                          | amount ≤ 250.0ms
          Expected: Average <0.500s (goal)                  | amount < 0.5s
          Expected: 3                                       | amount = 3.0
          Expected: 80%                                     | amount = 80.0%
          Expected: At least one 429 (limited) response     | count 1 429
          Expected: at least 3 "Running" lines              | count 3 Running
          Expected: "ready"                                 | literal ready
          Expected: healthy                                 | literal healthy
          Expected: enabled                                 | literal enabled
          Expected: normal                                  | prose
          Expected: acceptable                              | prose
          Expected: `all good`                              | literal all good
          Expected: PONG                                    | literal PONG
          Expected: (1 row)                                 | literal (1 row)
          Expected: 2.4.0                                   | literal 2.4.0
          Expected: v[VERSION]                              | literal v[VERSION]
          Expected digest: sha256:[DIGEST]                  | literal sha256:[DIGEST]
          Expected output: OK                               | literal OK
          Expected: 0 problems                              | literal 0 problems
          """)
  void readsWhatAMachineCanJudge(String words, String expectation) {
    assertThat(shown(read(words, "curl x"))).isEqualTo(expectation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Expected: Normal traffic",
        "Expected: All tests pass",
        "Expected: All tests pass, coverage > 85%",
        "Expected: HTTP 200, quick",
        "Expected: HTTP 201, an id returned",
        "Expected: 100% success, mean < 500ms",
        "Expected: {\"providers\": [\"a\": \"ok\", 3]}",
        "Expected: 200, 404",
        "Expected: HTTP 200, < 0.5s",
        "Expected: {\"status\": \"up\"",
        "Expected: {}",
        "Expected: 404 with a friendly page",
        "Expected: successful",
        "Expected: at least three pods are running well",
        "Expected: 5 to 7",
        "Expected: < 5 bananas",
        "Expected: about 200",
        "Should show the old version",
        "Should return no results or only expected ones",
        "All targets should show healthy",
        "Expected:"
      })
  void inDoubtAPersonJudges(String words) {
    assertThat(shown(read(words, "curl x"))).isEqualTo("prose");
  }

  @Test
  void aLoneStatusIsOneWhereTheCommandPrintsStatuses() {
    String command = "curl -so /dev/null -w '%{http_code}' x";
    assertThat(shown(read("Expected: 200", command))).isEqualTo("status 200");
    assertThat(shown(read("Expected: 404 with a friendly page", command))).isEqualTo("status 404");
    assertThat(shown(read("Expected: 200", "wc -l x"))).isEqualTo("amount = 200.0");
  }

  @Nested
  class OverSeveralLines {

    @Test
    void theLinesBelowAreWhatToLookFor() {
      List<String> lines = List.of("Expected output:", "step [id] done", "all done");
      assertThat(Expectations.length(lines)).isEqualTo(3);
      assertThat(shown(Expectations.read(lines, ""))).isEqualTo("lines step [id] done / all done");
    }

    @Test
    void agesAndAddressesInASampleTableDifferFromRunToRun() {
      List<String> lines =
          List.of("All pods should show:", "NAME  READY  AGE", "web-[hash]  1/1  2m");
      assertThat(shown(Expectations.read(lines, "")))
          .isEqualTo("lines NAME  READY  AGE / web-[hash] 1/1 [any]");
    }

    @Test
    void remarksBesideHeadersAreNoPartOfThem() {
      List<String> lines = List.of("Check headers:", "X-Cache: Miss (the first time)");
      assertThat(shown(Expectations.read(lines, ""))).isEqualTo("lines X-Cache: Miss");
    }

    @Test
    void jsonMayBeWrittenOverLines() {
      List<String> lines = List.of("Expected:", "{", "\"status\": \"up\"", "}");
      assertThat(shown(Expectations.read(lines, ""))).isEqualTo("json status = up");
    }

    @Test
    void oneLineBelowIsReadLikeOneBeside() {
      assertThat(shown(Expectations.read(List.of("Expected output:", "PONG"), "")))
          .isEqualTo("literal PONG");
      assertThat(shown(Expectations.read(List.of("Expected output:", "web image updated"), "")))
          .isEqualTo("lines web image updated");
    }

    @Test
    void wordsBesideItTakeOneLineOnly() {
      assertThat(Expectations.length(List.of("Expected: OK", "Then look at the log"))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wait for it", "Check metrics:", "The expected load is high", "Output"})
    void otherCommentsAreNone(String comment) {
      assertThat(Expectations.length(List.of(comment))).isZero();
    }
  }

  @Nested
  class Placeholders {

    private final Expectation json =
        read("Expected: {\"version\":\"v[VERSION]\",\"pod\":\"<pod-name>\"}", "");

    @Test
    void areFilledWithTheirValues() {
      Expectation expectation = read("Expected: {\"version\":\"v[VERSION]\"}", "");
      assertThat(shown(Expectations.substitute(expectation, Map.of("VERSION", "2.4.0"))))
          .isEqualTo("json version = v2.4.0");
      assertThat(expectation.text()).contains("[VERSION]");
    }

    @Test
    void makeItProseWhenOneIsLeftUnfilled() {
      assertThat(json).isInstanceOf(Expectation.Json.class);
      assertThat(shown(Expectations.substitute(json, Map.of("pod-name", "web-1"))))
          .isEqualTo("prose");
      Expectation literal = read("Expected: v[VERSION]", "");
      assertThat(shown(Expectations.substitute(literal, Map.of()))).isEqualTo("prose");
    }

    @Test
    void areNotLookedForInValues() {
      Expectation literal = read("Expected: v[VERSION]", "");
      assertThat(Expectations.substitute(literal, Map.of("VERSION", "[VERSION]<x>")))
          .isEqualTo(new Expectation.Literal("Expected: v[VERSION]<x>", "v[VERSION]<x>"));
    }

    @Test
    void inLowerCaseAreWildcardsOfLines() {
      Expectation lines =
          Expectations.read(List.of("Expected output:", "web-[hash] at [HOST]"), "");
      assertThat(shown(Expectations.substitute(lines, Map.of("HOST", "a.example"))))
          .isEqualTo("lines web-[hash] at a.example");
    }

    @Test
    void leaveWhatHasNoneAsItIs() {
      Expectation amount = new Expectation.Amount("< 5", Comparison.LESS, 5, "");
      assertThat(Expectations.substitute(amount, Map.of("A", "b"))).isEqualTo(amount);
    }
  }
}
