package tminus.adapter.local;

import java.util.List;

/// One slot in a [ProxyReport]. Counters count from the proxy's start.
///
/// @param weight its share now, in percent
/// @param inFlight requests on their way to it, unanswered
/// @param requests what it answered, errors included
/// @param errors 5xx, or no answer
/// @param latencies the requests in the buckets of [tminus.core.judge.Latencies]
/// @param upstream where it is, as `host:port`
record SlotReport(
    int weight, long inFlight, long requests, long errors, List<Long> latencies, String upstream) {}
