package tminus.adapter.local;

import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import tminus.core.judge.Latencies;
import tminus.core.traffic.Slot;

/// One slot as the proxy sees it: where it is, what is on its way there, and what it answered so
/// far. Safe for concurrent use.
final class Lane {

  private final Slot slot;
  private volatile Address upstream;
  private volatile SocketAddress socket;
  private final AtomicLong inFlight = new AtomicLong();

  // Each request is counted in one place only, so that what is read is consistent however it falls
  // between the writes: errors are never more than requests, also in the difference of two
  // readings.
  private final LongAdder[] served = adders();
  private final LongAdder[] failed = adders();

  Lane(Slot slot, Address upstream) {
    this.slot = slot;
    this.upstream = upstream;
    this.socket = SocketAddress.inetSocketAddress(upstream.port(), upstream.host());
  }

  private static LongAdder[] adders() {
    var adders = new LongAdder[Latencies.BUCKETS];
    Arrays.setAll(adders, _ -> new LongAdder());
    return adders;
  }

  Slot slot() {
    return slot;
  }

  Address upstream() {
    return upstream;
  }

  /// The upstream as Vert.x wants it: the same object until the address changes.
  SocketAddress socket() {
    return socket;
  }

  /// From now on new connections go there, and idle ones to where it was are not used again.
  void moveTo(Address address) {
    if (!address.equals(upstream)) {
      upstream = address;
      socket = SocketAddress.inetSocketAddress(address.port(), address.host());
    }
  }

  long inFlight() {
    return inFlight.get();
  }

  /// A request is on its way.
  void enter() {
    inFlight.incrementAndGet();
  }

  /// A request that entered goes elsewhere after all.
  void leave() {
    inFlight.decrementAndGet();
  }

  /// A request that entered is over.
  ///
  /// @param error whether the slot failed it: 5xx, or no answer
  /// @param nanos how long it took, in nanoseconds
  void leave(boolean error, long nanos) {
    (error ? failed : served)[Latencies.bucket(nanos)].increment();
    inFlight.decrementAndGet();
  }

  /// What it answered so far.
  SlotReport report(int weight) {
    long[] errors = sums(failed);
    long[] all = sums(served);
    Arrays.setAll(all, i -> all[i] + errors[i]);
    return new SlotReport(
        weight,
        inFlight(),
        LongStream.of(all).sum(),
        LongStream.of(errors).sum(),
        LongStream.of(all).boxed().toList(),
        upstream.toString());
  }

  private static long[] sums(LongAdder[] adders) {
    return Arrays.stream(adders).mapToLong(LongAdder::sum).toArray();
  }
}
