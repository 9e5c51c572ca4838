package tminus.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tminus.core.checklist.Element;
import tminus.core.checklist.Elements;
import tminus.core.checklist.Span;

/// Prints a document with what each line was taken for to the left of it.
///
/// The margin stands on the left because there it stays straight whatever characters the lines
/// hold.
final class ReadPrinter {

  private static final int MARGIN = 34;

  /// A line number and the blanks around it.
  private static final int NUMBER = 7;

  private final Console console;
  private final Style style;
  private final int text;

  ReadPrinter(Console console) {
    this.console = console;
    this.style = console.style();
    this.text = Math.max(20, console.width() - MARGIN - NUMBER);
  }

  /// A piece of the margin, with the colour it has.
  private record Note(String words, Tone tone) {}

  private enum Tone {
    QUIET,
    PLAIN,
    ACTS,
    STOPS
  }

  void print(Document document, Elements elements) {
    Map<Integer, List<Note>> notes = notes(elements);
    List<String> lines = document.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      line(i + 1, wrapped(shown(lines.get(i)), text), notes.getOrDefault(i + 1, List.of()));
    }
    console.out().println();
    summary(document, elements);
  }

  private static Map<Integer, List<Note>> notes(Elements elements) {
    Map<Integer, List<Note>> notes = new HashMap<>();
    for (Element element : elements.elements()) {
      notes
          .computeIfAbsent(element.span().line(), _ -> new ArrayList<>())
          .add(new Note(element.said(), tone(element.kind())));
    }
    for (Span span : elements.prose()) {
      notes.computeIfAbsent(span.line(), _ -> new ArrayList<>()).add(new Note("prose", Tone.QUIET));
    }
    return notes;
  }

  private static Tone tone(Element.Kind kind) {
    return switch (kind) {
      case ITEM, PART, TASK, SECTION, REFERENCE, CONTACT, LOG_TABLE -> Tone.QUIET;
      case COMMAND, EXPECTATION, SHIFT, WAIT, MESSAGE, UNDO -> Tone.ACTS;
      case GATE, SIGNOFF, TRIGGER, CHOICE -> Tone.STOPS;
      case BLANK, CONDITION, RESPONSIBLE, EVIDENCE, ALTERNATIVE, OPTIONAL -> Tone.PLAIN;
    };
  }

  /// A row of the document; as many rows as its words or its notes need.
  private void line(int number, List<String> words, List<Note> notes) {
    List<String> margin = margin(notes);
    for (int row = 0; row < Math.max(words.size(), margin.size()); row++) {
      String left = row < margin.size() ? margin.get(row) : " ".repeat(MARGIN);
      String middle = row == 0 ? "%5d  ".formatted(number) : " ".repeat(NUMBER);
      String right = row < words.size() ? words.get(row) : "";
      console.out().println((left + style.dim(middle) + right).stripTrailing());
    }
  }

  /// The notes beside one line, several in a row while they fit.
  private List<String> margin(List<Note> notes) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    int used = 0;
    for (Note note : notes) {
      String words = shown(note.words());
      words = words.length() > MARGIN - 1 ? words.substring(0, MARGIN - 2) + "…" : words;
      boolean fits = used == 0 || used + 2 + words.length() < MARGIN;
      if (!fits) {
        rows.add(row + " ".repeat(MARGIN - used));
        row.setLength(0);
        used = 0;
      }
      row.append(used == 0 ? "" : ", ").append(coloured(words, note.tone()));
      used += words.length() + (used == 0 ? 0 : 2);
    }
    if (used > 0) {
      rows.add(row + " ".repeat(MARGIN - used));
    }
    return rows;
  }

  private String coloured(String words, Tone tone) {
    return switch (tone) {
      case QUIET -> style.dim(words);
      case PLAIN -> words;
      case ACTS -> style.accent(words);
      case STOPS -> style.warn(words);
    };
  }

  /// Tabs as blanks, and nothing that would steer the terminal.
  private static String shown(String words) {
    return words.replace("\t", "    ").replaceAll("\\p{Cntrl}", "�").stripTrailing();
  }

  private static List<String> wrapped(String words, int width) {
    List<String> rows = new ArrayList<>();
    String rest = words;
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      at = at > width / 2 ? at : width;
      rows.add(rest.substring(0, at));
      rest = rest.substring(at).strip();
    }
    rows.add(rest);
    return rows;
  }

  /// A blank that no line is broken at.
  private static final char TIGHT = '\u00a0';

  private void summary(Document document, Elements elements) {
    String counts =
        elements.counts().entrySet().stream()
            .map(entry -> "%d\u00a0%s".formatted(entry.getValue(), entry.getKey().word()))
            .collect(Collectors.joining(", "));
    int prose = (int) elements.prose().stream().map(Span::line).distinct().count();
    console.out().println(style.bold(document.name()));
    String all = (counts.isEmpty() ? "" : counts + "; ") + prose(prose);
    wrapped(all, console.width() - 2)
        .forEach(row -> console.out().println("  " + row.replace(TIGHT, ' ')));
  }

  private static String prose(int lines) {
    return lines == 1 ? "1 line left as prose" : lines + " lines left as prose";
  }
}
