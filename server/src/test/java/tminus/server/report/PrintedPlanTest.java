package tminus.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Policy;
import tminus.core.plan.Step;
import tminus.markdown.MarkdownReader;
import tminus.server.Pdf;

class PrintedPlanTest {

  private static final String HASH =
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

  private static final String SMALL =
      """
      # Bakery: new oven

      ## Before (T-2 hours)

      **Responsible:** Head Baker

      - [ ] The dough of [VERSION] → rises ≥ 20 % ✓ ✗ ⚠ — ✅ 🚀 麦
        - [ ] The yeast is fresh
        - [ ] Loaves counted: ____
      - [ ] The oven is hot

        ```bash
        # Heat
        curl -fsS http://oven/[VERSION]/heat   # as hot as it gets
        # Expected: 200
        ```

      ### Status

      Oven status: ✓ HEALTHY / ✗ ISSUES

      ## Go / No-Go (T-10 minutes)

      **Decision Authority:** Owner

      **[ ] GO  [ ] NO-GO**

      ## Baking

      - [ ] Put it in
      - **Sign-off:** ____

      ## Rollback

      - Crust temperature > 300 for 2 minutes: roll back

      - [ ] Open the door
      - [ ] Sell yesterday's bread
      """;

  private static final Binding PEOPLE =
      new Binding(
          Map.of("OVEN", "no. 7"),
          Map.of(
              "head-baker", List.of("ada@example.com"), "apprentice", List.of("bob@example.com")),
          Map.of(),
          Map.of(),
          List.of(),
          false,
          1,
          Policy.NONE,
          Calendar.ALWAYS);

  private static Plan plan(String markdown, Binding binding) {
    return Planner.plan(MarkdownReader.read("docs/oven.md", markdown.getBytes(UTF_8)), binding);
  }

  private static String html(Plan plan) {
    return PrintedPlan.html(plan, HASH, PEOPLE);
  }

  private static Pdf pdf(Plan plan) {
    return Pdf.read(PrintedPlan.pdf(plan, HASH, html(plan)));
  }

  // ---- reading the page ------------------------------------------------------------------------

  private static List<Element> elements(String html, String name) {
    try {
      Document page =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(html.getBytes(UTF_8)));
      NodeList nodes = page.getElementsByTagName(name);
      List<Element> elements = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        elements.add((Element) nodes.item(i));
      }
      return elements;
    } catch (Exception e) {
      throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  private static List<Element> classed(String html, String style) {
    return elements(html, "*").stream()
        .filter(element -> List.of(element.getAttribute("class").split(" ")).contains(style))
        .toList();
  }

  private static List<String> texts(List<Element> elements) {
    return elements.stream()
        .map(element -> element.getTextContent().replaceAll("\\s+", " ").strip())
        .toList();
  }

  private static List<String> rows(String html, String section) {
    return elements(html, "section").stream()
        .filter(element -> element.getAttribute("aria-labelledby").equals(section))
        .flatMap(element -> {
          List<Element> rows = new ArrayList<>();
          NodeList nodes = element.getElementsByTagName("tr");
          for (int i = 0; i < nodes.getLength(); i++) {
            rows.add((Element) nodes.item(i));
          }
          return texts(rows).stream();
        })
        .toList();
  }

  private static List<String> attributes(String html, String attribute) {
    return elements(html, "*").stream()
        .filter(element -> element.hasAttribute(attribute))
        .map(element -> element.getAttribute(attribute))
        .toList();
  }

  private static long lines(String html, String number) {
    return within(html, number, "line");
  }

  private static long ticks(String html, String number) {
    return within(html, number, "tick");
  }

  /// How many elements of a class a step has.
  private static long within(String html, String number, String style) {
    return classed(html, style).stream()
        .filter(element -> {
          Node node = element;
          while (!(node instanceof Element above && above.getAttribute("id").startsWith("step-"))) {
            node = node.getParentNode();
            if (node == null) {
              return false;
            }
          }
          return ((Element) node).getAttribute("id").equals("step-" + number);
        })
        .count();
  }

  /// What a step says, by its number.
  private static String step(String html, String number) {
    return texts(
            classed(html, "step").stream()
                .filter(element -> element.getAttribute("id").equals("step-" + number))
                .toList())
        .getFirst();
  }

  // ---- the page --------------------------------------------------------------------------------

  @Test
  void everyStepHasABoxAndStandsAboveItsParts() {
    Plan plan = plan(SMALL, PEOPLE);
    String html = html(plan);
    List<String> numbers =
        texts(classed(html, "step")).stream()
            .map(s -> s.replaceAll("^.*? at (\\S+).*", "$1"))
            .toList();
    assertThat(numbers).startsWith("1", "2", "3", "4", "5");
    assertThat(classed(html, "box"))
        .as("one for each step, and one for the end")
        .hasSize(plan.steps().size() + plan.rollback().size() + 1);
    assertThat(step(html, "1")).contains("1 The dough of [VERSION] → rises ≥ 20 % ✓ ✗ ⚠ — ✅ 🚀 麦");
    assertThat(step(html, "2"))
        .contains("2 The yeast is fresh confirm · Head Baker (ada@example.com)");
    assertThat(texts(classed(html, "deep1"))).hasSize(2);
  }

  @Test
  void aStepHasItsCommandsWithWhatTheyMustAnswerAndLack() {
    assertThat(step(html(plan(SMALL, PEOPLE)), "4"))
        .contains("check: a command, which only looks")
        .contains("Heat curl -fsS http://oven/[VERSION]/heat # as hot as it gets expected: 200")
        .contains("needs a value for VERSION");
  }

  @Test
  void blanksAreLinesAndBothOutcomesOfAChoiceHaveABox() {
    String html = html(plan(SMALL, PEOPLE));
    assertThat(step(html, "3")).contains("Loaves counted:").doesNotContain("__");
    assertThat(lines(html, "3")).as("by, at, and the blank").isEqualTo(3);
    assertThat(step(html, "5")).contains("5 Oven status fill in").contains("HEALTHY ISSUES");
    assertThat(ticks(html, "5")).isEqualTo(2);
  }

  @Test
  void aGateStandsApartWithItsAuthority() {
    String html = html(plan(SMALL, PEOPLE));
    List<String> gates = texts(classed(html, "gate"));
    assertThat(gates).hasSize(2);
    assertThat(gates.getFirst())
        .contains("Gate: go or no-go 6 Go / No-Go (T-10 minutes)")
        .contains("GO NO-GO Because: Decides: Owner signature");
    assertThat(ticks(html, "6")).isEqualTo(2);
    assertThat(gates.getLast()).contains("succeeded rolled back no-go aborted");
  }

  @Test
  void theRollIsCalledByTheDocumentsRolesAndTheBindingsPeople() {
    assertThat(rows(html(plan(SMALL, PEOPLE)), "roll-call"))
        .containsExactly(
            "RoleHeld byNamePresent atSignature",
            "Head Bakerada@example.com",
            "Owner",
            "apprenticebob@example.com",
            "",
            "",
            "");
  }

  @Test
  void everySignOffAndEveryGateHasALineToSign() {
    assertThat(rows(html(plan(SMALL, PEOPLE)), "signatures"))
        .containsExactly(
            "StepWhat is signed or decidedBySignatureDay, time",
            "6Go / No-Go (T-10 minutes)Owner",
            "8Baking: Sign-off");
  }

  @Test
  void theHeadSaysWhichPlanItIsAndWhatIsMissing() {
    String html = html(plan(SMALL, PEOPLE));
    assertThat(texts(classed(html, "facts")).getFirst())
        .contains("docs/oven.md", HASH, plan(SMALL, PEOPLE).digest(), "OVENno. 7", "T-0");
    assertThat(rows(html, "missing")).containsExactly("VERSION");
    assertThat(html(plan("- [ ] One\n", PEOPLE))).doesNotContain("Without a value yet");
  }

  @Test
  void headingsSayWhenTheyAreDueUnlessTheyDoSoThemselves() {
    assertThat(texts(elements(html(plan(SMALL, PEOPLE)), "h3"))).contains("Status due T-2 h");
    assertThat(texts(elements(html(plan(SMALL, PEOPLE)), "h2"))).contains("Before (T-2 hours)");
  }

  @Test
  void whatWasDoneIsTakenBackLastFirst() throws IOException {
    String html = html(plan(shop(), new Binding(Map.of(), Map.of(), true, 1)));
    assertThat(html).contains("All traffic back to the stable version");
    assertThat(texts(classed(html, "triggers")).getFirst())
        .contains("measured: error rate > 5 % for 30 s", "people judge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "hostile", "empty", "deep", "shop"})
  void theCopyIsOneWellFormedPageThatNeedsNothingElse(String name) throws IOException {
    String html = html(plan(document(name), PEOPLE));
    List<String> ids = attributes(html, "id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(attributes(html, "href"))
        .allSatisfy(link -> assertThat(ids).contains(link.substring(1)));
    assertThat(attributes(html, "src")).isEmpty();
    assertThat(elements(html, "script")).isEmpty();
    assertThat(elements(html, "img")).isEmpty();
    assertThat(elements(html, "style").getFirst().getTextContent()).doesNotContain("url(");
    assertThat(html(plan(document(name), PEOPLE))).isEqualTo(html);
  }

  // ---- on paper --------------------------------------------------------------------------------

  @Test
  void thePdfIsTheSamePlanOnNumberedPages() {
    Pdf pdf = pdf(plan(SMALL, PEOPLE));
    for (int i = 0; i < pdf.words().size(); i++) {
      assertThat(pdf.words().get(i))
          .contains("Bakery: new oven plan " + HASH.substring(0, 12))
          .endsWith("page %d of %d".formatted(i + 1, pdf.words().size()))
          .contains("plan " + HASH);
    }
    assertThat(pdf.words().getFirst())
        .contains("Head Baker ada@example.com", "Owner", "apprentice bob@example.com");
    int signatures = pdf.page("What is signed or decided");
    assertThat(pdf.words().get(signatures - 1)).contains("6 Go / No-Go (T-10 minutes) Owner");
  }

  @Test
  void noCharacterIsLost() {
    Pdf pdf = pdf(plan(SMALL, PEOPLE));
    assertThat(pdf.all())
        .contains("→rises≥20%✓✗⚠—✔:rocket:‹U+9EA6›")
        .contains("standforcharactersthattheseprintedletterslack")
        .doesNotContain("✓✗#");
    assertThat(pdf(plan("- [ ] Plain words → here\n", PEOPLE)).all()).doesNotContain("letterslack");
  }

  @Test
  void theRollbackHasPagesOfItsOwn() {
    Pdf pdf = pdf(plan(SMALL, PEOPLE));
    int first = pdf.page("Tear off and keep at hand");
    assertThat(first).isEqualTo(pdf.pages().size());
    assertThat(pdf.words().get(first - 1))
        .contains("If it has to go back")
        .contains("Ordered by", "R1 Open the door", "R2 Sell yesterday's bread")
        .doesNotContain("End of the deployment", "Put it in");
    assertThat(pdf.page("Put it in")).isLessThan(first);
    assertThat(pdf.page("END OF THE DEPLOYMENT")).isLessThan(first);
  }

  @Test
  void noPageBreakGoesThroughAStepThatFitsOnAPage() {
    StringBuilder markdown = new StringBuilder("# Long\n\n## Part\n\n");
    for (int i = 100; i < 200; i++) {
      markdown.append("- [ ] Begin%d\n".formatted(i));
      for (int j = 0; j < i % 7; j++) {
        markdown.append("  - Middle%d %d\n".formatted(i, j));
      }
      markdown.append("  - Finish%d\n".formatted(i));
    }
    Pdf pdf = pdf(plan(markdown.toString(), PEOPLE));
    assertThat(pdf.pages()).hasSizeGreaterThan(8);
    for (int i = 100; i < 200; i++) {
      assertThat(pdf.page("Finish" + i)).as("step %d", i).isEqualTo(pdf.page("Begin" + i));
    }
  }

  @Test
  void theSamePlanGivesTheSameBytes() throws InterruptedException {
    Plan plan = plan(SMALL, PEOPLE);
    byte[] first = PrintedPlan.pdf(plan, HASH, html(plan));
    assertThat(PrintedPlan.pdf(plan, HASH, html(plan))).isEqualTo(first);
    assertThat(new String(first, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("CreationDate", "ModDate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile", "deep", "empty"})
  @Timeout(60)
  void whateverADocumentSaysIsPrintedAndNeverActedOn(String name) throws IOException {
    Plan plan = plan(document(name), PEOPLE);
    Pdf pdf = pdf(plan);
    for (Step step : plan.steps()) {
      assertThat(pdf.all()).contains("line" + step.line());
    }
    if (name.equals("hostile")) {
      assertThat(pdf.all())
          .contains("<script>alert(1)</script><imgsrc=xonerror=alert(1)>${7*7}@if\"'&amp;")
          .contains("x".repeat(2000))
          .contains("y".repeat(2000))
          .contains("‹escape›[31mred‹bell›");
    }
  }

  @Test
  @Timeout(60)
  void anEndlessWordIsPrintedInTime() {
    String token = "z".repeat(200_000);
    Pdf pdf = pdf(plan("- [ ] a\n\n  ```bash\n  echo %s\n  ```\n".formatted(token), PEOPLE));
    assertThat(pdf.all().chars().filter(letter -> letter == 'z').count())
        .isGreaterThanOrEqualTo(token.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  @Timeout(120)
  void everyStepOfTheRealChecklistsIsOnPaper(int number) throws IOException {
    String text = number == 5 ? shop() : seed(number);
    Plan plan = plan(text, new Binding(Map.of(), Map.of(), number == 5, 1));
    String html = html(plan);
    Pdf pdf = pdf(plan);
    List<Step> steps = Stream.concat(plan.steps().stream(), plan.rollback().stream()).toList();
    List<Element> titles =
        classed(html, "title").stream()
            .filter(title -> !((Element) title.getParentNode()).getAttribute("id").isEmpty())
            .toList();
    assertThat(titles).hasSize(steps.size());
    Set<String> lines = new HashSet<>();
    for (String title : texts(titles)) {
      assertThat(pdf.all()).contains(printed(title));
      lines.add(title.replaceAll(".* line (\\d+)$", "$1"));
    }
    for (Step step : steps) {
      assertThat(lines).contains(Integer.toString(step.line()));
      step.roles()
          .forEach(role -> assertThat(pdf.words().getFirst() + pdf.words().get(1)).contains(role));
    }
    plan.triggers().forEach(trigger -> assertThat(pdf.all()).contains(printed(trigger.text())));
    assertThat(pdf.words().getLast()).doesNotContain("END OF THE DEPLOYMENT");
  }

  // ---- documents -------------------------------------------------------------------------------

  private static String printed(String text) {
    return text.replaceAll("\\s+|\ufe0f", "").replace("✅", "✔").replace("❌", "✘");
  }

  private static String document(String name) throws IOException {
    return switch (name) {
      case "small" -> SMALL;
      case "empty" -> "";
      case "shop" -> shop();
      case "deep" -> deep();
      case "hostile" -> hostile();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String hostile() {
    String evil =
        "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)> ${7*7} @if \"'&amp; \u001b[31mred\u0007 \u202egnp.exe \ufffe";
    return """
    # %1$s %2$s

    ## %1$s

    - [ ] a

      ```bash
      # %1$s
      echo '%3$s' %4$s
      # Expected: %1$s
      ```
    - [ ] `%1$s%5$s`
      - **Sign-off:** ____

    **[ ] GO `%1$s` [ ] NO-GO**
    """
        .formatted(
            evil, "t".repeat(2000), evil.replace("'", ""), "x".repeat(2000), "y".repeat(2000));
  }

  private static String deep() {
    StringBuilder deep = new StringBuilder("# Deep\n\n");
    for (int i = 0; i < 60; i++) {
      deep.append("  ".repeat(i)).append("- [ ] Level ").append(i).append('\n');
    }
    return deep.toString();
  }

  private static String shop() throws IOException {
    return Files.readString(
        above().resolve("examples").resolve("shop").resolve("PRODUCTION_DEPLOYMENT.md"));
  }

  /// The repository's folder.
  private static Path above() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples").resolve("shop"))) {
      folder = folder.resolve("..").normalize();
    }
    return folder;
  }

  /// One of five real checklists that lie beside the repository on some machines.
  private static String seed(int number) throws IOException {
    Path folder = above();
    while (folder != null && !Files.isDirectory(folder.resolveSibling("shared").resolve("seeds"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      return abort("SKIPPED: the real checklists (../shared/seeds) are not there: NOT tested");
    }
    Path seeds = folder.resolveSibling("shared").resolve("seeds");
    try (Stream<Path> files = Files.list(seeds)) {
      return Files.readString(files.sorted().skip(number).findFirst().orElseThrow());
    }
  }
}
