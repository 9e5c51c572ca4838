package tminus.adapter.local;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// What a proxy is started with.
///
/// @param listen where requests come in; port 0 takes a free one
/// @param admin where it is steered and watched; on loopback, since it asks for no password; port 0
///   takes a free one
/// @param upstreams where each slot answers; at least one. Port 0 means nowhere yet: requests to
///   that slot get 502 until the address is set
/// @param weights each slot's share at the start; a slot not named has none. They add up to 100 %
/// @param answerTimeout how long a request may stand still, with no byte moving in either
///   direction, before it is given up with 504; positive. [#ANSWER_TIMEOUT] by default
/// @param exitWith the process with which the proxy ends too, if any
public record ProxyOptions(
    Address listen,
    Address admin,
    Map<Slot, Address> upstreams,
    Map<Slot, Weight> weights,
    Duration answerTimeout,
    OptionalLong exitWith) {

  /// What HAProxy's own examples and NGINX's default (60 s) come down to for services that people
  /// wait for.
  public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  public ProxyOptions {
    if (!admin.isLoopback()) {
      throw new IllegalArgumentException(
          ("proxy: the admin address %s can be reached from other machines, and it asks for no"
                  + " password - use 127.0.0.1")
              .formatted(admin));
    }
    if (upstreams.isEmpty()) {
      throw new IllegalArgumentException(
          "proxy: no slot - name at least one, as blue=127.0.0.1:8081");
    }
    if (answerTimeout.isNegative() || answerTimeout.isZero()) {
      throw new IllegalArgumentException(
          "proxy: the answer time-out %s is not positive - 60 s is usual".formatted(answerTimeout));
    }
    upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
    weights = Split.of(upstreams.keySet(), weights).weights();
  }

  /// Options with the usual time-out, for a proxy that lives until it is closed.
  public static ProxyOptions of(
      Address listen, Address admin, Map<Slot, Address> upstreams, Map<Slot, Weight> weights) {
    return new ProxyOptions(
        listen, admin, upstreams, weights, ANSWER_TIMEOUT, OptionalLong.empty());
  }
}
