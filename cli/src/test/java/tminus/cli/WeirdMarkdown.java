package tminus.cli;

import java.util.List;
import java.util.Random;

/// Markdown as nobody should write it, from a seed: nested lists, tables, quotes, fences, tabs, odd
/// line ends, characters outside the first plane, blanks and choices in all of them.
final class WeirdMarkdown {

  private static final List<String> INLINE =
      List.of(
          "plain words",
          "**Time:** ____ **Completed by:** ________",
          "Error rate: ____ % (target: <1%)",
          "____/3 items complete",
          "TOTAL: ____/9 items complete (Target: 9/9)",
          "**Result:** PASS/FAIL **Time:** ____",
          "`code ____ [X]`",
          "[VERSION] and v[VERSION], <pod-name>",
          "[TIME]",
          "🚀 𝕏𝕐 ключ a\u0301 \u202eleft\u202c",
          "**[ ] GO  [ ] NO-GO**",
          "✓ HEALTHY / ⚠ WARNINGS / ✗ ISSUES",
          "[ ] yes [ ] no [x] perhaps",
          "\\[ \\] \\____ [link](a_____b.md) ![i](x)",
          "**Sign-off:** ____ Date: ____",
          "<!-- [ ] ____ --> <b>x</b>",
          "__**____**__ ___both___",
          "Passed: ____ Failed: ____",
          "a|b ____ \\| c",
          "Date/Time: ____  ",
          "**Decided By:** ____ **Date/Time:** ____",
          "Shift 50 % of the traffic",
          "ends with a break \\");

  private static final List<String> BLOCKS =
      List.of(
          "```bash\n# label [VERSION]\necho [VERSION] <pod-name> ____\n# Expected: 200\n```",
          "~~~\nTime: ____ Note: ____\n~~~",
          "```\nSubject: [Title] ____\n\nbody [NAME]\n```",
          "| Time | Event | Status | Notes |\n|---|---|---|---|\n| [TIME] | Part one started | IN"
              + " PROGRESS | |\n| [TIME] | Deployment complete | SUCCESS | Total duration: ____ min |",
          "| a | b |\n|:--|--:|\n| ____ | [ ] x |\n| [VERSION] | - [ ] y |",
          "Setext ____\n===========",
          "Second [DATE]\n---",
          "***",
          // Alone in its paragraph: a line of underscores is a rule to Markdown, and what stands
          // right below it is another thing below words.
          "\n____\n",
          "<div>\n- [ ] in html ____\n</div>",
          "    indented - [ ] code ____",
          "[ref]: http://example.org/____\n[^1]: a note ____");

  private static final List<String> HEADS =
      List.of(
          "Part one",
          "Part two (3 items)",
          "Deployment (T+0 to T+10 min)",
          "Before (T-2 hours)",
          "Go/No-Go",
          "Rollback",
          "Summary",
          "Part one summary",
          "Appendix",
          "🔥 ____ [VERSION]",
          "Sign-off");

  private static final List<String> BULLETS =
      List.of(
          "- [ ] ", "* [ ] ", "+ [x] ", "1. [ ] ", "2) [ ] ", "- [X]\t", "-   [ ] ", "- ", "3. ");

  private final Random random;

  private WeirdMarkdown(Random random) {
    this.random = random;
  }

  /// A document.
  static String of(Random random) {
    return new WeirdMarkdown(random).document();
  }

  private String document() {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(8) == 0) {
      text.append("---\ntitle: x ____\n---\n");
    }
    int blocks = 4 + random.nextInt(24);
    for (int i = 0; i < blocks; i++) {
      String block = block();
      text.append(quoted(block));
      text.append(random.nextInt(3) == 0 ? "\n" : "\n\n");
    }
    if (random.nextInt(8) == 0) {
      text.append("```\nnever closed ____\n");
    }
    String all = text.toString();
    if (random.nextInt(4) == 0) {
      all = all.stripTrailing();
    }
    all = random.nextInt(3) == 0 ? all.replace("\n", "\r\n") : all;
    return random.nextInt(5) == 0 ? "\ufeff" + all : all;
  }

  private String quoted(String block) {
    return random.nextInt(8) == 0 ? "> " + block.replace("\n", "\n> ") : block;
  }

  private String block() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "#".repeat(1 + random.nextInt(4)) + " " + pick(HEADS);
      case 2 -> pick(BLOCKS);
      case 3 -> pick(INLINE) + "\n" + pick(INLINE);
      default -> list(0, 1 + random.nextInt(4));
    };
  }

  private String list(int depth, int entries) {
    StringBuilder list = new StringBuilder();
    String indent = random.nextInt(6) == 0 ? "\t".repeat(depth) : "   ".repeat(depth);
    for (int i = 0; i < entries; i++) {
      list.append(list.isEmpty() ? "" : "\n").append(indent).append(pick(BULLETS));
      list.append(random.nextInt(10) == 0 ? "" : pick(INLINE));
      if (random.nextInt(5) == 0) {
        list.append('\n').append(indent).append("  ").append(pick(INLINE));
      }
      if (random.nextInt(9) == 0) {
        list.append("\n\n").append((indent + "   ") + pick(BLOCKS).replace("\n", "\n   " + indent));
        list.append('\n');
      }
      if (depth < 3 && random.nextInt(4) == 0) {
        list.append('\n').append(list(depth + 1, 1 + random.nextInt(3)));
      }
    }
    return list.toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
