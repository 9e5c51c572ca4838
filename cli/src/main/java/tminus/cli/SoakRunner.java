package tminus.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import tminus.core.plan.PlanWords;
import tminus.simulation.soak.Invariant;
import tminus.simulation.soak.Soak;
import tminus.simulation.soak.Soak.Soaked;

/// Plays random plans with everything going wrong, and says which promise was broken, if one was:
/// at once, since there may be hours of other runs to come.
final class SoakRunner {

  private static final int USUAL = 1_000;

  private final Console console;
  private final Style style;
  private int broken;

  SoakRunner(Console console) {
    this.console = console;
    this.style = console.style();
  }

  /// Plays one seed, or that many from it on.
  int run(long seed, Optional<Integer> runs) {
    long number = runs.orElse(seed == 1 ? USUAL : 1);
    long began = System.nanoTime();
    LongAdder events = new LongAdder();
    LongStream.range(seed, seed + number)
        .parallel()
        .mapToObj(Soak::run)
        .forEach(soaked -> {
          events.add(soaked.events());
          soaked.broken().ifPresent(how -> tell(soaked, how));
        });
    Duration took = Duration.ofMillis((System.nanoTime() - began) / 1_000_000);
    console.line(
        "%d runs, %d events, in %s: %d invariants, %s",
        number,
        events.sum(),
        PlanWords.words(took),
        Invariant.values().length,
        broken == 0 ? style.good("all kept") : style.bad("broken in %d runs".formatted(broken)));
    return broken == 0 ? ExitCode.DONE.code() : ExitCode.FINDINGS.code();
  }

  private synchronized void tell(Soaked soaked, String how) {
    console.out().println(style.bad("seed %d: ".formatted(soaked.seed())) + how);
    if (broken++ == 0) {
      soaked.story().forEach(line -> console.out().println("  " + line));
    }
    console.line("  again: ./tminus rehearse --soak --seed %d", soaked.seed());
    console.line("");
    console.out().flush();
  }
}
