package tminus.adapter.local;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where the proxy is steered and watched: JSON over HTTP, on loopback.
///
/// | request | does |
/// | --- | --- |
/// | `GET /slots` | tells each slot's weight, address, requests in flight, and counters |
/// | `PUT /slots/NAME` `{"upstream": "127.0.0.1:8081"}` | moves the slot |
/// | `PUT /weights` `{"blue": 90, "green": 10}` | sets the weights; in force with the answer |
/// | `GET /drain/NAME?timeout=PT30S` | answers once the slot has no request in flight |
/// | `GET /metrics` | the counters for Prometheus |
///
/// What it cannot do it answers with a status over 399 and `{"error": "where: what - remedy"}`.
final class Admin extends VerticleBase {

  /// Up to 99,999 bytes: a weight for each of a thousand slots.
  private static final int BODY_DIGITS_MAX = 5;

  private static final Duration DRAIN_USUAL = Duration.ofSeconds(30);
  private static final Duration DRAIN_MAX = Duration.ofHours(1);
  private static final Duration DRAIN_LOOK_EVERY = Duration.ofMillis(2);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final Address address;
  private final Routing routing;
  private final HttpServer server;

  Admin(Vertx vertx, Address address, Routing routing) {
    this.address = address;
    this.routing = routing;
    this.server = vertx.createHttpServer(new HttpServerOptions()).requestHandler(this::answer);
  }

  @Override
  public Future<?> start() {
    return server.listen(address.port(), address.host());
  }

  int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    try {
      if (isMeant(request)) {
        dispatch(request);
      } else {
        refuse(
            request,
            403,
            "admin: the host \"%s\" is not this machine's own - use %s"
                .formatted(request.getHeader(HttpHeaders.HOST), address.host()));
      }
    } catch (IllegalArgumentException e) {
      refuse(request, 400, String.valueOf(e.getMessage()));
    }
  }

  /// Whether the request names this machine: one that a page in a browser was led to by a name of
  /// its own (DNS rebinding) does not.
  private static boolean isMeant(HttpServerRequest request) {
    HostAndPort host = request.authority();
    return host != null && new Address(host.host(), 0).isLoopback();
  }

  private void dispatch(HttpServerRequest request) {
    String[] path = Objects.requireNonNullElse(request.path(), "").split("/", -1);
    String name = path.length == 3 ? URLDecoder.decode(path[2], StandardCharsets.UTF_8) : "";
    String what = path.length < 2 ? "" : path.length == 3 ? path[1] + "/" : path[1];
    switch (request.method() + " " + what) {
      case "GET slots" -> report(request);
      case "GET metrics" ->
          send(request, 200, Exposition.CONTENT_TYPE, Exposition.of(routing.report()));
      case "GET drain/" -> drain(request, lane(name));
      case "PUT slots/" -> change(request, body -> move(lane(name), body));
      case "PUT weights" -> change(request, this::route);
      default ->
          refuse(
              request,
              404,
              ("admin: %s %s is unknown - use GET /slots, PUT /slots/NAME, PUT /weights,"
                      + " GET /drain/NAME or GET /metrics")
                  .formatted(request.method(), request.path()));
    }
  }

  private Lane lane(String name) {
    return name.isBlank()
        ? unknown(name)
        : routing.lane(new Slot(name)).orElseGet(() -> unknown(name));
  }

  private Lane unknown(String name) {
    throw new IllegalArgumentException(
        "slots: the slot \"%s\" is unknown - use %s".formatted(name, routing.names()));
  }

  private void route(JsonNode body) {
    var weights = new LinkedHashMap<Slot, Weight>();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      if (!entry.getValue().isInt()) {
        throw new IllegalArgumentException(
            "weights: \"%s\" has %s - use a whole percentage, 0 to 100"
                .formatted(entry.getKey(), entry.getValue()));
      }
      weights.put(new Slot(entry.getKey()), new Weight(entry.getValue().intValue()));
    }
    routing.route(weights);
  }

  private static void move(Lane lane, JsonNode body) {
    lane.moveTo(Address.parse(body.path("upstream").asString("")));
  }

  /// Has the body carried out, and answers how the slots then are.
  private void change(HttpServerRequest request, Consumer<JsonNode> action) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || length.length() > BODY_DIGITS_MAX) {
      refuse(request, 413, "body: of no stated length, or too long - send a small JSON object");
      return;
    }
    request
        .body()
        .onSuccess(body -> {
          try {
            action.accept(object(body));
            report(request);
          } catch (IllegalArgumentException e) {
            refuse(request, 400, String.valueOf(e.getMessage()));
          }
        });
  }

  private static JsonNode object(Buffer body) {
    try {
      JsonNode json = JSON.readTree(body.getBytes());
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "body: not JSON (%s) - send a JSON object".formatted(e.getOriginalMessage()), e);
    }
    throw new IllegalArgumentException(
        "body: \"%s\" is not a JSON object - send one".formatted(body));
  }

  private void drain(HttpServerRequest request, Lane lane) {
    Duration limit = limit(request.getParam("timeout"));
    long began = System.nanoTime();
    vertx.setPeriodic(
        0,
        DRAIN_LOOK_EVERY.toMillis(),
        timer -> {
          boolean late = System.nanoTime() - began >= limit.toNanos();
          Weight weight = routing.weight(lane.slot());
          if (lane.inFlight() == 0 || late || weight.percent() > 0 || request.response().closed()) {
            vertx.cancelTimer(timer);
            drained(request, lane, limit);
          }
        });
  }

  private void drained(HttpServerRequest request, Lane lane, Duration limit) {
    Weight weight = routing.weight(lane.slot());
    if (request.response().closed()) {
      return;
    }
    if (weight.percent() > 0) {
      refuse(
          request,
          409,
          "drain: slot %s has %s of the traffic - take its weight first"
              .formatted(lane.slot(), weight));
    } else if (lane.inFlight() > 0) {
      refuse(
          request,
          504,
          "drain: slot %s has %d requests unanswered after %s - wait longer, or let them go"
              .formatted(lane.slot(), lane.inFlight(), limit));
    } else {
      report(request);
    }
  }

  private static Duration limit(@Nullable String text) {
    if (text == null) {
      return DRAIN_USUAL;
    }
    try {
      Duration limit = Duration.parse(text);
      if (!limit.isNegative() && limit.compareTo(DRAIN_MAX) <= 0) {
        return limit;
      }
    } catch (DateTimeParseException e) {
      // Answered below, with what is out of range.
    }
    throw new IllegalArgumentException(
        "drain: the timeout \"%s\" is not one - use PT0S to PT1H, as PT30S".formatted(text));
  }

  private void report(HttpServerRequest request) {
    send(request, 200, "application/json", JSON.writeValueAsString(routing.report()));
  }

  private static void refuse(HttpServerRequest request, int status, String message) {
    send(request, status, "application/json", JSON.writeValueAsString(Map.of("error", message)));
  }

  private static void send(HttpServerRequest request, int status, String type, String body) {
    request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
  }
}
