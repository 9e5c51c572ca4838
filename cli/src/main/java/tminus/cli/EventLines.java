package tminus.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tminus.core.plan.StepId;
import tminus.core.run.Recorded;
import tminus.engine.EventWords;
import tminus.engine.RunListener;
import tminus.engine.Runs;

/// Prints what happens, a line an event: time, mark, words. Safe for concurrent use.
final class EventLines implements RunListener {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// The time, the mark, and a blank after each.
  private static final int INDENT = 11;

  private final Style style;

  private final Consumer<String> sink;
  private final OptionalInt room;

  EventLines(Console console) {
    this(console, console.out()::println);
  }

  /// Lines that go elsewhere than straight to the output.
  EventLines(Console console, Consumer<String> sink) {
    this.style = console.style();
    this.sink = sink;
    this.room =
        console.interactive() ? OptionalInt.of(console.width() - INDENT) : OptionalInt.empty();
  }

  /// Prints what happened between two views of one run.
  void print(Runs.View before, Runs.View after) {
    after
        .events()
        .subList(before.events().size(), after.events().size())
        .forEach(event -> recorded(after, event));
  }

  @Override
  public synchronized void recorded(Runs.View view, Recorded recorded) {
    line(view, recorded).ifPresent(sink);
  }

  @Override
  public synchronized void output(StepId step, String line) {
    sink.accept("           " + style.dim("│ ") + line);
  }

  /// What is no event: what became of a run in this process.
  void said(Instant at, String words) {
    sink.accept("%s %s %s".formatted(style.dim(TIME.format(at)), style.dim("·"), wrapped(words)));
  }

  /// One event as a line, if it says anything to a person; on a terminal it breaks between words.
  Optional<String> line(Runs.View view, Recorded recorded) {
    return EventWords.of(recorded, view.state().plan())
        .map(words ->
            "%s %s %s"
                .formatted(
                    style.dim(TIME.format(recorded.at())),
                    mark(words.tone()),
                    wrapped(words.toString())));
  }

  /// The words below each other, clear of the time and the mark.
  private String wrapped(String words) {
    if (room.isEmpty()) {
      return words;
    }
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : words.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > room.getAsInt()) {
        lines.append('\n').append(" ".repeat(INDENT));
        column = 0;
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }

  private String mark(EventWords.Tone tone) {
    return switch (tone) {
      case NEUTRAL -> style.dim("·");
      case GOOD -> style.good("✓");
      case ASKS -> style.accent("?");
      case CAUTION -> style.warn("–");
      case BAD -> style.bad("✗");
    };
  }
}
