package tminus.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.Runs;

/// Checks the journal's hash chain.
@Command(
    name = "verify",
    description =
        "Check that nobody changed a run's journal; names the first entry that does not fit.")
final class VerifyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Store store = new Store();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "One run, by its whole name (default: all).")
  private @Nullable String run;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Runs runs = store.existing(console);
    try (Journal journal = runs.journal()) {
      boolean good = true;
      boolean any = false;
      for (Journal.Header header : journal.runs()) {
        if (run == null
            || header.id().value().startsWith(run)
            || header.id().value().endsWith(run)) {
          any = true;
          good &= verify(journal, header.id());
        }
      }
      if (!any) {
        throw new UsageException("run %s: there is none of that name".formatted(run));
      }
      return good ? ExitCode.DONE.code() : ExitCode.FINDINGS.code();
    }
  }

  private boolean verify(Journal journal, RunId id) {
    Style style = console.style();
    Optional<Long> broken = journal.firstBroken(id);
    if (broken.isEmpty()) {
      console
          .out()
          .println(
              style.good("✓")
                  + " %s: %d entries, the chain holds"
                      .formatted(id, journal.entries(id, 0).size()));
      return true;
    }
    console
        .out()
        .println(
            style.bad("✗")
                + " %s: entry %d does not fit what stands before it - it was changed, removed or added after the fact; go by a copy from before"
                    .formatted(id, broken.get()));
    return false;
  }
}
