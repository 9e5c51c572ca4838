package tminus.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.StepState.Phase;

/// The document as the record of a run: boxes ticked, choices marked, blanks filled, the deployment
/// log continued, and nothing else changed. Immutable.
public final class FilledDocument {

  private final String text;
  private final Checklist checklist;
  private final RunState state;
  private final List<Recorded> events;
  private final Entries entries;

  /// The document of a run.
  ///
  /// @param text the document the run's plan was made from, unchanged since
  /// @param checklist its reading
  /// @param state where the run stands
  /// @param events how it came there
  public FilledDocument(String text, Checklist checklist, RunState state, List<Recorded> events) {
    this.text = text;
    this.checklist = checklist;
    this.state = state;
    this.events = List.copyOf(events);
    this.entries = new Entries(state, events);
  }

  /// The document filled in.
  public String text() {
    return Edit.apply(text, edits());
  }

  /// The document filled in, with the evidence as footnotes: a mark behind each settled item, and
  /// the notes at the end.
  public String withFootnotes() {
    Footnotes footnotes = new Footnotes(text, text(), checklist, state);
    List<Edit> edits = edits();
    edits.addAll(footnotes.references());
    String filled = Edit.apply(text, edits);
    return filled + footnotes.definitions(filled);
  }

  private List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    LogTable.in(text, checklist)
        .ifPresent(table -> edits.addAll(new DeploymentLog(text, table, state, events).edits()));
    for (StepId id : state.steps().keySet()) {
      edits(state.find(id).orElseThrow(), state.step(id), edits);
    }
    for (Mark.Blank blank : state.plan().placeholders()) {
      String value = state.plan().parameters().getOrDefault(blank.name(), "");
      edits.add(new Edit(blank.span(), escaped(blank.span(), value)));
    }
    return edits;
  }

  private void edits(Step step, StepState at, List<Edit> into) {
    Step.Form form = step.form();
    if (at.phase() == Phase.DONE) {
      form.box().ifPresent(box -> into.add(new Edit(box, "[x]")));
      form.signatures()
          .forEach(blank ->
              into.add(new Edit(blank.span(), escaped(blank.span(), signature(form, at)))));
    }
    chosen(step, at)
        .forEach((choice, option) -> into.add(mark(form.choices().get(choice), option)));
    for (int i = 0; i < form.fields().size(); i++) {
      Span span = form.fields().get(i).span();
      entries.of(step, i).ifPresent(value -> into.add(new Edit(span, escaped(span, value))));
    }
  }

  /// A signature is dated, unless the document has a place for the date beside it.
  private static String signature(Step.Form form, StepState at) {
    boolean dated =
        IntStream.range(0, form.fields().size())
            .anyMatch(i ->
                form.fields().get(i).name().toLowerCase(Locale.ROOT).startsWith("date")
                    && (form.computed(i).isPresent() || at.fields().containsKey(i)));
    return dated ? at.by() : at.by() + ", " + Entries.moment(at.since());
  }

  /// What was chosen; and of a test that its commands judged, `PASS` or `FAIL`.
  private Map<Integer, Integer> chosen(Step step, StepState at) {
    Optional<String> verdict = verdict(step, at);
    Map<Integer, Integer> chosen = new HashMap<>(at.choices());
    for (int i = 0; i < step.form().choices().size() && verdict.isPresent(); i++) {
      List<String> labels =
          step.form().choices().get(i).options().stream()
              .map(option -> option.label().toUpperCase(Locale.ROOT))
              .toList();
      if (labels.equals(List.of("PASS", "FAIL"))) {
        chosen.putIfAbsent(i, labels.indexOf(verdict.get()));
      }
    }
    return chosen;
  }

  private static Optional<String> verdict(Step step, StepState at) {
    boolean judged = !step.action().commands().isEmpty() && !at.results().isEmpty();
    return switch (at.phase()) {
      case DONE -> judged ? Optional.of("PASS") : Optional.empty();
      case FAILED, WAIVED -> judged ? Optional.of("FAIL") : Optional.empty();
      case PENDING, POSTPONED, ASKED, RUNNING, TO_JUDGE, UNKNOWN, SKIPPED, NOT_APPLICABLE ->
          Optional.empty();
    };
  }

  /// An option without a box of its own gets one.
  private Edit mark(Mark.Choice choice, int chosen) {
    Mark.Choice.Option option = choice.options().get(chosen);
    Span words = option.span();
    String before = text.substring(LineBreaks.begin(text, words.start()), words.start());
    return option
        .box()
        .map(box -> new Edit(box, "[x]"))
        .orElseGet(() ->
            new Edit(new Span(words.line(), words.start(), words.start()), Escapes.mark(before)));
  }

  /// The value, so that it stays one where it is put.
  private String escaped(Span blank, String value) {
    int begins = LineBreaks.begin(text, blank.start());
    int ends = LineBreaks.end(text, blank.end());
    return Escapes.value(
        value, text.substring(begins, blank.start()), text.substring(blank.end(), ends));
  }
}
