package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;

/// A patient driver in a thread of its own, and what its listener hears.
final class Driving implements RunListener, AutoCloseable {

  /// Longer than anything takes on a busy machine.
  static final Duration LONG = Duration.ofSeconds(30);

  private final Driver driver;
  private final BlockingQueue<Event> news = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
  private final List<Recorded> heard = new ArrayList<>();
  private final CompletableFuture<Driver.Stopped> end = new CompletableFuture<>();

  Driving(Runs runs, RunId run, World world, String owner) {
    this.driver = new Driver(runs, run, world, this, InstantSource.system(), owner);
    Thread.ofVirtual()
        .start(() -> {
          try {
            end.complete(driver.drive(true));
          } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
  }

  @Override
  public void recorded(Runs.View view, Recorded recorded) {
    synchronized (heard) {
      heard.add(recorded);
    }
    news.add(recorded.event());
  }

  @Override
  public void output(StepId step, String line) {
    printed.add(line);
  }

  /// Waits for the next line that a command prints.
  String awaitLine() throws InterruptedException {
    String line = printed.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(line).as("a line").isNotNull();
    return line;
  }

  /// Everything heard so far.
  List<Recorded> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  Driver driver() {
    return driver;
  }

  /// Waits for an event; those before it are not waited for again.
  Event await(Predicate<Event> wanted) throws InterruptedException {
    List<Event> others = new ArrayList<>();
    while (true) {
      Event event = news.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(event).as("an event, after %s", others).isNotNull();
      if (wanted.test(event)) {
        return event;
      }
      others.add(event);
    }
  }

  <E extends Event> E await(Class<E> kind) throws InterruptedException {
    return kind.cast(await(kind::isInstance));
  }

  void awaitAsked(String step) throws InterruptedException {
    await(event -> event instanceof Event.StepAsked asked && asked.step().equals(Plans.id(step)));
  }

  /// Why it stopped, once it has.
  Driver.Stopped stopped() {
    assertThat(end).succeedsWithin(LONG);
    return end.join();
  }

  @Override
  public void close() {
    driver.abandon();
    driver.close();
  }

  /// What a person who agrees with everything says, if a person is asked.
  static Optional<RunCommand> agree(RunState state) {
    if (state.stuckUndo().isPresent()) {
      return Optional.of(new RunCommand.Retry(Optional.empty()));
    }
    return state
        .next()
        .filter(step -> state.step(step.id()).phase().needsPerson())
        .map(Driving::yes);
  }

  static RunCommand yes(Step step) {
    return new RunCommand.Sign(
        step.id(), Map.of(), step.form().choices().isEmpty() ? Map.of() : Map.of(0, 0));
  }
}
