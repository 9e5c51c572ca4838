package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tminus.core.checklist.Span;
import tminus.core.plan.Action;
import tminus.core.plan.Deployments;
import tminus.core.plan.Headings;
import tminus.core.plan.Step;
import tminus.core.run.StepState.Phase;

/// Fills in the document's deployment log: the rows it has prepared get their time, where the run
/// has an event that certainly is the one they name, and the run's own log follows below.
final class DeploymentLog {

  private static final Pattern STARTED =
      Pattern.compile("(?i)^(.+?)\\s+(?:started|starts|begun|begins|initiated)$");
  private static final Pattern ENDED =
      Pattern.compile("(?i)^(.+?)\\s+(?:complete|completed|done|finished|ended)$");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})\\s*%");
  private static final Pattern TRAFFIC =
      Pattern.compile("(?i)\\b(?:traffic|shift\\w*|canary|weight|cutover)\\b");
  private static final Pattern TIME_TO_FILL = Pattern.compile("_{3,}|\\[[\\p{Lu}][^\\]]*]");
  private static final Pattern SHARE = Pattern.compile("(\\d+)\\s*/\\s*(\\d+)");
  private static final Pattern DURATION =
      Pattern.compile("(?i)duration:?\\s*(_{3,})\\s*(min(?:utes)?|s(?:econds)?|h(?:ours)?)?\\b");

  private final String text;
  private final LogTable table;
  private final RunState state;
  private final List<Recorded> events;
  private final Headings headings;

  DeploymentLog(String text, LogTable table, RunState state, List<Recorded> events) {
    this.text = text;
    this.table = table;
    this.state = state;
    this.events = events;
    this.headings = new Headings(state.plan().steps());
  }

  /// What a row's words are about.
  ///
  /// @param at when it happened
  /// @param of the steps it is about; empty for the run as a whole
  private record Happened(Instant at, List<Step> of) {}

  /// The changes of the text, the rows that are added last.
  List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    for (LogTable.Row row : table.rows()) {
      String time = row.cell(text, table.timeColumn());
      if (TIME_TO_FILL.matcher(time).matches()) {
        happened(row).ifPresent(what -> fill(row, what, edits));
      }
    }
    edits.add(appended());
    return edits;
  }

  private void fill(LogTable.Row row, Happened what, List<Edit> into) {
    into.add(new Edit(row.cells().get(table.timeColumn()), Entries.moment(what.at())));
    int notes = table.column("notes");
    Matcher duration = DURATION.matcher(row.cell(text, notes));
    if (what.of().isEmpty() && duration.find()) {
      Span cell = row.cells().get(notes);
      Span blank =
          new Span(cell.line(), cell.start() + duration.start(1), cell.start() + duration.end(1));
      start().ifPresent(began -> into.add(new Edit(blank, took(began, what.at(), duration))));
    }
  }

  private static String took(Instant from, Instant to, Matcher duration) {
    Duration took = Duration.between(from, to);
    String unit = duration.start(2) < 0 ? "m" : duration.group(2).toLowerCase(Locale.ROOT);
    return String.valueOf(
        switch (unit.charAt(0)) {
          case 's' -> took.toSeconds();
          case 'h' -> Math.round(took.toMinutes() / 60.0);
          default -> Math.round(took.toSeconds() / 60.0);
        });
  }

  private Optional<Instant> start() {
    return Deployments.start(state.plan().steps()).flatMap(step -> state.step(step.id()).began());
  }

  private Optional<Happened> happened(LogTable.Row row) {
    String event = row.cell(text, table.column("event")).replaceAll("[*_`]", "").strip();
    Matcher percent = PERCENT.matcher(event);
    Optional<Happened> happened;
    if (percent.find()) {
      happened = shifted(event, Integer.parseInt(percent.group(1)));
    } else {
      Matcher started = STARTED.matcher(event);
      Matcher ended = ENDED.matcher(event);
      happened =
          started.matches()
              ? began(started.group(1))
              : ended.matches() ? ended(ended.group(1)) : Optional.empty();
    }
    return happened.filter(what -> holds(row.cell(text, table.column("notes")), what));
  }

  /// Whether what the document has written down beforehand (`20/20 passed`) is what happened. What
  /// cannot be known does not hold.
  private boolean holds(String notes, Happened what) {
    String rest = notes;
    Matcher share = SHARE.matcher(notes);
    if (share.find()) {
      List<Step> items = what.of().stream().filter(step -> step.form().box().isPresent()).toList();
      long done = items.stream().filter(step -> phase(step) == Phase.DONE).count();
      boolean same =
          share.group(1).equals(String.valueOf(done))
              && share.group(2).equals(String.valueOf(items.size()));
      rest = same ? share.replaceFirst("") : notes;
    }
    return rest.chars().noneMatch(Character::isDigit);
  }

  private Optional<Happened> shifted(String event, int percent) {
    if (!TRAFFIC.matcher(event).find()) {
      return Optional.empty();
    }
    List<Step> shifts =
        state.plan().steps().stream()
            .filter(step ->
                step.action() instanceof Action.Shift(var weight) && weight.percent() == percent)
            .toList();
    return shifts.size() == 1 && phase(shifts.getFirst()) == Phase.DONE
        ? Optional.of(new Happened(state.step(shifts.getFirst().id()).since(), shifts))
        : Optional.empty();
  }

  private Optional<Happened> began(String subject) {
    return switch (whole(subject)) {
      case DEPLOYMENT -> start().map(at -> new Happened(at, List.of()));
      case ROLLBACK -> first(Event.RollbackStarted.class).map(at -> new Happened(at, List.of()));
      case NEITHER ->
          of(subject)
              .flatMap(steps ->
                  steps.stream()
                      .flatMap(step -> state.step(step.id()).began().stream())
                      .min(Comparator.naturalOrder())
                      .map(at -> new Happened(at, steps)));
    };
  }

  private Optional<Happened> ended(String subject) {
    return switch (whole(subject)) {
      case DEPLOYMENT -> finished(Event.Result.SUCCEEDED);
      case ROLLBACK -> finished(Event.Result.ROLLED_BACK);
      case NEITHER ->
          of(subject)
              .filter(steps -> steps.stream().allMatch(step -> phase(step) == Phase.DONE))
              .flatMap(steps ->
                  steps.stream()
                      .map(step -> state.step(step.id()).since())
                      .max(Comparator.naturalOrder())
                      .map(at -> new Happened(at, steps)));
    };
  }

  private Optional<Happened> finished(Event.Result how) {
    return state.result().equals(Optional.of(how))
        ? first(Event.RunFinished.class).map(at -> new Happened(at, List.of()))
        : Optional.empty();
  }

  private enum Whole {
    DEPLOYMENT,
    ROLLBACK,
    NEITHER
  }

  private static Whole whole(String subject) {
    Set<String> words = Headings.words(subject);
    return words.equals(Set.of("deployment"))
        ? Whole.DEPLOYMENT
        : words.equals(Set.of("rollback")) ? Whole.ROLLBACK : Whole.NEITHER;
  }

  private Optional<List<Step>> of(String subject) {
    return headings.section(subject).or(() -> headings.step(subject).map(List::of));
  }

  private Optional<Instant> first(Class<? extends Event> kind) {
    return events.stream()
        .filter(recorded -> kind.isInstance(recorded.event()))
        .map(Recorded::at)
        .findFirst();
  }

  private Phase phase(Step step) {
    return state.step(step.id()).phase();
  }

  /// The run's own log, in the table's columns.
  private Edit appended() {
    String newline = LineBreaks.of(text);
    boolean open = table.end() > 0 && LineBreaks.begin(text, table.end()) != table.end();
    StringBuilder rows = new StringBuilder(open ? newline : "");
    for (RunLog.Entry entry : RunLog.of(state.plan(), events)) {
      List<String> cells =
          Stream.concat(Stream.of("time"), table.columns().stream().skip(1))
              .map(column -> Escapes.words(cell(entry, column)))
              .toList();
      rows.append(table.prefix()).append("| ");
      rows.append(String.join(" | ", cells)).append(" |").append(newline);
    }
    if (open) {
      rows.setLength(rows.length() - newline.length());
    }
    return new Edit(new Span(1, table.end(), table.end()), rows.toString());
  }

  private String cell(RunLog.Entry entry, String column) {
    boolean noNotes = table.column("notes") < 0;
    return switch (column) {
      case "time" -> Entries.moment(entry.at());
      case "event" ->
          noNotes && !entry.notes().isEmpty()
              ? entry.event() + " (" + entry.notes() + ")"
              : entry.event();
      case "status" -> entry.status();
      case "notes" -> entry.notes();
      default -> "";
    };
  }
}
