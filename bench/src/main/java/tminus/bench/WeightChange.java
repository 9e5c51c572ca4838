package tminus.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tminus.adapter.local.Address;
import tminus.adapter.local.ProxyClient;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// How long a change of weight takes: from before it is asked for until the first request that went
/// to the other slot has its answer. So it includes a whole round trip of each, the change and the
/// request.
final class WeightChange {

  private final Rig rig;

  WeightChange(Rig rig) {
    this.rig = rig;
  }

  /// Changes the weights back and forth.
  ///
  /// @param changes how often
  /// @return the times, shortest first
  List<Duration> measure(int changes) throws IOException, InterruptedException {
    var times = new Duration[changes];
    try (var router =
            new ProxyClient(
                Address.loopback(rig.admin), Duration.ofSeconds(5), InstantSource.system());
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < changes; i++) {
        String slot = i % 2 == 0 ? "green" : "blue";
        long began = System.nanoTime();
        router.route(Map.of(new Slot(slot), Weight.ALL));
        if (!ask(http).startsWith(slot)) {
          throw new IllegalStateException("a request went by the old weight after the change");
        }
        times[i] = Duration.ofNanos(System.nanoTime() - began);
      }
    }
    Arrays.sort(times);
    return List.of(times);
  }

  private String ask(HttpClient http) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.proxy + "/")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
