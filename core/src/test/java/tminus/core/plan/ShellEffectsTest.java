package tminus.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tminus.core.Limits;

/// Reads `shell-effects.txt`: commands, and whether they only look.
class ShellEffectsTest {

  @TestFactory
  Stream<DynamicTest> eachLineOfTheTable() throws IOException {
    return table()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("# "))
        .map(line -> {
          String[] cells = line.split(" +", 2);
          return DynamicTest.dynamicTest(
              line,
              () ->
                  assertThat(ShellEffects.onlyLooks(cells[1].replace('⏎', '\n')))
                      .isEqualTo(cells[0].equals("looks")));
        });
  }

  private static String table() throws IOException {
    try (InputStream in = ShellEffectsTest.class.getResourceAsStream("shell-effects.txt")) {
      return new String(
          Objects.requireNonNull(in, "shell-effects.txt").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whateverIsWrittenIsJudgedAndInTime() {
    List<String> pieces =
        List.of(
            "$(",
            "${",
            "`",
            "((",
            "\"",
            "'",
            "<<E\n",
            "[[ ",
            "sed '",
            "p ",
            "\\",
            "( ",
            "$((",
            "<(",
            "awk '",
            "-exec ",
            "{ ",
            "a=(",
            "psql -c \"SELECT ",
            "''",
            "kubectl exec -- ");
    for (String piece : pieces) {
      String long5 = piece.repeat(5_000);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            ShellEffects.onlyLooks(long5);
            ShellEffects.onlyLooks("echo " + long5 + " x");
            ShellEffects.onlyLooks("sed '" + long5 + "'");
          });
    }
  }

  @Test
  void substitutionsNestedDeeperThanTheLimitAreNotUnderstood() {
    assertThat(ShellWords.commands(nested(Limits.SHELL_NESTING_MAX))).isPresent();
    assertThat(ShellWords.commands(nested(Limits.SHELL_NESTING_MAX + 1))).isEmpty();
  }

  private static String nested(int levels) {
    return "echo $(".repeat(levels) + "date" + ")".repeat(levels);
  }
}
