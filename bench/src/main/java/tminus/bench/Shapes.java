package tminus.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Documents of any length: what teams write, and what nobody writes and a parser might choke on.
final class Shapes {

  @SuppressWarnings("InlineFormatString") // it is long, and read apart from its use
  private static final String PHASE =
      """
      ## %d. Bake the bread (T+5 to T+25 min)

      **Responsible:** Baker on duty
      **Sign-off:** ____________

      - [ ] **Oven %d holds its heat (< 1%%)**: ____ [VERSION]
        - [ ] p95 latency < 500 ms for 5 min, throughput >= 20 RPS (target: < 400 ms)
        - [x] `oven.yaml` agrees with [the plan](https://bakery.example/plan)
      - [ ] Shift 25%% traffic to the new ovens, then wait 5 minutes
      - The dough rests meanwhile. Nobody opens the door, since the heat would go, and the loaves of
        the night before are still on their way to the shops.

      ```bash
      # Is oven %d healthy?
      curl -fsS https://[HOST]/health | jq .status
      # Expected: "ok"

      # Shift the orders
      kubectl -n bakery set image deployment/oven-%d oven=registry.example/oven:[VERSION]
      kubectl -n bakery rollout status deployment/oven-%d --timeout=5m
      ```

      **Decision: [ ] GO  [ ] NO-GO**

      | Time | Event | Status |
      |------|-------|--------|
      | ____ | begun | [ ] OK [ ] NOT OK |

      **Rollback Trigger:** If error rate > 5%% for 2 min

      ```sh
      kubectl -n bakery rollout undo deployment/oven-%d
      ```

      """;

  private Shapes() {}

  /// By name: makes a document of about so many characters.
  static Map<String, IntFunction<String>> all() {
    Map<String, IntFunction<String>> shapes = new LinkedHashMap<>();
    shapes.put("checklist", Shapes::checklist);
    shapes.put("one line of words", repeated("", "word "));
    shapes.put("one line of boxes", repeated("", "[ ] GO "));
    shapes.put("one line of conditions", repeated("- [ ] ", "error rate < 1% "));
    shapes.put("one line of breaks", repeated("", "see [a](b) ____<br>"));
    shapes.put("one list", repeated("", "- [ ] The bread is baked\n"));
    shapes.put("one list of fields", repeated("", "- Bread: ____ of [TOTAL]\n"));
    shapes.put("one list of roles", repeated("", "- Bread: ____ **Responsible:** Baker %d\n"));
    shapes.put("one list of go and no-go", repeated("", "- [ ] GO\n- [ ] NO-GO\n"));
    shapes.put("nested quotes", repeated("", "> ".repeat(500) + "- [ ] x\n"));
    shapes.put("nested lists", size -> nested(size));
    shapes.put("headings", repeated("", "# A\n## B\n### C\n#### D %d\n"));
    shapes.put("bold headings", repeated("", "**Step %d: bake**\n\n"));
    shapes.put("tables", repeated("", "|a|b|\n|-|-|\n|____|[X]|\n\n"));
    shapes.put("one table", repeated("|a|b|\n|-|-|\n", "|____|[X]|\n"));
    shapes.put("a wide table", Shapes::wide);
    shapes.put(
        "tables of short rows",
        repeated(
            "", "|a".repeat(700) + "|\n" + "|-".repeat(700) + "|\n" + "|\n".repeat(1_400) + "\n"));
    shapes.put("unclosed fences", repeated("", "- [ ] x\n  ```sh\n  echo a\n\n"));
    shapes.put("a fence without an end", repeated("```sh\n", "curl -f http://a/%d\n"));
    shapes.put("one paragraph of shell", repeated("```sh\n", "psql -f a%d.sql | tee -a log\n"));
    shapes.put("one command", repeated("```sh\necho ", "\"$(date)\" [A] | grep a "));
    shapes.put("one command of lines", repeated("```sh\necho ", "\"$(date)\" a:latest \\\n"));
    shapes.put("shell blocks", repeated("", "```sh\ncurl -s http://a/%d | grep b\n```\n\n"));
    shapes.put("heredocs", repeated("```sh\n", "cat <<EOF%d\n"));
    shapes.put("substitutions", repeated("```sh\n", "$("));
    shapes.put("expectations", repeated("```sh\n", "true\n# Expected: {\"a\": %d}\n"));
    shapes.put("open brackets", repeated("", "["));
    shapes.put("links", repeated("", "[a]("));
    shapes.put("stars", repeated("", "*"));
    shapes.put("emphasis", repeated("", "**a "));
    shapes.put("underscores", repeated("", "_"));
    shapes.put("blanks", repeated("", "____ "));
    shapes.put("backticks", Shapes::ticks);
    shapes.put("spaces", repeated("a", " "));
    shapes.put("blank lines", repeated("", "\n"));
    shapes.put("angles", repeated("", "<a "));
    shapes.put("comments", repeated("", "<!-- tminus: accept x because y -->\n"));
    shapes.put("open comments", repeated("", "x <!-- tminus: "));
    shapes.put("link definitions", repeated("", "[x%d]: y\n"));
    shapes.put("carriage returns", repeated("", "- [ ] see https://bakery.example/%d\r"));
    shapes.put("thresholds", repeated("", "- error rate %d < 1%%\n- latency > %d s\n"));
    shapes.put("metric", repeated("", "- error rate < 1%%\n- error rate < %d%%\n"));
    shapes.put("messages", repeated("", "```\nSubject: bread %d\n\nIt is [TIME].\n```\n\n"));
    return shapes;
  }

  private static String checklist(int size) {
    StringBuilder text = new StringBuilder(size + 2_000).append("# The bakery's release\n\n");
    for (int i = 1; text.length() < size; i++) {
      text.append(PHASE.formatted(i, i, i, i, i, i));
    }
    return text.toString();
  }

  private static IntFunction<String> repeated(String before, String piece) {
    boolean counted = piece.contains("%d");
    return size -> {
      StringBuilder text = new StringBuilder(size + piece.length()).append(before);
      for (int i = 1; text.length() < size; i++) {
        String number = counted ? String.valueOf(i) : "";
        text.append(counted ? piece.replace("%d", number).replace("%%", "%") : piece);
      }
      return text.toString();
    };
  }

  /// Lists in lists, each a level deeper, a hundred levels at a time.
  private static String nested(int size) {
    StringBuilder text = new StringBuilder(size + 200);
    for (int i = 0; text.length() < size; i = (i + 1) % 100) {
      text.append("  ".repeat(i)).append("- [ ] x\n");
    }
    return text.toString();
  }

  private static String wide(int size) {
    int columns = size / 8;
    return "|a__".repeat(columns) + "|\n" + "|---".repeat(columns) + "|\n";
  }

  /// Runs of backticks, each longer than the one before.
  private static String ticks(int size) {
    StringBuilder text = new StringBuilder(size + 2_000);
    for (int i = 1; text.length() < size; i++) {
      text.append("`".repeat(i)).append(' ');
    }
    return text.toString();
  }
}
