package tminus.adapter.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks a service on this machine whether it is ready and what it is. Safe for concurrent use.
final class ServiceProbe {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final int GOOD_BELOW = 400;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_MAX)
          .build();
  private final LocalOptions options;

  ServiceProbe(LocalOptions options) {
    this.options = options;
  }

  /// What the service says of itself.
  ///
  /// @param ready whether it can take traffic
  /// @param said how it answered that, for messages
  record Readiness(boolean ready, String said) {}

  Readiness readiness(int port) throws InterruptedException {
    try {
      int status = get(port, options.readyPath()).statusCode();
      return new Readiness(status < GOOD_BELOW, "HTTP " + status);
    } catch (IOException e) {
      return new Readiness(false, "no answer");
    }
  }

  /// The version it says it is, or empty when it does not say.
  Optional<String> version(int port) throws InterruptedException {
    try {
      HttpResponse<String> response = get(port, options.versionPath());
      String version = JSON.readTree(response.body()).path("version").asString("");
      boolean told = response.statusCode() < GOOD_BELOW && !version.isBlank();
      return told ? Optional.of(version) : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Address.loopback(port) + path))
            .timeout(ANSWER_MAX)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
