package tminus.adapter.local;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Where the next request goes. Safe for concurrent use: the event loops enter requests while the
/// admin side changes the weights.
final class Routing {

  private final Instant startedAt;
  private final Map<Slot, Lane> lanes = new LinkedHashMap<>();

  // Counts on over changes of weight: a table begun afresh at every change would favour the
  // slots at its head when changes come quicker than a hundred requests.
  private final AtomicLong requests = new AtomicLong();
  private volatile Split split;

  Routing(ProxyOptions options, Instant startedAt) {
    this.startedAt = startedAt;
    options.upstreams().forEach((slot, upstream) -> lanes.put(slot, new Lane(slot, upstream)));
    this.split = Split.of(lanes.keySet(), options.weights());
  }

  /// Chooses the lane of a new request and enters it there.
  ///
  /// A slot whose weight was taken and whose in-flight count was then read as zero gets no request
  /// any more: a request that chose by the old weights either was counted before that reading, or
  /// sees here that they changed and chooses again.
  Lane enter() {
    long n = requests.getAndIncrement();
    while (true) {
      Split chosen = split;
      Lane lane = Objects.requireNonNull(lanes.get(chosen.slot(n)));
      lane.enter();
      if (chosen == split) {
        return lane;
      }
      lane.leave();
    }
  }

  /// Sets the weights; in force for every request that comes in after this returns.
  void route(Map<Slot, Weight> weights) {
    split = Split.of(lanes.keySet(), weights);
  }

  Optional<Lane> lane(Slot slot) {
    return Optional.ofNullable(lanes.get(slot));
  }

  Weight weight(Slot slot) {
    return split.weights().getOrDefault(slot, Weight.NONE);
  }

  /// The slots' names, for messages.
  String names() {
    return lanes.keySet().stream().map(Slot::name).collect(Collectors.joining(", "));
  }

  ProxyReport report() {
    var slots = new LinkedHashMap<String, SlotReport>();
    lanes.forEach((slot, lane) -> slots.put(slot.name(), lane.report(weight(slot).percent())));
    return new ProxyReport(startedAt, slots);
  }
}
