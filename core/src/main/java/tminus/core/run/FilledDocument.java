package tminus.core.run;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.plan.Step;
import tminus.core.run.StepState.Phase;

/// The document as the record of a run: boxes ticked, choices marked, blanks filled, and nothing
/// else changed.
public final class FilledDocument {

  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);

  private FilledDocument() {}

  /// One change of the text.
  private record Edit(Span span, String replacement) {}

  /// The document filled in.
  ///
  /// @param text the document the run's plan was made from, unchanged since
  public static String fill(String text, RunState state) {
    List<Edit> edits = new ArrayList<>();
    for (Mark.Blank blank : state.plan().placeholders()) {
      edits.add(
          new Edit(
              blank.span(), oneLine(state.plan().parameters().getOrDefault(blank.name(), ""))));
    }
    Stream.concat(state.plan().steps().stream(), state.plan().rollback().stream())
        .forEach(step -> edits(step, state.step(step.id()), edits));
    edits.sort(Comparator.comparingInt((Edit edit) -> edit.span().start()));
    StringBuilder filled = new StringBuilder(text.length() + 64 * edits.size());
    int from = 0;
    for (Edit edit : edits) {
      if (edit.span().start() < from || edit.replacement().isEmpty()) {
        continue;
      }
      filled.append(text, from, edit.span().start()).append(edit.replacement());
      from = edit.span().end();
    }
    return filled.append(text, from, text.length()).toString();
  }

  private static void edits(Step step, StepState state, List<Edit> into) {
    Step.Form form = step.form();
    if (state.phase() == Phase.DONE) {
      form.box().ifPresent(box -> into.add(new Edit(box, "[x]")));
      String signature = state.by() + ", " + SIGNED.format(state.since());
      form.signatures().forEach(blank -> into.add(new Edit(blank.span(), signature)));
    }
    state
        .choices()
        .forEach((choice, chosen) -> {
          Mark.Choice.Option option = form.choices().get(choice).options().get(chosen);
          into.add(
              option.box().map(box -> new Edit(box, "[x]")).orElseGet(() -> before(option.span())));
        });
    state
        .fields()
        .forEach(
            (field, value) -> into.add(new Edit(form.fields().get(field).span(), oneLine(value))));
  }

  /// An option without a box of its own gets one.
  private static Edit before(Span words) {
    return new Edit(new Span(words.line(), words.start(), words.start()), "[x] ");
  }

  /// A value must not break the line it stands in.
  private static String oneLine(String value) {
    return value.strip().replaceAll("\\s+", " ");
  }
}
