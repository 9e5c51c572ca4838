package tminus.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.engine.Driver;
import tminus.engine.JournalException;
import tminus.engine.Owner;
import tminus.engine.RunId;
import tminus.engine.RunListener;
import tminus.engine.Runs;
import tminus.engine.World;

/// Walks a person through a run in the terminal: one step at a time, with the document's words, and
/// a prompt where it is theirs.
final class Guide {

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Console console;
  private final Style style;
  private final Runs runs;
  private final World world;
  private final String by;
  private final StepCard card;
  private List<String> shown = List.of();

  Guide(Console console, Runs runs, World world, String by) {
    this.console = console;
    this.style = console.style();
    this.runs = runs;
    this.world = world;
    this.by = by;
    this.card = new StepCard(console);
  }

  /// Walks until the run is over or the person leaves; returns the process's exit code.
  int walk(Runs.View begun) throws InterruptedException {
    RunId id = begun.id();
    AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
    try (Terminal terminal = TerminalBuilder.builder().system(true).nativeSignals(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("tminus").build();
      RunListener lines =
          forSomebodyAtThePrompt(new EventLines(console, text -> print(reader, text)));
      Driver driver =
          new Driver(runs, id, world, lines, console.clock(), Owner.current().toString());
      AtomicBoolean left = new AtomicBoolean();
      terminal.handle(Terminal.Signal.INT, _ -> leave(id, driver, left));
      Thread driving =
          Thread.ofPlatform()
              .name("driver")
              .start(() -> {
                try {
                  if (driver.awaitTurn(Driver.Patience.ALWAYS).isEmpty()) {
                    driver.drive(true);
                  }
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                  failure.set(Optional.of(e));
                }
              });
      card.welcome(begun);
      converse(id, reader, driving);
      driver.stop();
      driving.join();
    } catch (IOException e) {
      throw new UsageException(
          "the terminal cannot be used (%s) - try without one: tminus run FILE </dev/null"
              .formatted(e.getMessage()));
    }
    failure
        .get()
        .ifPresent(e -> {
          throw e;
        });
    return new Session(console, runs, world).end(runs.view(id));
  }

  /// The card says what is asked, and who types it knows what they filled in: neither needs a line.
  private static RunListener forSomebodyAtThePrompt(EventLines all) {
    return new RunListener() {
      @Override
      public void recorded(Runs.View view, Recorded recorded) {
        if (!(recorded.event() instanceof Event.StepAsked
            || recorded.event() instanceof Event.FormFilled)) {
          all.recorded(view, recorded);
        }
      }

      @Override
      public void output(StepId step, String line) {
        all.output(step, line);
      }
    };
  }

  /// Lines from the driver's threads must not tear the line that is being typed.
  private void print(LineReader reader, String text) {
    if (reader.isReading()) {
      reader.printAbove(text);
    } else {
      console.out().println(text);
    }
  }

  /// Ctrl-C while something runs: nothing new starts, and this process leaves when what runs has
  /// ended. A second one leaves at once.
  private void leave(RunId id, Driver driver, AtomicBoolean before) {
    if (before.getAndSet(true)) {
      console
          .out()
          .println(style.warn("leaving at once: what was under way will be for a person to judge"));
      driver.abandon();
      return;
    }
    runs.tell(id, by, new RunCommand.Hold("Ctrl-C"));
    console
        .out()
        .println(style.dim("leaving when what runs has ended; Ctrl-C again leaves at once"));
    driver.stop();
  }

  private void converse(RunId id, LineReader reader, Thread driving) throws InterruptedException {
    while (driving.isAlive()) {
      RunState state = runs.view(id).state();
      if (state.status() == Status.FINISHED || state.status() == Status.HELD) {
        return;
      }
      Optional<Step> mine =
          state.next().filter(step -> state.step(step.id()).phase().needsPerson());
      boolean undoStuck = Driver.whatPersonsMustDo(state).isPresent() && state.undo().isPresent();
      if (mine.isEmpty() && !undoStuck) {
        driving.join(LOOK);
        continue;
      }
      Step step =
          undoStuck
              ? state.plan().step(state.undo().orElseThrow().undo().step()).orElseThrow()
              : mine.orElseThrow();
      if (!ask(id, step, reader)) {
        return;
      }
    }
  }

  /// One question and its answer. Returns false when the person leaves.
  private boolean ask(RunId id, Step step, LineReader reader) {
    RunState state = runs.view(id).state();
    if (!step.section().equals(shown)) {
      card.heading(step);
      shown = step.section();
    }
    card.step(state, step);
    long seen = state.seq();
    while (true) {
      String line;
      try {
        line = reader.readLine(style.accent("> ")).strip();
      } catch (UserInterruptException _) {
        runs.tell(id, by, new RunCommand.Hold("Ctrl-C"));
        return false;
      } catch (EndOfFileException _) {
        runs.tell(id, by, new RunCommand.Hold("the terminal was closed"));
        return false;
      }
      if (!stillAsked(id, step.id())) {
        return true;
      }
      Said said;
      try {
        said = new Answer(reader, style, runs.view(id).state(), step, seen).of(line);
      } catch (UserInterruptException _) {
        continue;
      } catch (UsageException e) {
        console.out().println(style.warn(String.valueOf(e.getMessage())));
        continue;
      }
      switch (said) {
        case Said.Nothing _ -> {}
        case Said.Help _ -> card.help(runs.view(id).state(), step);
        case Said.Back _ -> card.back(runs.view(id).state());
        case Said.Show _ -> {
          RunState now = runs.view(id).state();
          card.step(now, step);
          seen = now.seq();
        }
        case Said.Command(List<RunCommand> commands, boolean leaves) -> {
          if (told(id, commands)) {
            return !leaves;
          }
        }
      }
    }
  }

  /// Somebody elsewhere may have settled it while this prompt stood open.
  private boolean stillAsked(RunId id, StepId step) {
    RunState state = runs.view(id).state();
    boolean undo = state.undo().filter(current -> current.undo().step().equals(step)).isPresent();
    return state.status() != Status.FINISHED && (undo || state.step(step).phase().needsPerson());
  }

  /// What a person said at the prompt.
  sealed interface Said {

    /// Nothing.
    record Nothing() implements Said {}

    /// What can be said here?
    record Help() implements Said {}

    /// What was before?
    record Back() implements Said {}

    /// The step again.
    record Show() implements Said {}

    /// Something for the run; afterwards the prompt goes on to what comes next, or the person
    /// leaves.
    record Command(List<RunCommand> commands, boolean leaves) implements Said {}
  }

  /// Tells the run; says why if it refuses. Notes leave the prompt where it is.
  private boolean told(RunId id, List<RunCommand> commands) {
    for (RunCommand command : commands) {
      try {
        if (runs.tell(id, by, command) instanceof Runs.Answer.Refused(String reason)) {
          console.out().println(style.warn(reason));
          return false;
        }
      } catch (JournalException e) {
        console.out().println(style.bad(String.valueOf(e.getMessage())));
        return false;
      }
    }
    return !(commands.getFirst() instanceof RunCommand.Note);
  }
}
