package tminus.server.page;

import java.util.List;
import tminus.server.page.Page.Fact;

/// All that the printed copy of a plan says, in the order it says it. Not escaped yet.
///
/// @param title the checklist's title
/// @param hash the beginning of the plan's hash, as the terminal shows it
/// @param facts what identifies the plan
/// @param values the parameters, by name
/// @param missing parameters that have no value yet
/// @param rollCall who must be there
/// @param chapters what is done, in the document's order
/// @param signatures what must be signed or decided, by whom
/// @param back what is done when it has to go back
public record PlanPage(
    String title,
    String hash,
    List<Fact> facts,
    List<Fact> values,
    List<String> missing,
    List<Part> rollCall,
    List<Chapter> chapters,
    List<Signature> signatures,
    WayBack back) {

  /// A part somebody plays.
  ///
  /// @param role as the document names it; empty when it names nobody
  /// @param holders who that is, as the binding says; may be empty
  public record Part(String role, String holders) {}

  /// Words with places to write in between.
  public record Words(List<Piece> pieces) {

    public Words {
      pieces = List.copyOf(pieces);
    }
  }

  /// Words, or a place to write.
  ///
  /// @param text empty for a place to write
  public record Piece(String text) {

    /// Whether this is a place to write.
    public boolean isLine() {
      return text.isEmpty();
    }
  }

  /// Steps that stand under the same headings.
  ///
  /// @param headings those that are new, outermost first
  public record Chapter(List<Heading> headings, List<PrintedStep> steps) {}

  /// A heading of the document.
  ///
  /// @param level 2 for the outermost, to 4 for all that are deep
  /// @param due when it is due, unless it says so itself; may be empty
  public record Heading(int level, String text, String due) {}

  /// A step, to be done and ticked by hand.
  ///
  /// @param number its number on this copy: `12`, `R3`
  /// @param depth how many steps it is a part of, 0 to 4
  /// @param gate whether it is a go/no-go decision
  /// @param facts its kind, who, and where in the document
  /// @param what it does, in words
  /// @param context the document's words beside it, without those that `choices` repeat
  /// @param commands its commands, in order
  /// @param body the message it sends; may be empty
  /// @param fields what is written down, as far as neither title nor context has a place for it
  /// @param authorities who decides; empty unless it is a gate
  public record PrintedStep(
      String number,
      int depth,
      boolean gate,
      Words title,
      List<String> facts,
      String what,
      List<Words> context,
      List<PrintedCommand> commands,
      String body,
      List<PrintedChoice> choices,
      List<String> fields,
      List<Part> authorities) {}

  /// A command.
  ///
  /// @param label the document's comment above it; may be empty
  /// @param expected what its output must be, and who judges; may be empty
  /// @param missing parameters without a value
  public record PrintedCommand(String label, String text, String expected, List<String> missing) {}

  /// A choice, with a box for each outcome.
  ///
  /// @param about what is chosen; may be empty
  public record PrintedChoice(String about, List<String> options) {}

  /// A line to sign.
  ///
  /// @param step the step's number
  /// @param what is signed or decided
  public record Signature(String step, String what, Part part) {}

  /// The way back.
  ///
  /// @param triggers what rolls back
  /// @param undos what is taken back, the last first
  /// @param chapters what is done after that
  public record WayBack(
      List<PrintedTrigger> triggers, List<String> undos, List<Chapter> chapters) {}

  /// What rolls back.
  ///
  /// @param judge who tells whether it is true
  public record PrintedTrigger(String words, String judge) {}
}
