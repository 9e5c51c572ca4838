package tminus.server.page;

import java.util.List;
import java.util.Optional;
import tminus.engine.EventWords.Tone;

/// All that the report of a run says, in the order it says it. Not escaped yet.
///
/// @param title the browser's title
/// @param runId the run's name
/// @param document the checklist's title
/// @param result how the run ended, or where it stands
/// @param alert what the reader must know before believing the rest; may be empty
/// @param facts what identifies the run
/// @param values what else the run was given, that the document does not ask for
/// @param summary what a reader in a hurry needs
/// @param traffic what the traffic did, when the run moved any
/// @param timeline what happened, in order
/// @param steps the plan's steps, as far as they came
/// @param rollback the rollback's steps; empty when there was no rollback
/// @param filled the document as filled in by the run
public record Page(
    String title,
    String runId,
    String document,
    Result result,
    String alert,
    List<Fact> facts,
    List<Fact> values,
    Summary summary,
    Optional<Traffic> traffic,
    List<Stretch> timeline,
    List<Chapter> steps,
    List<Chapter> rollback,
    String filled) {

  /// How a run ended, or where it stands.
  ///
  /// @param why in a few words; may be empty
  public record Result(Tone tone, String words, String why) {}

  /// One thing that is known of the run.
  ///
  /// @param tone `NEUTRAL` unless the reader must notice
  /// @param code whether it is to be read letter by letter
  public record Fact(String name, String value, Tone tone, boolean code) {}

  /// What a reader in a hurry needs.
  ///
  /// @param counts how many steps came how far
  /// @param remarks what the counts do not say
  /// @param leftOut what was gone on without, or declared done although it failed
  /// @param gates the decisions
  /// @param people who took part
  public record Summary(
      List<Count> counts,
      List<String> remarks,
      List<LeftOut> leftOut,
      List<Decision> gates,
      List<Person> people) {}

  /// So many steps.
  public record Count(Tone tone, long number, String words) {}

  /// A step with a link to it.
  ///
  /// @param anchor its id in the page
  public record StepRef(String anchor, String title) {}

  /// A step that was gone on without, or declared done against what Tminus found.
  public record LeftOut(StepRef step, Kind kind, String who, Stamp at, String why) {

    /// What became of it.
    public enum Kind {
      /// Never tried.
      SKIPPED("skipped"),
      /// Tried, not good, and gone on all the same.
      WAIVED("waived"),
      /// Tried, not good, and a person said it is done.
      OVERRULED("failed, and declared done");

      private final String words;

      Kind(String words) {
        this.words = words;
      }

      /// As written in sentences.
      public String words() {
        return words;
      }
    }
  }

  /// A gate.
  ///
  /// @param at when; empty when nobody has decided
  /// @param authority whose decision it is, as the document says; may be empty
  public record Decision(
      StepRef step, Tone tone, String words, String who, String authority, Optional<Stamp> at) {}

  /// Somebody who took part.
  ///
  /// @param words what they did, added up
  /// @param acts each thing they did
  public record Person(String name, String words, List<Entry> acts) {}

  /// One line of the timeline.
  ///
  /// @param newDay whether it is the first of its day
  /// @param subject what it is about; may be empty
  /// @param anchor the step's id in the page, when it is about one
  /// @param by the person who did it; empty when Tminus did
  /// @param why may be empty
  public record Entry(
      Stamp at,
      boolean newDay,
      Tone tone,
      String subject,
      Optional<String> anchor,
      String what,
      Optional<String> by,
      String why) {

    Entry onNewDay() {
      return new Entry(at, true, tone, subject, anchor, what, by, why);
    }
  }

  /// What happened under one heading of the document, without a break.
  public record Stretch(String heading, List<Entry> entries) {}

  /// The steps under one heading of the document.
  public record Chapter(String heading, List<Card> cards) {}

  /// One step.
  ///
  /// @param state where it stands
  /// @param facts who, when, how long, where in the document
  /// @param detail why it stands there; may be empty
  /// @param filled what was filled in and chosen
  /// @param context the document's words beside it
  /// @param attempts what came of each attempt, with its evidence, undos included
  public record Card(
      StepRef step,
      Tone tone,
      String state,
      List<String> facts,
      String detail,
      List<String> filled,
      List<String> context,
      List<Attempt> attempts) {}

  /// One attempt.
  ///
  /// @param words which one, and what came of it
  public record Attempt(Tone tone, String words, List<Evidence> evidence) {}

  /// One command and what came of it.
  ///
  /// @param words its line, exit code, and how long it took
  /// @param judgement what its output was judged to be
  /// @param output what it printed, without colour codes; may be empty
  public record Evidence(
      Tone tone, String words, String judgement, String command, String output) {}

  /// What the traffic did.
  ///
  /// @param wide the chart for screens and paper, as SVG
  /// @param narrow the same for a phone
  /// @param words the same in a sentence
  /// @param stable the name of the column's slot
  /// @param candidate the same for the other one
  /// @param rows the numbers, thinned out
  /// @param thinned which of the readings the rows are, if not all
  public record Traffic(
      String wide,
      String narrow,
      String words,
      String stable,
      String candidate,
      List<Row> rows,
      String thinned) {}

  /// One reading of both slots.
  public record Row(Stamp at, String share, Cells stable, Cells candidate) {}

  /// One slot's numbers in a row.
  public record Cells(String requests, String errors, String p95) {}
}
