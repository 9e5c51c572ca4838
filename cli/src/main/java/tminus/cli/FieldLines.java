package tminus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Mark;
import tminus.core.plan.Computed;
import tminus.core.plan.Step;
import tminus.core.run.Entries;
import tminus.core.run.RunState;

/// What the card of a step says about its blanks: which are to be filled in, what their values must
/// be, and what the run fills in by itself.
final class FieldLines {

  private final Style style;
  private final RunState state;
  private final Entries entries;

  FieldLines(Style style, RunState state) {
    this.style = style;
    this.state = state;
    this.entries = new Entries(state, List.of());
  }

  List<String> of(Step step) {
    List<String> lines = new ArrayList<>();
    for (Step before : computedBefore(step)) {
      for (Computed one : before.form().computed()) {
        lines.add(known(before, one));
      }
    }
    for (int i : step.form().asked()) {
      Mark.Blank blank = step.form().fields().get(i);
      String wanted =
          step.form().limit(i).map(limit -> " (wanted: " + limit.words() + ")").orElse("");
      lines.add("   to fill in: " + blank.name() + wanted);
    }
    for (Computed one : step.form().computed()) {
      lines.add(known(step, one));
    }
    return lines;
  }

  /// The lines above the step, under the same heading, that the run has filled in by itself: a
  /// summary before a decision.
  private List<Step> computedBefore(Step step) {
    List<Step> course = state.course();
    List<Step> before = new ArrayList<>();
    for (int i = course.indexOf(step) - 1;
        i >= 0
            && course.get(i).section().equals(step.section())
            && course.get(i).form().isComputed();
        i--) {
      before.addFirst(course.get(i));
    }
    return before;
  }

  private String known(Step step, Computed one) {
    Optional<String> said = Optional.ofNullable(state.step(step.id()).fields().get(one.field()));
    Optional<String> value = said.or(() -> entries.now(one));
    StringBuilder line = new StringBuilder("   ");
    line.append(step.form().fields().get(one.field()).name()).append(": ");
    line.append(value.orElse(style.dim("filled in when it is done")));
    if (one instanceof Computed.Count count && said.isEmpty()) {
      line.append(" of ").append(count.said().orElse(count.of().size()));
    }
    step.form()
        .limit(one.field())
        .ifPresent(limit -> line.append(style.dim(" (wanted: " + limit.words() + ")")));
    entries
        .unmet(step, one.field(), Optional.empty())
        .ifPresent(_ -> line.append(style.warn(" not met")));
    return line.toString();
  }
}
