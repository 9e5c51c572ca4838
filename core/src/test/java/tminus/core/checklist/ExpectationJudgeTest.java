package tminus.core.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationJudgeTest {

  private static String judged(String words, String output) {
    Expectation expectation =
        Expectations.read(List.of("Expected: " + words), "curl -w '%{http_code}' x");
    return shown(ExpectationJudge.judge(expectation, output));
  }

  private static String shown(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Met _ -> "met";
      case Judgement.NotMet(String reason) -> "not: " + reason;
      case Judgement.NeedsPerson(String reason) -> "person: " + reason;
    };
  }

  /// `⏎` stands for a line break.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      emptyValue = "",
      textBlock =
          """
          empty      | ´´                                | met
          empty      | ´  ⏎ ´                            | met
          empty      | a line                            | not: the output is "a line", expected none
          PONG       | PONG⏎                             | met
          PONG       | PONGS                             | not: the output is "PONGS", expected "PONG"
          PONG       | ´´                                | not: the output is nothing, expected "PONG"
          "all good" | it is all ⏎ good here             | met
          "ready"    | unready                           | not: the output is "unready", expected "ready"
          "ready"    | not ready                         | person: the output says "not ready", which may mean something else than "ready"
          "ready"    | not ready⏎"ready"                 | met
          "ready"    | web is ready                      | met
          "no error" | no error                          | met
          "1"        | ´ n ⏎---⏎ 1 ⏎(1 row)´             | met
          "1"        | ERROR at LINE 1                   | person: the output says "ERROR at LINE 1", which may mean something else than "1"
          OK         | NOT OK                            | person: the output says "NOT OK", which may mean something else than "OK"
          2.4.0      | v 2.4.0 (today)                   | met
          2.4.0      | 2.4.0.1                           | not: the output is "2.4.0.1", expected "2.4.0"
          2.4.0      | 12.4.0                            | not: the output is "12.4.0", expected "2.4.0"
          (1 row)    | ´ n ⏎---⏎ 1 ⏎(1 row)⏎´            | met
          (1 row)    | (11 rows)                         | not: the output is "(11 rows)", expected "(1 row)"
          0 problems | found 0 problems                  | met
          0 problems | found 10 problems                 | not: the output says "10 problems", expected "0 problems"
          0 problems | a: 0 problems⏎b: 5 problems       | not: the output says "5 problems", expected "0 problems"
          HTTP 200   | HTTP/2 200 ⏎server: x             | met
          HTTP 200   | HTTP/1.1 301 M⏎⏎HTTP/1.1 200 OK   | met
          HTTP 200   | HTTP/1.1 500 Oops                 | not: status is 500, expected 200
          HTTP 200   | 200                               | met
          HTTP 200   | 503                               | not: status is 503, expected 200
          HTTP 200   | 200⏎200⏎503                       | person: the output names status 200, but [503] too
          HTTP 200   | {"ok":true}                       | person: the output names no HTTP status, expected 200
          HTTP 429   | <h1>429 Too Many Requests</h1>    | met
          < 100ms    | took 57 ms                        | met
          < 100ms    | took 0.2 s                        | not: the value is 200ms, expected < 100ms
          < 0.5s     | Average: 0.21s                    | met
          < 0.5s     | 300ms                             | met
          < 0.5s     | 3                                 | not: the value is 3s, expected < 0.5s
          < 0.5s     | 3 requests in 0.2s                | met
          < 0.5      | a 1 b 2                           | person: the output holds 2 numbers, expected one that is < 0.5
          < 0.5      | fine                              | person: the output holds no number, expected one that is < 0.5
          > 0        | -3                                | not: the value is -3, expected > 0
          ≥ 90%      | 93 %                              | met
          3          | 3⏎                                | met
          at least 2 "up" lines | a up⏎b down⏎c up       | met
          at least 2 "up" lines | a up⏎b upper           | not: 1 line with "up", expected at least 2
          HTTP 200, time < 0.5s | HTTP/1.1 200 OK⏎n: 7⏎Time: 0.2s | met
          HTTP 200, time < 0.5s | HTTP/1.1 200 OK⏎Time: 2s        | not: the value is 2s, expected < 0.5s
          HTTP 200, time < 0.5s | HTTP/1.1 500 Oops⏎Time: 0.2s    | not: status is 500, expected 200
          HTTP 200, time < 0.5s | ok 7⏎Time: 0.2s                 | person: the output names no HTTP status, expected 200
          HTTP 200, time < 0.5s | HTTP/1.1 200 OK⏎0.2s            | person: the output holds no number named time, expected time < 0.5s
          HTTP 200, time < 0.5s | HTTP/1.1 200⏎time: 1⏎time: 0.1  | person: the output holds numbers named time, expected time < 0.5s
          anything nice | whatever                       | person: only a person can tell: Expected: anything nice
          """)
  void judgesTextByWhatItSays(String words, String output, String judgement) {
    assertThat(judged(words, output == null ? "" : output.replace("⏎", "\n"))).isEqualTo(judgement);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      textBlock =
          """
          {"status":"up"}           | {"status":"up","version":"2"}        | met
          {"status":"up"}           | {"status":"down"}                    | not: status is down, expected up
          {"status":"up"}           | {"state":"up"}                       | not: status is missing, expected up
          {"status":"up"}           | status: up                           | not: the output is "status: up", expected JSON
          {"status":"up"}           | HTTP/1.1 200 OK⏎⏎{"status":"up"}     | met
          {"a":{"b":[1,{"c":true}]}} | {"a":{"b":[1.0,{"c":true}],"d":0}}  | met
          {"a":[1,2]}               | {"a":[2,1]}                          | not: a[0] is 2, expected 1
          {"lag_ms":<100}           | {"lag_ms":12}                        | met
          {"lag_ms":<100}           | {"lag_ms":250}                       | not: lag_ms is 250, expected < 100
          {"lag_ms":<100}           | {"lag_ms":"low"}                     | not: lag_ms is low, expected < 100
          status = "up", n = 2      | {"n":2,"status":"up"}                | met
          {"n":1}                   | {"n":"1"}                            | met
          {"ok":true}               | {"ok":false}                         | not: ok is false, expected true
          {"e":"a\\u0041\\n"}         | {"e":"aA\\n"}                         | met
          """)
  void judgesJsonByItsFields(String words, String output, String judgement) {
    assertThat(judged(words, output.replace("⏎", "\n"))).isEqualTo(judgement);
  }

  private static String lines(List<String> lines, String output) {
    return shown(ExpectationJudge.judge(new Expectation.Lines("", lines), output));
  }

  @Test
  void looksForLinesInTheirOrder() {
    List<String> lines = List.of("web-[hash]-[id]   1/1  Running", "done in [n] s");
    assertThat(lines(lines, "NAME\nweb-7f-x2 1/1     Running 0\nlog: done in 12 s.\n"))
        .isEqualTo("person: 1 of 2 lines found, missing \"done in [n] s\"");
    assertThat(lines(lines, "NAME\nweb-7f-x2 1/1     Running 0\nlog: done in 12 s\n"))
        .isEqualTo("met");
    assertThat(lines(lines, "web- 1/1 Running\n"))
        .isEqualTo("not: 0 of 2 lines found, missing \"web-[hash]-[id] 1/1 Running\"");
    assertThat(lines(List.of("b", "a"), "a\nb"))
        .isEqualTo("person: 1 of 2 lines found, missing \"a\"");
  }

  @Test
  void takesAPrometheusAnswersValueAndNotItsTime() {
    String answer =
        """
        {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{},"value":[1700000000.1,"%s"]}]}}\
        """;
    assertThat(judged("< 0.01 (1%)", answer.formatted("0.003"))).isEqualTo("met");
    assertThat(judged("< 0.01 (1%)", answer.formatted("0.2")))
        .isEqualTo("not: the value is 0.2, expected < 0.01");
    assertThat(judged("< 0.01 (1%)", answer.formatted("NaN")))
        .isEqualTo("person: the query answered with no data, expected < 0.01");
    assertThat(judged("< 1", "{\"data\":{\"resultType\":\"vector\",\"result\":[]}}"))
        .isEqualTo("person: the query answered with no data, expected < 1");
  }

  @Test
  void abridgesWhatItShows() {
    String judgement = judged("PONG", "x".repeat(10_000));
    assertThat(judgement).hasSizeLessThan(120).contains("xxx…\"");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void judgesHostileOutputsInTimeLinearInTheirLength() {
    List<String> outputs =
        List.of(
            "[".repeat(1_000_000),
            "{\"a\":".repeat(200_000),
            "1 ".repeat(500_000),
            "\n".repeat(1_000_000),
            "200\n".repeat(200_000),
            "{ ".repeat(500_000),
            "a".repeat(1_000_000),
            "HTTP/1.1 ".repeat(100_000));
    for (String output : outputs) {
      for (String words :
          List.of("empty", "PONG", "HTTP 200", "< 5 ms", "{\"a\":1}", "0 errors", "x")) {
        assertThat(judged(words, output)).isNotBlank();
      }
      assertThat(lines(List.of("[a] b", "c [d] e"), output)).isNotBlank();
    }
  }
}
