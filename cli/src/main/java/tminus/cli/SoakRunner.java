package tminus.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import tminus.core.plan.PlanWords;
import tminus.simulation.soak.Invariant;
import tminus.simulation.soak.Soak;
import tminus.simulation.soak.Soak.Soaked;

/// Plays random plans with everything going wrong, and says which promise was broken, if one was.
final class SoakRunner {

  private static final int USUAL = 1_000;

  private final Console console;

  SoakRunner(Console console) {
    this.console = console;
  }

  /// Plays one seed, or that many from it on.
  int run(long seed, Optional<Integer> runs) {
    long number = runs.orElse(seed == 1 ? USUAL : 1);
    long began = System.nanoTime();
    List<Soaked> all =
        LongStream.range(seed, seed + number).parallel().mapToObj(Soak::run).toList();
    Duration took = Duration.ofMillis((System.nanoTime() - began) / 1_000_000);
    List<Soaked> broken = all.stream().filter(soaked -> soaked.broken().isPresent()).toList();
    Style style = console.style();
    for (Soaked soaked : broken) {
      console.line("");
      console
          .out()
          .println(style.bad("seed %d: ".formatted(soaked.seed())) + soaked.broken().orElseThrow());
      if (soaked.equals(broken.getFirst())) {
        soaked.story().forEach(line -> console.out().println("  " + line));
      }
      console.line("  again: ./tminus rehearse --soak --seed %d", soaked.seed());
    }
    long events = all.stream().mapToLong(Soaked::events).sum();
    console.line(
        "%d runs, %d events, in %s: %d invariants, %s",
        number,
        events,
        PlanWords.words(took),
        Invariant.values().length,
        broken.isEmpty()
            ? style.good("all kept")
            : style.bad("broken in %d runs".formatted(broken.size())));
    return broken.isEmpty() ? ExitCode.DONE.code() : ExitCode.FINDINGS.code();
  }
}
