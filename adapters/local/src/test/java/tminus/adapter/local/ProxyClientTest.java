package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;
import static tminus.adapter.local.Stage.green;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tminus.core.judge.Latencies;
import tminus.core.judge.Observation;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.PortException;

@Timeout(60)
class ProxyClientTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  // Long after any proxy here was started, so that none starts within an interval.
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2100-01-01T00:00:00Z"));
  private final Backend blue = Backend.named("blue");
  private final Stage stage = Stage.of(blue.address(), Address.loopback(0));
  private final ProxyClient client = client(stage.proxy.admin());

  @AfterEach
  void close() {
    client.close();
    stage.close();
    blue.close();
  }

  private ProxyClient client(Address admin) {
    return new ProxyClient(admin, Duration.ofSeconds(5), now::get);
  }

  @Test
  void weightsAreReadBackAsTheyWereSet() {
    client.route(green(30));
    client.route(green(30));

    assertThat(client.weights()).isEqualTo(green(30));
    client.route(Map.of(GREEN, Weight.ALL));
    assertThat(client.weights()).isEqualTo(green(100));
  }

  @Test
  void weightsThatCannotBeAreRefusedByTheProxy() {
    assertThatThrownBy(() -> client.route(Map.of(new Slot("purple"), Weight.ALL)))
        .isInstanceOf(PortException.class)
        .hasMessage("weights: the slot \"purple\" is unknown - use blue, green");
    assertThatThrownBy(() -> client.drain(BLUE))
        .isInstanceOf(PortException.class)
        .hasMessage("drain: slot blue has 100 % of the traffic - take its weight first");
  }

  @Test
  void anObservationIsOfTheIntervalAlone() {
    traffic(5);
    client.sample();
    pass(MINUTE);
    traffic(3);

    Observation observation = client.observe(BLUE, MINUTE);

    assertThat(observation.interval()).isEqualTo(MINUTE);
    assertThat(observation.requests()).isEqualTo(3);
    assertThat(observation.latencies().total()).isEqualTo(3);
  }

  @Test
  void theYoungestSampleThatIsOldEnoughCounts() {
    client.sample();
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofSeconds(20));
      traffic(1);
      client.sample();
    }

    assertThat(client.observe(BLUE, MINUTE)).satisfies(last -> expect(last, MINUTE, 3));
    assertThat(client.observe(BLUE, Duration.ofSeconds(50)))
        .satisfies(last -> expect(last, MINUTE, 3));
  }

  @Test
  void aShorterTimeIsAnsweredForWhenThatIsAllThereIs() {
    client.sample();
    pass(Duration.ofSeconds(10));
    traffic(2);

    expect(client.observe(BLUE, MINUTE), Duration.ofSeconds(10), 2);
  }

  @Test
  void theFirstObservationOfAnOldProxyHasNoRequests() {
    traffic(4);

    assertThat(client.observe(BLUE, MINUTE).requests()).isZero();
    pass(MINUTE);
    traffic(1);
    expect(client.observe(BLUE, MINUTE), MINUTE, 1);
  }

  @Test
  void ofAProxyThatStartedWithinTheIntervalAllIsAnswered() {
    traffic(4);
    try (var real = new ProxyClient(stage.proxy.admin(), MINUTE, InstantSource.system())) {
      assertThat(real.observe(BLUE, Duration.ofHours(1)).requests()).isEqualTo(4);
    }
  }

  @Test
  void errorsAreCountedApart() {
    client.sample();
    traffic(2);
    stage.router.move(BLUE, Address.loopback(0));
    traffic(3);
    pass(MINUTE);

    Observation observation = client.observe(BLUE, MINUTE);

    assertThat(observation.requests()).isEqualTo(5);
    assertThat(observation.errors()).isEqualTo(3);
  }

  @Test
  void aSlotWithoutTrafficHasNoRequests() {
    client.sample();
    pass(MINUTE);

    expect(client.observe(GREEN, MINUTE), MINUTE, 0);
  }

  @Test
  void whatARestartedProxyCountedIsNew() {
    traffic(7);
    client.sample();
    pass(MINUTE);
    Address listen = stage.proxy.listen();
    Address admin = stage.proxy.admin();
    stage.proxy.close();
    try (var _ =
        Proxy.start(
            ProxyOptions.of(
                listen, admin, Map.of(BLUE, blue.address()), Map.of(BLUE, Weight.ALL)))) {
      traffic(9);

      expect(client.observe(BLUE, MINUTE), MINUTE, 9);
    }
  }

  @Test
  void aLongWatchIsRememberedMoreCoarsely() {
    var snapshots = new Snapshots();
    Instant began = now.get();
    for (int i = 0; i < 10_000; i++) {
      snapshots.add(snapshot(began.plusSeconds(i), i));
    }

    assertThat(snapshots.reference(MINUTE).at())
        .isBeforeOrEqualTo(began.plusSeconds(9_939))
        .isAfter(began.plusSeconds(9_900));
    assertThat(snapshots.reference(Duration.ofHours(2)).at())
        .isBeforeOrEqualTo(began.plusSeconds(2_799));
  }

  @Test
  void aProxyThatDoesNotAnswerIsUnavailable() {
    stage.proxy.close();

    assertThatThrownBy(() -> client.observe(BLUE, MINUTE))
        .isInstanceOf(PortException.class)
        .hasMessageStartingWith(
            "proxy: unavailable, nothing answers at %s (".formatted(stage.proxy.admin()))
        .hasMessageEndingWith(") - is `tminus proxy` running there?");
  }

  @Test
  void whatIsNoProxyIsUnavailable() {
    try (var other = client(blue.address())) {
      assertThatThrownBy(other::weights)
          .isInstanceOf(PortException.class)
          .hasMessage(
              "proxy: unavailable, what answers at %s is no Tminus proxy - check the admin address"
                  .formatted(blue.address()));
    }
  }

  @Test
  void aSlotThatIsUnknownIsNamed() {
    assertThatThrownBy(() -> client.observe(new Slot("purple"), MINUTE))
        .isInstanceOf(PortException.class)
        .hasMessage("proxy: the slot \"purple\" is unknown - use blue, green");
  }

  private static void expect(Observation observation, Duration interval, long requests) {
    assertThat(observation.interval()).isEqualTo(interval);
    assertThat(observation.requests()).isEqualTo(requests);
  }

  private static Snapshots.Snapshot snapshot(Instant at, long requests) {
    var slot = new SlotReport(100, 0, requests, 0, Latencies.none().counts(), "127.0.0.1:1");
    return new Snapshots.Snapshot(at, new ProxyReport(Instant.EPOCH, Map.of("blue", slot)));
  }

  private void traffic(int requests) {
    for (int i = 0; i < requests; i++) {
      stage.get();
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
