package tminus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Template;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.ConditionGrammar;
import tminus.core.judge.Quantity;

/// What a document promises of the way back: `Rollback Time: < 5 minutes`, `RTO ≤ 4 hours`. Read by
/// the one grammar of conditions.
///
/// @param line where it stands, from 1
/// @param text its words
/// @param kind of what
/// @param limit it takes no longer
public record Promise(int line, String text, Kind kind, Duration limit) {

  /// What can be promised.
  public enum Kind {
    /// From the beginning of a rollback until the traffic is back and every change undone.
    ROLLBACK("rollback"),
    /// From the moment customers feel that something is wrong until all traffic is on the stable
    /// version.
    RECOVERY("recovery"),
    /// How far back in time the data goes that is put back.
    DATA("data loss");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// As printed.
    public String words() {
      return words;
    }
  }

  /// The promises of a document, in their order.
  public static List<Promise> of(Checklist checklist) {
    List<Promise> promises = new ArrayList<>();
    section(checklist.root(), promises);
    return List.copyOf(promises);
  }

  private static void section(Section section, List<Promise> promises) {
    read(section.span().line(), section.title(), promises);
    nodes(section.content(), promises);
  }

  private static void nodes(List<Node> nodes, List<Promise> promises) {
    for (Node node : nodes) {
      switch (node) {
        case Section deeper -> section(deeper, promises);
        case Item item -> {
          read(item.span().line(), item.line().text(), promises);
          nodes(item.content(), promises);
        }
        case Line line -> read(line.span().line(), line.text(), promises);
        case Script _, Template _ -> {}
      }
    }
  }

  private static void read(int line, String text, List<Promise> promises) {
    if (!text.toLowerCase(Locale.ROOT).matches("(?s).*\\b(roll|rto|rpo|recovery|restor).*")) {
      return;
    }
    // `Rollback (within 5 minutes)` says what `Rollback within 5 minutes` says.
    List<ConditionGrammar.Found> found = new ArrayList<>(ConditionGrammar.find(text));
    if (found.isEmpty()) {
      found.addAll(ConditionGrammar.find(text.replaceAll("[()]", " ")));
    }
    for (ConditionGrammar.Found each : found) {
      of(each.condition())
          .ifPresent(kind ->
              promises.add(
                  new Promise(line, text.strip(), kind, length(each.condition().limit()))));
    }
  }

  private static Optional<Kind> of(Condition condition) {
    boolean upper =
        condition.comparison() == Comparison.LESS || condition.comparison() == Comparison.AT_MOST;
    boolean time =
        switch (condition.limit().unit()) {
          case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> true;
          case PERCENT, BYTES, KILOBYTES, MEGABYTES, GIGABYTES, PER_SECOND, NONE -> false;
        };
    if (!upper || !time) {
      return Optional.empty();
    }
    String metric = condition.metric();
    if (metric.contains("rpo") || metric.contains("recovery point")) {
      return Optional.of(Kind.DATA);
    }
    if (metric.contains("rto") || metric.contains("recovery time")) {
      return Optional.of(Kind.RECOVERY);
    }
    return metric.contains("rollback") || metric.contains("roll back")
        ? Optional.of(Kind.ROLLBACK)
        : Optional.empty();
  }

  private static Duration length(Quantity limit) {
    return Duration.ofMillis(Math.round(limit.base() * 1_000));
  }

  /// What a rehearsal came to, of what is promised; empty when it did not come to that.
  public Optional<Duration> measured(Rehearsed rehearsed) {
    return switch (kind) {
      case ROLLBACK -> rehearsed.recovery().rollback();
      case RECOVERY -> rehearsed.recovery().back();
      case DATA -> rehearsed.loss().map(loss -> Duration.between(loss.since(), loss.at()));
    };
  }

  /// Whether it was kept; where there was nothing to keep, it was.
  ///
  /// A rollback that did not end has not kept its time, whatever that is.
  public boolean isKept(Rehearsed rehearsed) {
    Optional<Duration> measured = measured(rehearsed);
    return measured.map(took -> took.compareTo(limit) <= 0).orElse(!isOwed(rehearsed));
  }

  /// Whether something went wrong that it was promised for, and was not got over.
  private boolean isOwed(Rehearsed rehearsed) {
    return switch (kind) {
      case ROLLBACK -> !rehearsed.isOver() && rehearsed.isRollingBack();
      case RECOVERY -> rehearsed.recovery().isFelt();
      case DATA -> false;
    };
  }
}
