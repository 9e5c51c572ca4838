package tminus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.ExpectationJudge;
import tminus.core.checklist.Expectations;

/// Any words are an expectation, by which any output can be judged.
class ExpectationFuzzTest {

  /// What parts the words, above, from the output, below.
  private static final String PARTING = "\n---\n";

  @FuzzTest
  void expectation(byte[] bytes) {
    check(Inputs.text(bytes));
  }

  static void check(String text) {
    int parting = text.indexOf(PARTING);
    String words = parting < 0 ? text : text.substring(0, parting);
    String output = parting < 0 ? text : text.substring(parting + PARTING.length());
    List<String> lines = List.of(words.split("\n", -1));
    assertThat(Expectations.length(lines)).isBetween(0, lines.size());
    lines.forEach(Expectations::isNamed);
    for (String command : List.of("", "curl -w '%{http_code}' http://localhost")) {
      Expectation expectation = Expectations.read(lines, command);
      assertThat(Expectations.read(lines, command)).isEqualTo(expectation);
      Expectation filled = Expectations.substitute(expectation, Map.of("VERSION", "v1.2.3"));
      assertThat(ExpectationJudge.judge(filled, output))
          .isEqualTo(ExpectationJudge.judge(filled, output));
      ExpectationJudge.judge(filled, "");
    }
  }
}
