package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;

/// A server with connections of its own, and what its listener hears.
final class Serving implements ServerListener, AutoCloseable {

  private final Journal journal;
  private final RunServer server;
  private final BlockingQueue<Heard> news = new LinkedBlockingQueue<>();
  private final List<Heard> all = new CopyOnWriteArrayList<>();

  /// An event, or what was said; of a run, or of the store.
  record Heard(String run, Object what) {}

  Serving(TestStore store, String owner, RunServer.Worlds worlds) {
    this.journal = store.open();
    Runs runs = new Runs(journal, InstantSource.system(), new SplittableRandom(owner.hashCode()));
    this.server = new RunServer(runs, worlds, this, InstantSource.system(), owner);
    server.start();
  }

  RunServer server() {
    return server;
  }

  @Override
  public void recorded(Runs.View view, Recorded recorded) {
    hear(new Heard(view.id().value(), recorded.event()));
  }

  @Override
  public void output(RunId run, StepId step, String line) {}

  @Override
  public void said(RunId run, String words) {
    hear(new Heard(run.value(), words));
  }

  @Override
  public void said(String words) {
    hear(new Heard("", words));
  }

  private void hear(Heard heard) {
    all.add(heard);
    news.add(heard);
  }

  /// Waits until this is heard; what comes before is not waited for again.
  Heard await(Predicate<Heard> wanted) throws InterruptedException {
    List<Heard> others = new ArrayList<>();
    while (true) {
      Heard heard = news.poll(Driving.LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(heard).as("something, after %s", others).isNotNull();
      if (wanted.test(heard)) {
        return heard;
      }
      others.add(heard);
    }
  }

  void await(RunId run, Class<? extends Event> kind) throws InterruptedException {
    await(heard -> heard.run().equals(run.value()) && kind.isInstance(heard.what()));
  }

  String awaitWords(RunId run) throws InterruptedException {
    return (String)
        await(heard -> heard.run().equals(run.value()) && heard.what() instanceof String).what();
  }

  /// What was heard of a run so far.
  List<Object> heardOf(RunId run) {
    return all.stream().filter(it -> it.run().equals(run.value())).map(Heard::what).toList();
  }

  @Override
  public void close() {
    try {
      server.close(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
