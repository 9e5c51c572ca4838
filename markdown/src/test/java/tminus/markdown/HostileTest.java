package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tminus.core.checklist.Checklist;

/// Nobody writes these. They must cost no more than their length, and never fail.
class HostileTest {

  private static final int MANY = 20_000;
  private static final int LONG = 1_000_000;

  /// What documents are made of, and what could be taken for it.
  private static final String[] PIECES = {
    "# ",
    "- [ ] ",
    "* [x] ",
    "1. ",
    "```sh\n",
    "```\n",
    "\n",
    "\n\n",
    "> ",
    "  ",
    "\t",
    "____",
    "[A_B]",
    "**",
    "`",
    "<!--",
    "-->",
    "<b>",
    "|",
    "|-|\n",
    "T-5 h",
    "10% traffic",
    "Expected: ",
    "# ",
    "'",
    "\"",
    "\\",
    "\r\n",
    "x: ",
    "PASS/FAIL",
    "[ ] GO ",
    "wait 5 s ",
    "p95 < 3 ms ",
    "(",
    ")",
    "é",
    "🟢",
    "word ",
    "Rollback Trigger: ",
    "Sign-off",
    "cat <<E\n",
    "&lt;",
    "---\n",
    "[a](b)",
    "[r]: c\n",
    "$ ",
    "&nbsp;",
    "_",
    "*",
    "~~",
    "!",
    "[",
    "]",
    "İ",
    "\u2028",
    "✓ A / ✗ B",
    "approval from ",
    "<pod>",
    "(if x)",
    "**Step 1**\n",
    "error rate "
  };

  static Stream<Arguments> texts() {
    return Stream.of(
        text("nothing", ""),
        text("only blank lines", "\n".repeat(MANY)),
        text("nested brackets", "[".repeat(100_000) + "]".repeat(100_000)),
        text("open brackets", "[".repeat(5 * LONG)),
        text("links without an end", "[a](".repeat(LONG / 4)),
        text("links to long places", ("[a](" + "x".repeat(1_900)).repeat(2_000)),
        text("reference links", "[a][".repeat(LONG / 4)),
        text("one long line of words", "word ".repeat(LONG)),
        text("one long word", "w".repeat(LONG)),
        text("one long heading", "# " + "[x] ____ 5% ".repeat(LONG / 12)),
        text("one long item", "- [ ] " + "error rate < 1% ".repeat(LONG / 16)),
        text("stars", "*".repeat(LONG)),
        text("emphasis opened", "**a".repeat(LONG / 3)),
        text("emphasis closed", "a** ".repeat(LONG / 4)),
        text("blanks that could be emphasis", "____/".repeat(LONG / 5)),
        text("backticks of growing length", ticks()),
        text("angles", "<".repeat(LONG)),
        text("tags without an end", "<a ".repeat(LONG / 3)),
        text("comments without an end", "x <!-- ".repeat(LONG / 7)),
        text("entities without an end", "&amp".repeat(LONG / 4)),
        text("escapes", "\\".repeat(LONG)),
        text("percents", "10% → ".repeat(LONG / 6)),
        text("slashes", "Result: " + "PASS / ".repeat(LONG / 7)),
        text("colons", "A: ".repeat(LONG / 3)),
        text("parentheses", "(".repeat(LONG)),
        text("inline boxes", "[ ] GO ".repeat(LONG / 7)),
        text("lines that could be long", ("a " + "(if x ".repeat(3_000) + "\n\n").repeat(200)),
        text("durations", ("wait 1-2".repeat(2_000) + "\n\n").repeat(200)),
        text("quotes in quotes", ">".repeat(10_000) + " [ ] x"),
        text("lists in lists", "- ".repeat(10_000) + "[ ] x"),
        text("lists deeper and deeper", deeper("- [ ] x", 1_000)),
        text("quotes and lists on many lines", "> - > - > - [ ] x\n".repeat(MANY)),
        text("a fence without an end", "- [ ] x\n```bash\n" + "echo a\n".repeat(MANY)),
        text("loops without an end", "```sh\n" + "for x in y; do\n".repeat(MANY) + "```\n"),
        text("quotes without an end", "```sh\n" + "echo 'a\necho b\n".repeat(MANY) + "```\n"),
        text("heredocs without an end", "```sh\n" + "cat <<EOF\n".repeat(MANY) + "```\n"),
        text("comments in a script", "```sh\n" + "# x\n".repeat(MANY) + "true\n```\n"),
        text("expectations", "```sh\ntrue\n# Expected output:\n" + "# {\n".repeat(MANY) + "```\n"),
        text("one long command", "```sh\necho " + "[A] ".repeat(LONG / 4) + "\n```\n"),
        text("headings", "# Overview\n## Notes\n".repeat(MANY / 2)),
        text("items", "- [ ] Something is done\n".repeat(MANY)),
        text("wrapped lines", "word\n".repeat(MANY)),
        text("tables", "|a|b|\n|-|-|\n|____|[X]|\n\n".repeat(MANY / 4)),
        text("a wide table", "|a".repeat(10_000) + "|\n" + "|-".repeat(10_000) + "|\n"),
        text("link definitions", "[x]: y\n".repeat(MANY)),
        text("rules", "---\n".repeat(MANY)),
        text("front matter without an end", "---\na: b\n" + "c: d\n".repeat(MANY)),
        text("NULs", "\0- [ ] \0\n".repeat(1_000)),
        text("lone surrogates", "- [ ] \ud800 ____ \udc00\n# \ud83d\n".repeat(1_000)),
        text("tabs", "-\t[ ]\tx\n\t-\t[ ]\ty\n\t\t```sh\n\t\ttrue\n\t\t```\n".repeat(1_000)),
        text("carriage returns", "- [ ] x\r- [ ] y\r\r# z\r".repeat(1_000)),
        text("remarks before a blank", "a (b)".repeat(900) + "(____"),
        text("bold lines", "**a**\n".repeat(5 * MANY)),
        text("bold labels", ("**a:** ____ ".repeat(400) + "\n\n").repeat(100)),
        text("parentheses before a blank", ("(".repeat(4_900) + "____\n\n").repeat(100)),
        text(
            "huge numbers",
            "# T-999999 months to T+999999 h (999999999 minutes)\n- [ ] wait 999999 weeks\n"));
  }

  private static Arguments text(String name, String text) {
    return Arguments.argumentSet(name, text);
  }

  private static String ticks() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < 5_000; i++) {
      text.append("`".repeat(i)).append(' ');
    }
    return text.toString();
  }

  private static String deeper(String line, int times) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < times; i++) {
      text.append("  ".repeat(i)).append(line).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void readsAnyTextInTimeLinearInItsLength(String text) {
    Checklist checklist = MarkdownReader.read("hostile.md", text);
    assertThat(checklist.root().span().in(text)).isEqualTo(text);
    Spans.check(checklist, text);
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void readsALongDocument() {
    String part =
        """
        ## Phase (T+5 to T+25 min)

        - [ ] **Error rate stable (< 1%)**: ____ [VERSION]
          - [ ] p95 latency < 500 ms for 5 min (`curl x`)

        ```bash
        # Shift 25% traffic to the new one
        curl -s https://[HOST]/health | jq .status
        # Expected: "ok"
        ```

        """;
    String text = part.repeat(2_000_000 / part.length());
    Checklist checklist = MarkdownReader.read("long.md", text);
    assertThat(checklist.items()).hasSize(2 * (2_000_000 / part.length()));
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void readsWhateverOneThrowsAtIt() {
    Random random = new Random(20_261_101);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(60); k >= 0; k--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      Spans.check(MarkdownReader.read("random.md", text.toString()), text.toString());
    }
  }

  @Test
  void saysWhatIsWrongWithBytesThatAreNoText() {
    assertThatThrownBy(() -> MarkdownReader.read("a.md", new byte[] {'#', ' ', (byte) 0xff, 'x'}))
        .isInstanceOf(NotTextException.class)
        .hasMessage("a.md: byte 2 is no UTF-8 (0xff) - give a Markdown file, saved as UTF-8");
    assertThatThrownBy(() -> MarkdownReader.read("a.md", new byte[] {'#', (byte) 0xc3}))
        .isInstanceOf(NotTextException.class)
        .hasMessage("a.md: byte 1 is no UTF-8 (0xc3) - give a Markdown file, saved as UTF-8");
    assertThatThrownBy(() -> MarkdownReader.read("a.png", new byte[] {'P', 'N', 0, 'G'}))
        .isInstanceOf(NotTextException.class)
        .hasMessage("a.png: character 2 is NUL, so this is no text - give a Markdown file");
  }

  @Test
  void keepsEveryByteOfWhatItReads() {
    List<String> texts =
        new ArrayList<>(List.of("\ufeff# A\r\n- [ ] b\r\n", "# A\r- [ ] ü 🟢\r", "x"));
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(MarkdownReader.text("a.md", bytes).getBytes(StandardCharsets.UTF_8))
          .isEqualTo(bytes);
    }
  }
}
