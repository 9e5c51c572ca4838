package tminus.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import tminus.server.SampleRun;

class RunReportTest {

  private static final String HOSTILE =
      "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>"
          + "${7*7} @if \"'&amp; \u001b[31mred\u001b[0m\u001b[2J \u0000\u0007\u0085 \u202egnp.exe \ud800 \uffff";

  private static String html(SampleRun run) {
    return RunReport.html(run.view(), "# Shop\n\n- [x] Done\n", true);
  }

  private static SampleRun run(String name) {
    return switch (name) {
      case "rolled back" -> SampleRun.rolledBack();
      case "succeeded" -> SampleRun.succeeded();
      case "waiting" -> SampleRun.waiting();
      case "no-go" -> SampleRun.noGo();
      case "overruled" -> SampleRun.overruled();
      case "empty" -> SampleRun.empty();
      case "large" -> SampleRun.large(400);
      case "hostile" -> SampleRun.hostile(HOSTILE);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Document parse(String html) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> attributes(Document page, String attribute) {
    return elements(page, "*").stream()
        .filter(element -> element.hasAttribute(attribute))
        .map(element -> element.getAttribute(attribute))
        .toList();
  }

  /// What a reader sees of the elements of a class, white space folded.
  private static List<String> texts(Document page, String name, String style) {
    return elements(page, name).stream()
        .filter(element -> List.of(element.getAttribute("class").split(" ")).contains(style))
        .map(element -> element.getTextContent().replaceAll("\\s+", " ").strip())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolled back",
        "succeeded",
        "waiting",
        "no-go",
        "overruled",
        "empty",
        "large",
        "hostile"
      })
  void theReportIsOneWellFormedPageThatNeedsNothingElse(String name) {
    String html = html(run(name));
    Document page = parse(html);
    List<String> ids = attributes(page, "id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(attributes(page, "href"))
        .allSatisfy(link -> assertThat(link).startsWith("#"))
        .allSatisfy(link -> assertThat(ids).contains(link.substring(1)));
    assertThat(attributes(page, "aria-labelledby"))
        .allSatisfy(names -> assertThat(ids).contains(names.split(" ")));
    assertThat(attributes(page, "src")).isEmpty();
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "link")).isEmpty();
    assertThat(elements(page, "style").getFirst().getTextContent()).doesNotContain("url(");
    assertThat(html(run(name))).as("the same run, the same page").isEqualTo(html);
  }

  @Test
  void whatDocumentsAndCommandsSayIsShownAndNeverActedOn() {
    String html = RunReport.html(SampleRun.hostile(HOSTILE).view(), HOSTILE, true);
    Document page = parse(html);
    assertThat(elements(page, "img")).isEmpty();
    for (Element element : elements(page, "*")) {
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        assertThat(attributes.item(i).getNodeName()).doesNotStartWith("on");
      }
    }
    assertThat(page.getDocumentElement().getTextContent())
        .contains(
            "</script><script>alert(1)</script><img src=x onerror=alert(1)>${7*7} @if \"'&amp;")
        .doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]|\\p{Cs}|[\\u202a-\\u202e\\uffff]");
    assertThat(texts(page, "pre", "output").getFirst())
        .as("colours are left out, what else was printed is not")
        .contains("\"'&amp; red\u241b[2J \u2400\u2407\ufffd \ufffdgnp.exe \ufffd \ufffd");
  }

  @Test
  void theHeadSaysWhatHappenedToWhatWhenAndByWhom() {
    Document page = parse(html(SampleRun.rolledBack()));
    assertThat(elements(page, "title").getFirst().getTextContent())
        .isEqualTo("Rolled back: Shop: production deployment, run 20261120-235830-k3f9");
    assertThat(texts(page, "p", "result"))
        .containsExactly("✗ Rolled back error rate is 8.1 %, and the limit is > 5 %");
    assertThat(texts(page, "dl", "facts").getFirst())
        .contains("20261120-235830-k3f9")
        .contains("20 November 2026, 23:58:30 UTC")
        .contains("21 November 2026, 00:04:25 UTC")
        .contains("5 min 56 s")
        .contains("Started byAda Byron")
        .contains("blue was stable with v2.0.3, green took the candidate")
        .contains(SampleRun.DIGEST)
        .contains(SampleRun.HASH)
        .contains("160 entries, and the hash chain holds");
    assertThat(elements(page, "footer").getFirst().getTextContent())
        .contains("tminus verify 20261120-235830-k3f9");
  }

  @Test
  void aBrokenChainIsTheFirstThingSaid() {
    String html = RunReport.html(SampleRun.noGo().view(), "", false);
    assertThat(texts(parse(html), "p", "alert"))
        .containsExactly(
            "✗ The journal’s hash chain is broken. What follows may not be what happened.");
    assertThat(html)
        .contains("26 entries, and the HASH CHAIN IS BROKEN")
        .doesNotContain("chain holds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          succeeded | ! Succeeded, with 2 steps skipped or waived
          waiting   | ? Waiting for a person gate: go or no-go?
          no-go     | ✗ No-go Go / No-Go
          empty     | · Still running
          large     | ✓ Succeeded
          """)
  void theResultIsInWords(String name, String words) {
    assertThat(texts(parse(html(run(name))), "p", "result")).containsExactly(words);
  }

  @Test
  void nothingIsSilentlyLeftOut() {
    Document page = parse(html(SampleRun.rolledBack()));
    assertThat(texts(page, "ul", "counts"))
        .containsExactly("10 done 1 skipped 1 waived 1 failed 2 not reached");
    assertThat(texts(page, "li", "caution"))
        .anyMatch(text ->
            text.contains("v2.1.0 ran in staging for a night: skipped by Ada Byron")
                && text.contains("staging was down; agreed with the release manager"))
        .anyMatch(text ->
            text.contains("notice if it gets slower: waived by Grace Hopper")
                && text.contains("0.28 s is good enough tonight"));
    assertThat(html(SampleRun.large(3))).contains("<p>No step was.</p>");
  }

  @Test
  void aFailureThatAPersonDeclaredDoneIsToldAsSuch() {
    assertThat(texts(parse(html(SampleRun.overruled())), "li", "caution"))
        .anyMatch(text ->
            text.contains("The shop is healthy: failed, and declared done by Ada Byron")
                && text.contains("line 88: exit 7"));
  }

  @Test
  void gatesAndPeopleAreNamed() {
    Document page = parse(html(SampleRun.noGo()));
    assertThat(texts(page, "li", "bad"))
        .anyMatch(text ->
            text.startsWith("✗ Go / No-Go: NO-GO by Grace Hopper 00:02:09 +03:39")
                && text.endsWith("Decision authority: Release Manager"));
    assertThat(texts(page, "details", "person"))
        .anyMatch(text ->
            text.startsWith(
                "Grace Hopper said go or no-go at 1 gate, signed or declared done 2 steps, went on without 1 step"));
  }

  @Test
  void theTimelineTellsTheWayBackInOrder() {
    List<String> lines =
        texts(parse(html(SampleRun.rolledBack())), "li", "entry").stream()
            .filter(line -> line.contains("+05:32"))
            .toList();
    assertThat(lines)
        .containsExactly(
            "✗00:04:02 +05:32 TRIGGER error rate is 8.1 %, and the limit is > 5 %"
                + " (line 180: Error rate > 5 % for 30 seconds)",
            "✗00:04:02 +05:32 ROLLBACK started",
            "✓00:04:02 +05:32 undo: all traffic back to the stable version: done"
                + " (blue has 100 %, green has 0 %)");
  }

  @Test
  void whatIsOneThingToAReaderIsOneLineAndALongWaitIsTwo() {
    List<String> lines = texts(parse(html(SampleRun.waiting())), "li", "entry");
    assertThat(lines)
        .filteredOn(line -> line.contains("Everything in v2.1.0 was reviewed"))
        .as("among what she did, and in the timeline")
        .containsExactly(
            "✓23:58:45 +00:15 Everything in v2.1.0 was reviewed: done",
            "✓23:58:45 +00:15 Everything in v2.1.0 was reviewed: done by Ada Byron");
    assertThat(lines)
        .anyMatch(line -> line.contains("Last night’s backup") && line.contains("waits for"))
        .anyMatch(line -> line.contains("done by Grace Hopper (Backup = nightly-1120; VERIFIED)"))
        .anyMatch(line -> line.contains("Go / No-Go: waits for Release Manager"));
  }

  @Test
  void theDocumentsOwnValuesStandInTheHeadAndTheOthersBehind() {
    Document page = parse(html(SampleRun.noGo()));
    assertThat(texts(page, "dl", "facts").getFirst())
        .contains("VERSIONv2.1.0")
        .doesNotContain("8080");
    assertThat(texts(page, "details", "values")).first().asString().contains("PORT8080");
  }

  @Test
  void everyAttemptKeepsItsEvidenceAndFailuresAreOpen() {
    Document page = parse(html(SampleRun.succeeded()));
    Element quick =
        elements(page, "article").stream()
            .filter(card -> card.getAttribute("id").equals("step-quick"))
            .findFirst()
            .orElseThrow();
    assertThat(quick.getTextContent())
        .contains("attempt 1: FAILED (line 93: 0.31 is not < 0.25)")
        .contains("0.31\n")
        .contains("attempt 2: FAILED (line 93: 0.28 is not < 0.25)")
        .contains("NOT MET (exit 1)");
    NodeList evidence = quick.getElementsByTagName("details");
    assertThat(evidence.getLength()).isEqualTo(2);
    assertThat(((Element) evidence.item(0)).getAttribute("open")).isEqualTo("open");
  }

  @Test
  void workThatWasTakenBackIsNotToldAsDone() {
    Document page = parse(html(SampleRun.rolledBack()));
    assertThat(texts(page, "article", "caution"))
        .anyMatch(text -> text.contains("Shift 50 % of the traffic done, then taken back"))
        .anyMatch(text ->
            text.contains("Put v2.1.0 into the idle slot done, then taken back")
                && text.contains("undo, attempt 1: retire the candidate slot: done"));
  }

  @Test
  void aLargeRunShowsEveryStep() {
    assertThat(elements(parse(html(SampleRun.large(400))), "article")).hasSize(400);
  }

  @Test
  void aRunThatMovedNoTrafficHasNoChart() {
    assertThat(elements(parse(html(SampleRun.noGo())), "svg")).isEmpty();
    assertThat(elements(parse(html(SampleRun.succeeded())), "svg")).hasSize(2);
  }

  /// WCAG 2.2, 1.4.3: 4.5 to 1 for text. The formulas are its definitions of contrast ratio and
  /// relative luminance.
  @Test
  void allWordsHaveEnoughContrastInLightAndDark() {
    Matcher palettes =
        Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL).matcher(html(run("empty")));
    int found = 0;
    while (palettes.find()) {
      found++;
      Map<String, Double> luminance = new HashMap<>();
      Matcher colour = Pattern.compile("--([a-z-]+): #([0-9a-f]+);").matcher(palettes.group(1));
      while (colour.find()) {
        luminance.put(colour.group(1), luminance(colour.group(2)));
      }
      for (String field : List.of("paper", "field", "bad-field", "caution-field")) {
        for (String ink :
            List.of(
                "ink", "quiet", "link", "good", "bad", "caution", "asks", "stable", "candidate")) {
          double a = luminance.getOrDefault(field, Double.NaN) + 0.05;
          double b = luminance.getOrDefault(ink, Double.NaN) + 0.05;
          assertThat(Math.max(a, b) / Math.min(a, b)).as(ink + " on " + field).isGreaterThan(4.5);
        }
      }
    }
    assertThat(found).isEqualTo(2);
  }

  private static double luminance(String hex) {
    String six = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
