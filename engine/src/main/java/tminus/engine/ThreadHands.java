package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;

/// A virtual thread for each effect.
final class ThreadHands implements Hands {

  private final InstantSource clock;
  private final Map<Effect, Thread> threads = new ConcurrentHashMap<>();
  private final LinkedBlockingDeque<Said> said = new LinkedBlockingDeque<>();

  /// Once set, nothing begins any more.
  private volatile boolean isCut;

  /// What an effect said.
  ///
  /// @param last whether it says nothing more
  private record Said(Effect effect, List<RunCommand> commands, boolean last) {}

  ThreadHands(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void perform(Effect effect, Performance performance) {
    start(effect, () -> said.add(new Said(effect, performance.perform(), true)));
  }

  @Override
  public void look(Effect effect, Lookout lookout) {
    start(
        effect,
        () -> {
          while (true) {
            List<RunCommand> commands = lookout.look();
            boolean last = lookout.next().isEmpty();
            if (last || !commands.isEmpty()) {
              said.add(new Said(effect, commands, last));
            }
            if (last) {
              return;
            }
            sleepUntil(lookout.next().get());
          }
        });
  }

  private void sleepUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), moment);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  @FunctionalInterface
  private interface Body {
    void run() throws InterruptedException;
  }

  private void start(Effect effect, Body body) {
    threads.put(
        effect,
        Thread.ofVirtual()
            .name("effect " + effect.step())
            .start(() -> {
              try {
                if (isCut) {
                  return;
                }
                body.run();
              } catch (InterruptedException e) {
                // Stopped by the loop, which has said why already.
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                // An adapter's missing class must not leave the run waiting for ever.
                said.add(new Said(effect, List.of(failed(effect, e)), true));
              }
            }));
  }

  private static RunCommand failed(Effect effect, Throwable cause) {
    Outcome failed = new Outcome.Failed("it failed unexpectedly: " + cause, List.of());
    return effect
        .undo()
        .<RunCommand>map(
            work -> new RunCommand.ReportUndo(effect.step(), work, effect.attempt(), failed))
        .orElseGet(() ->
            effect.equals(Effect.WATCH)
                ? new RunCommand.Note("the watch failed: " + cause)
                : new RunCommand.Report(effect.step(), effect.attempt(), failed));
  }

  @Override
  public void stop(Effect effect) throws InterruptedException {
    Thread thread = threads.get(effect);
    if (thread != null) {
      thread.interrupt();
      thread.join();
      threads.remove(effect);
      said.removeIf(word -> word.effect().equals(effect));
    }
  }

  /// Tells every effect to end, at once and from any thread. What they were is still to be stopped.
  void cut() {
    isCut = true;
    threads.values().forEach(Thread::interrupt);
  }

  @Override
  public Set<Effect> underWay() {
    return Set.copyOf(threads.keySet());
  }

  @Override
  public List<RunCommand> told() {
    List<Said> words = new ArrayList<>();
    said.drainTo(words);
    List<RunCommand> commands = new ArrayList<>();
    for (Said word : words) {
      commands.addAll(word.commands());
      if (word.last()) {
        threads.remove(word.effect());
      }
    }
    return commands;
  }

  /// Waits until something has been said, or for that long.
  void await(Duration limit) throws InterruptedException {
    Said word = said.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (word != null) {
      said.addFirst(word);
    }
  }
}
