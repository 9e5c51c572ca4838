package tminus.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import tminus.core.checklist.Family;
import tminus.core.plan.Choice;
import tminus.core.plan.Choice.Way;
import tminus.core.plan.Plan;
import tminus.core.plan.Selection;

/// Sees to it, before a run starts, that of several ways one is chosen: asks on a terminal, and
/// refuses elsewhere.
final class Chooser {

  private final Console console;
  private final Planning planning;

  Chooser(Console console, Planning planning) {
    this.console = console;
    this.planning = planning;
  }

  /// Takes the ways that an earlier plan of the same document takes, where nothing else says
  /// otherwise.
  Planning.Planned as(Plan earlier) {
    for (Choice choice : earlier.choices()) {
      if (choice.decision() == Choice.Decision.CHOSEN) {
        planning.choose(
            new Selection(
                Optional.of("line " + choice.line()),
                choice.taken().map(Way::title).orElse(Selection.NONE)));
      }
    }
    return planning.plan(console);
  }

  /// The plan with nothing left to choose.
  Planning.Planned complete(Planning.Planned planned) {
    if (planned.plan().open().isEmpty()) {
      return planned;
    }
    if (!console.interactive()) {
      throw refusal(planned);
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("tminus").build();
      Planning.Planned now = planned;
      while (!now.plan().open().isEmpty()) {
        Choice choice = now.plan().open().getFirst();
        String way = ask(choice, reader);
        planning.choose(new Selection(Optional.of("line " + choice.line()), way));
        console.line("%s: %s", choice.heading(), way);
        now = planning.plan(console);
      }
      return now;
    } catch (IOException e) {
      throw new UsageException(
          "the terminal cannot be used (%s) - choose with --choose".formatted(e.getMessage()));
    } catch (UserInterruptException | EndOfFileException _) {
      throw new UsageException(
          "no way was chosen, and nothing was started - choose one with --choose");
    }
  }

  private static UsageException refusal(Planning.Planned planned) {
    List<String> problems = new ArrayList<>();
    for (Choice choice : planned.plan().open()) {
      problems.add(
          "%s:%d: %s: one of %s must be chosen before a run - give %s, or put choose: { %s: %s } into the binding%s"
              .formatted(
                  planned.document().name(),
                  choice.line(),
                  choice.heading(),
                  names(choice),
                  option(choice, proposed(choice)),
                  Proposal.quoted(choice.heading()),
                  Proposal.quoted(proposed(choice)),
                  choice.rollback() ? "; none for none of them" : ""));
    }
    return new UsageException(problems);
  }

  /// The ways by name, with the document's advice.
  static String names(Choice choice) {
    return String.join(
        ", ",
        choice.ways().stream()
            .map(way -> "'%s'%s".formatted(way.name(), way.recommended() ? " (recommended)" : ""))
            .toList());
  }

  /// The option of the command line that would choose this way. A way back has the name of the way
  /// there, so it is told apart by its heading.
  static String option(Choice choice, String name) {
    return choice.rollback()
        ? "--choose '%s=%s'".formatted(choice.heading(), name)
        : "--choose '%s'".formatted(name);
  }

  private static String proposed(Choice choice) {
    return choice.recommended().orElse(choice.ways().getFirst()).name();
  }

  /// The title of the one chosen, or none.
  private String ask(Choice choice, LineReader reader) {
    Style style = console.style();
    console.out().println();
    console
        .out()
        .println(style.bold(choice.heading()) + ": which of these, before the run starts?");
    for (int i = 0; i < choice.ways().size(); i++) {
      Way way = choice.ways().get(i);
      String advice = way.recommended() ? "  recommended by the document" : "";
      console
          .out()
          .println(
              "  %d  %s".formatted(i + 1, way.title())
                  + style.dim(
                      "  line %d, %d to do%s".formatted(way.line(), way.content().size(), advice)));
    }
    if (choice.rollback()) {
      console.out().println("  0  none of them");
    }
    Optional<Way> offered = choice.recommended();
    String prompt =
        offered
            .map(way -> "which one? [%d] ".formatted(choice.ways().indexOf(way) + 1))
            .orElse("which one? ");
    while (true) {
      String answer = reader.readLine(style.accent(prompt)).strip();
      if (choice.rollback() && answer.matches("(?i)0|none")) {
        return Selection.NONE;
      }
      Optional<Way> way = answer.isEmpty() ? offered : meant(choice, answer);
      if (way.isPresent()) {
        return way.get().title();
      }
      console
          .out()
          .println(
              style.warn(
                  "'%s' is none of them - a number from 1 to %d, or words of one of them"
                      .formatted(answer, choice.ways().size())));
    }
  }

  /// The one way that a number or some of its words mean.
  private static Optional<Way> meant(Choice choice, String answer) {
    List<Way> ways = choice.ways();
    if (answer.matches("\\d{1,3}")) {
      int number = Integer.parseInt(answer);
      return number >= 1 && number <= ways.size()
          ? Optional.of(ways.get(number - 1))
          : Optional.empty();
    }
    List<String> wanted = Family.words(answer);
    List<Way> hits =
        ways.stream()
            .filter(way -> Family.words(way.title().toLowerCase(Locale.ROOT)).containsAll(wanted))
            .toList();
    return hits.size() == 1 && !wanted.isEmpty() ? Optional.of(hits.getFirst()) : Optional.empty();
  }
}
