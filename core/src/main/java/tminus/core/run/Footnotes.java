package tminus.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Span;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.StepState.Phase;

/// A run's evidence as footnotes of its document: a mark behind each settled item, and at the end
/// who settled it and when, the commands, their exit codes, judgement and output.
///
/// Whatever people wrote and commands printed stands in fences longer than any run of backticks in
/// it, so that it cannot become Markdown.
final class Footnotes {

  /// How much of a command or its output is shown: enough to recognise it. The journal has it all.
  static final int LINES_MAX = 12;

  static final int COLUMNS_MAX = 200;

  private final String text;
  private final RunState state;
  private final String label;
  private final String newline;
  private final Map<Span, Item> items = new HashMap<>();
  private final List<Edit> references = new ArrayList<>();
  private final StringBuilder definitions = new StringBuilder();

  /// @param filled the text as it is filled in otherwise: whose own notes' names are taken
  Footnotes(String text, String filled, Checklist checklist, RunState state) {
    this.text = text;
    this.state = state;
    this.newline = LineBreaks.of(text);
    String free = "tminus";
    while (filled.contains("[^" + free + "-")) {
      free += "-run";
    }
    this.label = free;
    checklist.items().forEach(item -> items.put(item.box(), item));
    settled().forEach(this::note);
  }

  private List<Step> settled() {
    List<Step> settled = new ArrayList<>();
    for (StepId id : state.steps().keySet()) {
      state
          .plan()
          .step(id)
          .filter(step -> state.step(id).phase().isSettled())
          .filter(step -> step.form().box().filter(items::containsKey).isPresent())
          .ifPresent(settled::add);
    }
    settled.sort(Comparator.comparingInt(step -> box(step).start()));
    return settled;
  }

  private static Span box(Step step) {
    return step.form().box().orElseThrow();
  }

  /// The marks behind the items.
  List<Edit> references() {
    return references;
  }

  /// What is put at the end of the text.
  ///
  /// @param filled the text it is put behind
  String definitions(String filled) {
    if (definitions.isEmpty()) {
      return "";
    }
    String gap = filled.endsWith("\n") ? newline : newline + newline;
    return gap + definitions;
  }

  private void note(Step step) {
    Item item = items.get(box(step));
    if (item == null) {
      return;
    }
    String mark = "[^%s-%d]".formatted(label, references.size() + 1);
    int end = endOfWords(item);
    references.add(new Edit(new Span(item.span().line(), end, end), " " + mark));
    StepState at = state.step(step.id());
    definitions
        .append(mark)
        .append(": Line %d, %s by ".formatted(step.line(), how(at.phase())))
        .append(Escapes.words(at.by()))
        .append(" at ")
        .append(Entries.moment(at.since()))
        .append('.')
        .append(newline);
    evidence(at);
    definitions.append(newline);
  }

  private static String how(Phase phase) {
    return switch (phase) {
      case DONE -> "done";
      case SKIPPED -> "skipped";
      case NOT_APPLICABLE -> "not applicable";
      case WAIVED -> "waived";
      case PENDING, POSTPONED, ASKED, RUNNING, TO_JUDGE, FAILED, UNKNOWN -> "open";
    };
  }

  /// The end of the line the item's words end in, before the space or the hard break there.
  private int endOfWords(Item item) {
    int at = Math.max(item.box().end(), item.line().span().end());
    int last = LineBreaks.end(text, Math.max(item.box().end(), at - 1));
    while (last > item.box().end() && isBreak(text.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private static boolean isBreak(char c) {
    return Character.isWhitespace(c) || c == '\\';
  }

  private void evidence(StepState at) {
    List<String> lines = new ArrayList<>();
    if (at.phase() != Phase.DONE && !at.detail().isBlank()) {
      lines.addAll(shortened(at.detail()));
    }
    for (CommandResult result : at.results()) {
      List<String> command = shortened(result.command());
      for (int i = 0; i < command.size(); i++) {
        lines.add((i == 0 ? "$ " : "  ") + command.get(i));
      }
      lines.addAll(shortened(result.output()));
      lines.add("# " + Escapes.oneLine(outcome(result)));
    }
    if (lines.isEmpty()) {
      return;
    }
    String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    definitions.append(newline).append("    ").append(fence).append("text").append(newline);
    lines.forEach(line -> definitions.append("    ").append(line).append(newline));
    definitions.append("    ").append(fence).append(newline);
  }

  private static String outcome(CommandResult result) {
    String exit = result.exit().map(code -> "exit " + code).orElse("did not end by itself");
    return exit
        + " after %d ms: ".formatted(result.took().toMillis())
        + switch (result.judgement()) {
          case CommandResult.Judgement.Met(String reason) -> "good, " + reason;
          case CommandResult.Judgement.NotMet(String reason) -> "not good, " + reason;
          case CommandResult.Judgement.NeedsPerson(String reason) -> "for a person, " + reason;
        };
  }

  private static List<String> shortened(String words) {
    List<String> all = Escapes.output(words).stripTrailing().lines().map(Footnotes::cut).toList();
    if (all.size() <= LINES_MAX) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, LINES_MAX / 2));
    some.add("… %d lines …".formatted(all.size() - LINES_MAX));
    some.addAll(all.subList(all.size() - LINES_MAX / 2, all.size()));
    return some;
  }

  /// At most so many characters, none of them halved.
  private static String cut(String line) {
    if (line.length() <= COLUMNS_MAX) {
      return line;
    }
    int end = COLUMNS_MAX - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static int longestRun(List<String> lines) {
    int longest = 0;
    for (String line : lines) {
      int run = 0;
      for (int i = 0; i < line.length(); i++) {
        run = line.charAt(i) == '`' ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }
}
