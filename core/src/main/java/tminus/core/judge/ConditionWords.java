package tminus.core.judge;

import java.util.Map;
import java.util.Set;

/// The words that conditions are written in.
final class ConditionWords {

  /// Words that stand before a metric's name and are not part of it.
  static final Set<String> BEFORE =
      Set.of(
          "monitor",
          "check",
          "verify",
          "confirm",
          "ensure",
          "watch",
          "validate",
          "keep",
          "all",
          "the",
          "that",
          "if",
          "when",
          "any",
          "overall",
          "and",
          "or",
          "continue",
          "monitoring",
          "a",
          "your",
          "until",
          "while",
          "only",
          "target",
          "expected");

  /// Words that stand between a metric's name and its comparator.
  static final Set<String> BETWEEN =
      Set.of(
          "is",
          "are",
          "be",
          "must",
          "should",
          "remain",
          "remains",
          "remaining",
          "stay",
          "stays",
          "stable",
          "acceptable",
          "fine",
          "good",
          "healthy",
          "ok",
          "steady",
          "normal",
          "closely",
          "consistently",
          "trending",
          "and",
          "target",
          "slo",
          "goal",
          "limit",
          "threshold",
          "sla",
          "value",
          "of",
          "at",
          "was",
          "to",
          "with",
          "valid",
          "currently",
          "kept",
          "a",
          "always",
          "for",
          "not",
          "goes",
          "rises",
          "drops",
          "falls",
          "increases",
          "estimate");

  /// Words that turn a comparison into something else than a condition on a metric.
  static final Set<String> NEGATIONS = Set.of("no", "without", "none", "never", "zero");

  /// Names for the same metric, longest first where one ends with another.
  static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("error rate", "error rate"),
          Map.entry("failure rate", "error rate"),
          Map.entry("error percentage", "error rate"),
          Map.entry("success rate", "success rate"),
          Map.entry("latency", "latency"),
          Map.entry("response time", "latency"),
          Map.entry("response times", "latency"),
          Map.entry("request duration", "latency"),
          Map.entry("throughput", "throughput"),
          Map.entry("request rate", "throughput"),
          Map.entry("requests per second", "throughput"),
          Map.entry("rps", "throughput"),
          Map.entry("cpu", "cpu usage"),
          Map.entry("cpu usage", "cpu usage"),
          Map.entry("cpu utilization", "cpu usage"),
          Map.entry("cpu utilisation", "cpu usage"),
          Map.entry("cpu load", "cpu usage"),
          Map.entry("memory", "memory usage"),
          Map.entry("memory usage", "memory usage"),
          Map.entry("memory utilization", "memory usage"),
          Map.entry("memory utilisation", "memory usage"),
          Map.entry("disk usage", "disk usage"),
          Map.entry("disk utilization", "disk usage"),
          Map.entry("disk utilisation", "disk usage"),
          Map.entry("replication lag", "replication lag"),
          Map.entry("queue depth", "queue depth"),
          Map.entry("queue length", "queue depth"),
          Map.entry("test pass rate", "tests passing"),
          Map.entry("pass rate", "tests passing"),
          Map.entry("tests passing", "tests passing"),
          Map.entry("tests pass", "tests passing"),
          Map.entry("tests passed", "tests passing"),
          Map.entry("time to decision", "time to decision"),
          Map.entry("decision time", "time to decision"),
          Map.entry("availability", "availability"),
          Map.entry("uptime", "uptime"),
          Map.entry("code coverage", "coverage"),
          Map.entry("test coverage", "coverage"),
          Map.entry("coverage", "coverage"));

  /// Words before a metric's name that mean the service's own.
  static final Set<String> OWN =
      Set.of(
          "api",
          "http",
          "request",
          "service",
          "application",
          "average",
          "mean",
          "median",
          "percentile",
          "total",
          "server",
          "smoke",
          "test");

  /// Words for what a metric did, of which a document bounds how much: `(no increase > 5 %)`.
  static final Set<String> GROWTH = Set.of("increase", "growth", "rise", "drop", "decrease");

  /// Words that ask a metric to stay where it is, without saying where.
  static final Set<String> STEADY = Set.of("stable", "steady", "unchanged", "constant", "flat");

  private ConditionWords() {}
}
