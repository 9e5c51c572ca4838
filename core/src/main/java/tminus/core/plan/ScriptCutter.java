package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.checklist.Command;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Script;
import tminus.core.plan.ScriptPiece.Ask;
import tminus.core.plan.ScriptPiece.Form;
import tminus.core.plan.ScriptPiece.Pause;
import tminus.core.plan.ScriptPiece.Remark;
import tminus.core.plan.ScriptPiece.Run;

/// Cuts a script where its comments ask for something. Use one for one script.
final class ScriptCutter {

  /// Commands that wait by themselves, whatever the comment above them says.
  private static final Pattern WAITS =
      Pattern.compile(
          "\\b(?:sleep|wait|watch|timeout|duration|monitor|status|for|while|until|since)\\b");

  private final List<ScriptPiece> pieces = new ArrayList<>();
  private final List<Command> run = new ArrayList<>();

  private ScriptCutter() {}

  /// A script's pieces, in the order of its lines.
  static List<ScriptPiece> cut(Script script) {
    return new ScriptCutter().pieces(script);
  }

  /// Whether all of the script is one run of commands.
  static boolean isWhole(List<ScriptPiece> pieces) {
    return pieces.stream().allMatch(piece -> piece instanceof Remark || piece instanceof Run)
        && pieces.stream().filter(Run.class::isInstance).count() < 2;
  }

  /// The wait that a comment above a command asks for before it: `After another 24 hours`. A
  /// comment may also say what the command itself does, `Wait for the rollout (5 minutes)`.
  static Optional<Mark.Wait> waitBefore(Command command) {
    return command.marks().stream()
        .filter(Mark.Wait.class::isInstance)
        .map(Mark.Wait.class::cast)
        .filter(_ ->
            command.label().toLowerCase(Locale.ROOT).matches("^(?:only )?after .*")
                || !WAITS.matcher(command.text()).find())
        .findFirst();
  }

  private List<ScriptPiece> pieces(Script script) {
    List<Object> parts = new ArrayList<>(script.commands());
    parts.addAll(script.notes());
    parts.sort(Comparator.comparingInt(ScriptCutter::start));
    for (int i = 0; i < parts.size(); ) {
      if (parts.get(i) instanceof Command command) {
        command(command);
        i++;
      } else {
        List<Line> paragraph = paragraph(parts, i);
        paragraph(paragraph);
        i += paragraph.size();
      }
    }
    endRun();
    return List.copyOf(pieces);
  }

  private static int start(Object part) {
    return part instanceof Command command ? command.span().start() : ((Line) part).span().start();
  }

  /// The notes from `i` on that stand in lines right below each other.
  private static List<Line> paragraph(List<Object> parts, int i) {
    List<Line> paragraph = new ArrayList<>();
    while (i + paragraph.size() < parts.size()
        && parts.get(i + paragraph.size()) instanceof Line line
        && (paragraph.isEmpty() || line.span().line() == paragraph.getLast().span().line() + 1)) {
      paragraph.add(line);
    }
    return paragraph;
  }

  private void command(Command command) {
    waitBefore(command)
        .ifPresent(wait -> {
          endRun();
          Line words = new Line(wait.span(), command.label(), command.marks());
          pieces.add(new Pause(words, wait.duration(), List.of(), false));
        });
    run.add(command);
  }

  private void endRun() {
    if (!run.isEmpty()) {
      pieces.add(new Run(run));
      run.clear();
    }
  }

  private void paragraph(List<Line> notes) {
    for (int i = 0; i < notes.size(); ) {
      Line note = notes.get(i);
      int end = i + 1;
      if (isPause(note)) {
        while (end < notes.size() && !isPause(notes.get(end)) && !isShift(notes.get(end))) {
          end++;
        }
        pause(note, notes.subList(i + 1, end));
        end = i + 1 + leading(notes, i + 1);
      } else if (isTask(note)) {
        end += leading(notes, end);
        endRun();
        pieces.add(new Ask(note, notes.subList(i + 1, end), isMeasured(notes, i, end)));
      } else {
        endRun(note);
        pieces.add(isForm(note) ? new Form(note) : new Remark(note));
      }
      i = end;
    }
  }

  private void pause(Line note, List<Line> beside) {
    endRun();
    boolean asked = beside.stream().anyMatch(ScriptCutter::isTask);
    Duration duration = note.marks(Mark.Wait.class).getFirst().duration();
    pieces.add(new Pause(note, duration, beside, asked));
  }

  /// A remark between two commands leaves them together.
  private void endRun(Line note) {
    if (isForm(note)) {
      endRun();
    }
  }

  /// How many notes from `from` on only say more about the one before them.
  private static int leading(List<Line> notes, int from) {
    int end = from;
    while (end < notes.size()
        && !isPause(notes.get(end))
        && !isTask(notes.get(end))
        && !isForm(notes.get(end))) {
      end++;
    }
    return end - from;
  }

  /// Whether a wait above the task measures all of its details.
  private static boolean isMeasured(List<Line> notes, int task, int end) {
    boolean waits = notes.subList(0, task).stream().anyMatch(ScriptCutter::isPause);
    List<Line> details = notes.subList(task + 1, end);
    return waits
        && !details.isEmpty()
        && details.stream().noneMatch(note -> note.marks(Mark.Threshold.class).isEmpty());
  }

  private static boolean isPause(Line note) {
    return !note.marks(Mark.Wait.class).isEmpty();
  }

  private static boolean isShift(Line note) {
    return !note.marks(Mark.Shift.class).isEmpty();
  }

  private static boolean isTask(Line note) {
    return !note.marks(Mark.Task.class).isEmpty() || isShift(note);
  }

  private static boolean isForm(Line note) {
    return note.marks(Mark.Blank.class).stream()
        .anyMatch(blank -> blank.role() == Mark.Blank.Role.FIELD);
  }
}
