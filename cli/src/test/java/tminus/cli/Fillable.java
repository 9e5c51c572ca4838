package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;

/// What may differ in a filled-in document, by the reading alone, and nothing else: boxes, choices,
/// blanks, and rows below a deployment log. Knows nothing of how documents are filled in.
final class Fillable {

  private static final Pattern LOG_HEAD = Pattern.compile("(?i)Time \\| Event\\b.*");

  /// A place, and what may stand there instead.
  private record Place(int start, int end, String pattern) {}

  private final String text;
  private final List<Place> places = new ArrayList<>();
  private int logHead = -1;

  Fillable(String text, Checklist checklist) {
    this.text = text;
    visit(List.of(checklist.root()));
    places.sort(Comparator.comparingInt(Place::start).thenComparingInt(Place::end));
  }

  private void visit(List<Node> nodes) {
    for (Node node : nodes) {
      switch (node) {
        case Section section -> {
          marks(section.marks());
          visit(section.content());
        }
        case Item item -> {
          box(item.box());
          marks(item.line().marks());
          visit(item.content());
        }
        case Line line -> {
          marks(line.marks());
          if (logHead < 0 && LOG_HEAD.matcher(line.text()).matches()) {
            logHead = line.span().line() - 1;
          }
        }
        case Script script -> {
          script.commands().forEach(command -> command.blanks().forEach(this::blank));
          script.notes().forEach(line -> marks(line.marks()));
        }
        case Template template -> template.blanks().forEach(this::blank);
      }
    }
  }

  private void marks(List<Mark> marks) {
    for (Mark mark : marks) {
      if (mark instanceof Mark.Blank blank) {
        blank(blank);
      } else if (mark instanceof Mark.Choice choice) {
        for (Mark.Choice.Option option : choice.options()) {
          option
              .box()
              .ifPresentOrElse(
                  this::box,
                  () ->
                      places.add(
                          new Place(
                              option.span().start(), option.span().start(), "(?:\\\\?\\[x\\] )?")));
        }
      }
    }
  }

  private void blank(Mark.Blank blank) {
    places.add(new Place(blank.span().start(), blank.span().end(), "[^\\r\\n]+?"));
  }

  private void box(Span box) {
    places.add(
        new Place(box.start(), box.end(), "(?:" + Pattern.quote(box.in(text)) + "|\\[x\\])"));
  }

  /// Asserts that the filled document has each line of this one, the same but for what may differ,
  /// and no others but rows right below a log.
  void assertKept(String filled, String which) {
    List<String> lines = List.of(text.split("(?<=\n)", -1));
    List<String> filledLines = List.of(filled.split("(?<=\n)", -1));
    int more = filledLines.size() - lines.size();
    int log = endOfLog(lines);
    if (log < 0) {
      assertThat(more).as("lines added without a log, %s", which).isZero();
    }
    int start = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String found = filledLines.get(log >= 0 && i >= log ? i + more : i);
      String expected = pattern(start, start + line.length());
      // The last line of a text that ends with its log gets a line end, since rows follow.
      boolean grown = i == log - 1 && log == lines.size() && !line.endsWith("\n");
      String ending = grown ? "(?:\\r?\\n)?" : "";
      if (!Pattern.compile(expected + ending, Pattern.DOTALL).matcher(found).matches()) {
        throw new AssertionError(
            "%s: line %d was%n%s and is%n%s".formatted(which, i + 1, line, found));
      }
      start += line.length();
    }
    for (int i = 0; log >= 0 && i < more; i++) {
      assertThat(filledLines.get(log + i)).as(which).matches("[\\s>]*\\| .*\\|\r?\n?");
    }
  }

  /// The number of the line after the first log's last row, or -1.
  private int endOfLog(List<String> lines) {
    int end = logHead < 0 ? -1 : logHead + 2;
    while (end >= 0 && end < lines.size() && lines.get(end).contains("|")) {
      end++;
    }
    return end;
  }

  private String pattern(int from, int to) {
    StringBuilder pattern = new StringBuilder();
    int at = from;
    for (Place place : places) {
      if (place.start() >= at && place.end() <= to && place.start() < to) {
        pattern.append(Pattern.quote(text.substring(at, place.start()))).append(place.pattern());
        at = place.end();
      }
    }
    return pattern.append(Pattern.quote(text.substring(at, to))).toString();
  }
}
