package tminus.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// The targets with known inputs changed at random, the same way each time.
class MutatedInputsTest {

  private static final int CHANGED_DOCUMENTS = 250;
  private static final int CHANGED_WORDS = 8_000;
  private static final int CHANGED_SEEDS = 3;

  private static final String[] PIECES = {
    "\n",
    "\n\n",
    "  ",
    "\t",
    "# ",
    "- [ ] ",
    "1. ",
    "> ",
    "```\n",
    "____",
    "[A_B]",
    "**",
    "`",
    "<",
    ">",
    "[ ] GO [ ] NO-GO ",
    "|",
    "|-|\n",
    "10% traffic",
    "T-5 h ",
    "&#xD834;",
    "é",
    "🟢",
    "\u2028",
    "\r",
    "\"",
    "'",
    "\\",
    "(",
    ")",
    "{",
    "}",
    ":",
    "---\n",
    "0",
    "999999999999",
    " < 5% for 3 min",
    "Rollback ",
    "Expected: ",
    "p95 ",
    "PASS / FAIL",
    "wait 5 s",
    "null",
    "Sign-off: "
  };

  @Test
  void documents() throws IOException {
    List<String> texts = inputs("ReadingFuzzTestInputs/reading");
    Random random = new Random(11);
    for (int i = 0; i < CHANGED_DOCUMENTS; i++) {
      check(ReadingFuzzTest::check, mutated(texts, random));
    }
  }

  @Test
  void conditionsAndExpectations() throws IOException {
    List<String> conditions = inputs("ConditionFuzzTestInputs/condition");
    List<String> expectations = inputs("ExpectationFuzzTestInputs/expectation");
    Random random = new Random(12);
    for (int i = 0; i < CHANGED_WORDS; i++) {
      check(ConditionFuzzTest::check, mutated(conditions, random));
      check(ExpectationFuzzTest::check, mutated(expectations, random));
    }
  }

  @Test
  void events() throws IOException {
    List<String> events = inputs("EventFuzzTestInputs/event");
    Random random = new Random(13);
    for (int i = 0; i < CHANGED_WORDS; i++) {
      check(EventFuzzTest::check, mutated(events, random));
    }
  }

  @Test
  void realChecklists() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path seed : seeds()) {
      texts.add(Files.readString(seed));
    }
    Random random = new Random(14);
    texts.forEach(text -> check(ReadingFuzzTest::check, text));
    for (int i = 0; i < CHANGED_SEEDS; i++) {
      check(ReadingFuzzTest::check, mutated(texts, random));
    }
  }

  private static void check(Consumer<String> target, String input) {
    assertThatCode(() -> target.accept(input)).as(input).doesNotThrowAnyException();
  }

  /// The real checklists beside the repository, or beside a folder above it. Skips loudly where
  /// there are none.
  private static List<Path> seeds() throws IOException {
    Path folder = Path.of(System.getProperty("tminus.home", "")).toAbsolutePath();
    for (; folder != null; folder = folder.getParent()) {
      Path seeds = folder.resolveSibling("shared").resolve("seeds");
      if (Files.isDirectory(seeds)) {
        return files(seeds);
      }
    }
    throw new TestAbortedException(
        "SKIPPED: no folder ../shared/seeds beside the repository - the real checklists are NOT read");
  }

  private static List<String> inputs(String folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : files(Path.of("src/test/resources/tminus/fuzz").resolve(folder))) {
      texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /// One of the texts after some accidents: parts doubled, lost, moved, taken from another one,
  /// pieces put in.
  private static String mutated(List<String> texts, Random random) {
    StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
    for (int i = random.nextInt(8); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(40));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, text.substring(from, to));
        case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        case 3 -> {
          String other = texts.get(random.nextInt(texts.size()));
          int start = random.nextInt(other.length());
          text.insert(from, other, start, Math.min(other.length(), start + random.nextInt(200)));
        }
        default -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return Inputs.text(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
