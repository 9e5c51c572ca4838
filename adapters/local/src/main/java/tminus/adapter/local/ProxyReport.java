package tminus.adapter.local;

import java.time.Instant;
import java.util.Map;

/// What `GET /slots` answers: all that the proxy knows about its slots. This is the wire format,
/// and both ends use this record.
///
/// @param startedAt when the proxy, and with it every counter, began; tells a restarted proxy from
///   one that merely had no traffic
/// @param slots by name, in the order they were given
record ProxyReport(Instant startedAt, Map<String, SlotReport> slots) {}
