package tminus.cli;

import java.util.List;
import java.util.Locale;
import tminus.core.plan.Choice;
import tminus.core.plan.Choice.Way;
import tminus.core.plan.Plan;

/// Shows on a terminal which of several ways a plan takes, what it leaves out, and what somebody
/// must still choose.
final class ChoicePrinter {

  private final Console console;
  private final Style style;

  ChoicePrinter(Console console) {
    this.console = console;
    this.style = console.style();
  }

  void print(Plan plan) {
    if (plan.choices().isEmpty()) {
      return;
    }
    console.out().println();
    console.out().println(style.bold("One of several ways"));
    for (Choice choice : plan.choices()) {
      if (choice.isOpen()) {
        open(choice, plan.open().contains(choice));
      } else {
        decided(choice);
      }
    }
  }

  private void open(Choice choice, boolean asked) {
    console
        .out()
        .println(
            "  "
                + style.warn("?")
                + " "
                + choice.heading()
                + style.warn(
                    asked ? "  choose one of" : "  open: follows the way there, where it can"));
    for (Way way : choice.ways()) {
      String advice = way.recommended() ? ", recommended by the document" : "";
      console
          .out()
          .println(
              "      "
                  + Chooser.option(choice, way.name())
                  + style.dim(
                      "  line %d, %d to do%s".formatted(way.line(), way.content().size(), advice)));
    }
  }

  private void decided(Choice choice) {
    String how =
        switch (choice.decision()) {
          case OPEN, UNNEEDED -> "not needed";
          case CHOSEN -> "chosen";
          case FOLLOWED -> "follows";
          case DEFAULT -> "unless chosen otherwise";
        };
    console
        .out()
        .println(
            "  "
                + style.accent("✓")
                + " "
                + choice.heading()
                + choice.taken().map(way -> ": %s".formatted(way.title())).orElse(": none of them")
                + style.dim(
                    "  "
                        + choice.taken().map(way -> "line %d, ".formatted(way.line())).orElse("")
                        + how
                        + (choice.why().isEmpty() ? "" : ": " + choice.why())));
    choice.left().forEach(this::left);
  }

  private void left(Way way) {
    console
        .out()
        .println(
            "      not chosen: "
                + way.title()
                + style.dim("  line %d%s".formatted(way.line(), otherwise(way.content()))));
    for (Choice.Entry entry : way.content()) {
      console
          .out()
          .println(
              style.dim(
                  String.format(
                      Locale.ROOT,
                      "        %5d  %-7s %s",
                      entry.line(),
                      entry.kind(),
                      abridged(entry.title()))));
    }
  }

  private static String otherwise(List<Choice.Entry> content) {
    return content.isEmpty() ? ", nothing to do in it" : "";
  }

  private String abridged(String text) {
    int room = Math.max(24, console.width() - 24);
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }
}
