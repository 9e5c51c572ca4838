package tminus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.engine.Journal;
import tminus.engine.Json;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.StoreAddress;
import tminus.markdown.MarkdownReader;

/// Puts runs into a store for `bench/waiting.sh`, and waits until each of them waits for a person.
final class WaitingRuns {

  private static final Duration LOOK = Duration.ofMillis(200);

  private WaitingRuns() {}

  /// Puts them there.
  ///
  /// @param arguments how many, the store, and the checklist
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[2]).toAbsolutePath();
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Plan plan = Planner.plan(MarkdownReader.read(file.toString(), text), Binding.NONE);
    StoreAddress address =
        StoreAddress.parse(arguments[1], Path.of("").toAbsolutePath(), System.getenv());
    try (Journal journal = Journal.open(address)) {
      Runs runs = new Runs(journal, InstantSource.system(), new SplittableRandom());
      RunCommand.Start start =
          new RunCommand.Start(
              plan, Json.sha256(Json.write(plan)), Event.CommandPolicy.NEVER, Optional.empty());
      Journal.Origin origin =
          new Journal.Origin(file.toString(), Path.of("").toAbsolutePath().toString(), "");
      List<RunId> begun =
          IntStream.range(0, count)
              .mapToObj(_ -> runs.start(start, text, origin, "bench").id())
              .toList();
      for (RunId run : begun) {
        while (runs.journal().tip(run).orElseThrow().seq() < 2) {
          Thread.sleep(LOOK);
        }
      }
      System.out.printf("%d runs of %d steps wait%n", count, plan.steps().size());
    }
  }
}
