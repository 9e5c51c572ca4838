package tminus.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tminus.core.traffic.Slot;

/// Reads `transitions.txt`: which events follow from a command, and what they change.
class TransitionsTest {

  private static final Optional<Event.Slots> SLOTS =
      Optional.of(new Event.Slots(new Slot("blue"), new Slot("green"), "v1"));

  private record Block(String name, int line, List<String> lines) {}

  @TestFactory
  Stream<DynamicTest> eachBlockOfTheTable() throws IOException {
    return blocks().stream()
        .map(block ->
            DynamicTest.dynamicTest(
                "%s (transitions.txt:%d)".formatted(block.name(), block.line()),
                () -> assertThat(played(block)).isEqualTo(String.join("\n", block.lines()))));
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    int number = 0;
    for (String line : table().lines().toList()) {
      number++;
      if (line.startsWith("== ")) {
        blocks.add(new Block(line.substring(3), number, new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        blocks.getLast().lines().add(line.strip().replaceAll(" +", " "));
      }
    }
    return blocks;
  }

  private static String table() throws IOException {
    try (InputStream in = TransitionsTest.class.getResourceAsStream("transitions.txt")) {
      return new String(
          Objects.requireNonNull(in, "transitions.txt").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The block as it would have to stand in the table.
  private static String played(Block block) {
    List<String> played = new ArrayList<>();
    String plan = "";
    String rollback = "";
    List<String> triggers = new ArrayList<>();
    Event.CommandPolicy policy = Event.CommandPolicy.RUN;
    Map<String, String> rules = new HashMap<>();
    Optional<Transcript> transcript = Optional.empty();
    for (String line : block.lines()) {
      String[] named = line.split(": ", 2);
      switch (named[0]) {
        case "plan" -> plan = named[1];
        case "rollback" -> rollback = named[1];
        case "trigger" -> triggers.add(named[1]);
        case "people",
            "gate",
            "zero",
            "freeze",
            "no-return",
            "optional",
            "rollback-authority",
            "modes",
            "phases" ->
            rules.put(named[0], named[1]);
        case "commands" -> policy = Event.CommandPolicy.valueOf(named[1].toUpperCase(Locale.ROOT));
        default -> {
          if (transcript.isEmpty()) {
            var whole =
                PlanNotation.plan(PlanNotation.steps(plan), PlanNotation.steps(rollback), triggers);
            transcript =
                Optional.of(
                    new Transcript(
                        new RunCommand.Start(
                            RuleNotation.with(whole, rules),
                            "cafe",
                            policy,
                            SLOTS,
                            RuleNotation.zero(rules))));
          }
          if (named[0].equals("given")) {
            transcript.get().given(named[1]);
          } else {
            played.add(transcript.get().line(line.split(" -> ", 2)[0]));
            continue;
          }
        }
      }
      played.add(line);
    }
    return String.join("\n", played);
  }
}
