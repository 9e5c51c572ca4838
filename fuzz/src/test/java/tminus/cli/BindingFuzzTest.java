package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.markdown.MarkdownReader;

/// Any text is a binding, or there are problems with it, each with its place.
class BindingFuzzTest {

  private static final String CHECKLIST =
      """
      # Release [VERSION]

      ## Deployment

      - [ ] Deploy to green
      - [ ] Shift 50% traffic
      - [ ] Wait 5 minutes
      - [ ] Retire blue

      ```sh
      curl -f http://[HOST]/health
      ```
      """;

  private static final Pattern PLACE = Pattern.compile("(?m)^tminus\\.yaml:(\\d+):\\d+: ");

  @FuzzTest
  void binding(byte[] bytes) {
    check(new String(bytes, StandardCharsets.UTF_8));
  }

  static void check(String yaml) {
    Problems problems = new Problems();
    Written written = new BindingReader(yaml(yaml, problems)).read();
    String front = "---\n" + yaml + "\n---\n" + CHECKLIST;
    fences(yaml);
    InDocument.frontMatter(new Document("fuzz.md", Path.of("fuzz.md"), front), new Problems());
    Checklist checklist = MarkdownReader.read("fuzz.md", CHECKLIST);
    BindingFile bound = new BindingFile(Optional.of(Path.of("tminus.yaml")), written, Map.of());
    Map<String, String> parameters = bound.values();
    Binding binding = bound.planning(parameters, bound.pace());
    Plan plan = Planner.plan(checklist, binding);
    new BindingCheck(checklist, bound, problems)
        .check(plan, Planner.whole(checklist, binding), parameters, Set.of());
    places(problems, yaml);
  }

  private static YamlText yaml(String text, Problems problems) {
    return new YamlText(text, new Place("tminus.yaml", 1, 1), problems);
  }

  /// The same under an item.
  private static void fences(String yaml) {
    new BindingReader(yaml(yaml, new Problems())).readStep();
    String text = "- [ ] Deploy\n\n  ```tminus\n" + yaml.indent(2) + "  ```\n";
    Document document = new Document("fuzz.md", Path.of("fuzz.md"), text);
    Checklist checklist = MarkdownReader.read("fuzz.md", text);
    InDocument.over(BindingFile.NONE, document, checklist, new Problems());
  }

  /// A problem stands in the text it is about.
  private static void places(Problems problems, String yaml) {
    if (problems.isEmpty()) {
      return;
    }
    // Other characters than LF end a line for YAML, too.
    int lines = 1 + (int) yaml.chars().filter(c -> c < ' ' || c > '~').count();
    assertThatThrownBy(problems::check)
        .isInstanceOf(UsageException.class)
        .satisfies(e -> {
          Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
          while (place.find()) {
            assertThat(Integer.parseInt(place.group(1))).isBetween(1, lines);
          }
        });
  }
}
