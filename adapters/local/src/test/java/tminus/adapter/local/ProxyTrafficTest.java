package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;
import static tminus.adapter.local.Stage.green;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.traffic.Weight;

@Timeout(120)
class ProxyTrafficTest {

  private final Backend blue = Backend.named("blue");
  private final Backend green = Backend.named("green");
  private final Stage stage = Stage.of(blue.address(), green.address());

  @AfterEach
  void close() {
    stage.close();
    blue.close();
    green.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 25, 50, 75, 99})
  void aThousandRequestsAreSplitToTheRequest(int percent) {
    stage.router.route(green(percent));

    for (int i = 0; i < 1_000; i++) {
      stage.get();
    }

    assertThat(green.requests()).isEqualTo(percent * 10L);
    assertThat(blue.requests()).isEqualTo(1_000 - percent * 10L);
    assertThat(stage.report(GREEN).requests()).isEqualTo(percent * 10L);
  }

  @Test
  void aNewWeightHoldsForTheNextRequest() {
    for (int i = 0; i < 50; i++) {
      boolean toGreen = i % 2 == 0;
      stage.router.route(Map.of(toGreen ? GREEN : BLUE, Weight.ALL));

      assertThat(stage.get().body()).isEqualTo(toGreen ? "green" : "blue");
    }
  }

  @Test
  void noRequestIsLostToWeightChangesDrainAndRetirement() throws Exception {
    var load = new Load(stage, 6);
    for (int i = 0; i < 400; i++) {
      stage.router.route(green(i * 7 % 101));
    }
    stage.router.route(Map.of(BLUE, Weight.ALL));
    stage.router.drain(GREEN);
    assertThat(stage.report(GREEN).inFlight()).isZero();
    green.close();
    load.awaitMore(1_000);
    load.stop();

    assertThat(load.failures).isEmpty();
    assertThat(load.answers("green")).isPositive().isEqualTo(green.requests());
    assertThat(load.answers("blue")).isEqualTo(blue.requests());
    assertThat(stage.report(GREEN).requests()).isEqualTo(green.requests());
    assertThat(stage.report(BLUE).requests()).isEqualTo(blue.requests());
    assertThat(stage.report(GREEN).errors() + stage.report(BLUE).errors()).isZero();
    assertThat(stage.report(BLUE).inFlight()).isZero();
  }

  @Test
  void aSlotThatMovedIsFoundAtItsNewAddress() {
    assertThat(stage.get().body()).isEqualTo("blue");
    blue.close();

    stage.router.move(BLUE, green.address());

    assertThat(stage.get().body()).isEqualTo("green");
    assertThat(stage.report(BLUE).upstream()).isEqualTo(green.address().toString());
    assertThat(stage.report(BLUE).errors()).isZero();
  }

  /// Clients that ask as fast as they are answered, and note what they get.
  private static final class Load {

    private final Stage stage;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> clients = new ArrayList<>();
    private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
    private final Map<String, Boolean> failures = new ConcurrentHashMap<>();
    private volatile CountDownLatch more = new CountDownLatch(0);

    Load(Stage stage, int clients) {
      this.stage = stage;
      for (int i = 0; i < clients; i++) {
        this.clients.add(Thread.startVirtualThread(this::ask));
      }
    }

    private void ask() {
      HttpRequest request = HttpRequest.newBuilder(stage.uri("/")).build();
      try {
        while (running.get()) {
          HttpResponse<String> response =
              stage.http.send(request, HttpResponse.BodyHandlers.ofString());
          if (response.statusCode() != 200) {
            failures.put(response.toString(), true);
          }
          answers.computeIfAbsent(response.body(), _ -> new AtomicLong()).incrementAndGet();
          more.countDown();
        }
      } catch (IOException | InterruptedException e) {
        failures.put(e.toString(), true);
      }
    }

    void awaitMore(int count) throws InterruptedException {
      more = new CountDownLatch(count);
      more.await();
    }

    void stop() throws InterruptedException {
      running.set(false);
      for (Thread client : clients) {
        client.join();
      }
    }

    long answers(String body) {
      return answers.getOrDefault(body, new AtomicLong()).get();
    }
  }
}
