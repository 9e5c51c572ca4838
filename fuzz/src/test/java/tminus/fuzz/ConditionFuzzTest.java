package tminus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import tminus.core.judge.ConditionGrammar;

/// Any words hold some conditions, or none.
class ConditionFuzzTest {

  @FuzzTest
  void condition(byte[] bytes) {
    check(Inputs.text(bytes));
  }

  static void check(String words) {
    assertThat(ConditionGrammar.parse(words)).isEqualTo(ConditionGrammar.parse(words));
    List<ConditionGrammar.Found> all = ConditionGrammar.find(words);
    assertThat(ConditionGrammar.find(words)).isEqualTo(all);
    int from = 0;
    for (ConditionGrammar.Found found : all) {
      assertThat(found.start()).isGreaterThanOrEqualTo(from);
      assertThat(found.end()).isGreaterThan(found.start()).isLessThanOrEqualTo(words.length());
      assertThat(found.condition().metric()).isNotBlank();
      from = found.end();
    }
  }
}
