package tminus.adapter.local;

import java.util.List;
import java.util.Map;
import tminus.core.judge.Latencies;

/// A [ProxyReport] in Prometheus's text format.
final class Exposition {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4";

  /// Every eighth of the 161 buckets, one for each doubling, is enough for a dashboard.
  private static final int BUCKET_STEP = 8;

  private Exposition() {}

  static String of(ProxyReport report) {
    var text = new StringBuilder();
    family(text, report, "weight_percent", "gauge", slot -> slot.weight());
    family(text, report, "in_flight", "gauge", SlotReport::inFlight);
    family(text, report, "requests_total", "counter", SlotReport::requests);
    family(text, report, "errors_total", "counter", SlotReport::errors);
    text.append("# TYPE tminus_proxy_seconds histogram\n");
    report.slots().forEach((name, slot) -> histogram(text, label(name), slot.latencies()));
    return text.toString();
  }

  private static void family(
      StringBuilder text, ProxyReport report, String name, String type, Value value) {
    text.append("# TYPE tminus_proxy_%s %s\n".formatted(name, type));
    for (Map.Entry<String, SlotReport> slot : report.slots().entrySet()) {
      text.append(
          "tminus_proxy_%s{%s} %d\n"
              .formatted(name, label(slot.getKey()), value.of(slot.getValue())));
    }
  }

  private static void histogram(StringBuilder text, String label, List<Long> counts) {
    long seen = 0;
    for (int i = 0; i < counts.size(); i++) {
      seen += counts.get(i);
      if (i % BUCKET_STEP == 0 && i < Latencies.BUCKETS - 1) {
        double seconds = Latencies.upperBound(i).toNanos() / 1e9;
        text.append(
            "tminus_proxy_seconds_bucket{%s,le=\"%s\"} %d\n".formatted(label, seconds, seen));
      }
    }
    text.append("tminus_proxy_seconds_bucket{%s,le=\"+Inf\"} %d\n".formatted(label, seen));
    text.append("tminus_proxy_seconds_count{%s} %d\n".formatted(label, seen));
  }

  private static String label(String slot) {
    String escaped = slot.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "slot=\"" + escaped + "\"";
  }

  private interface Value {
    long of(SlotReport slot);
  }
}
