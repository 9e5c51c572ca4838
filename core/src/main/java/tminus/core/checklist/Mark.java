package tminus.core.checklist;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.traffic.Weight;

/// What some words of a line were taken for. A line may carry several.
public sealed interface Mark {

  /// Where the words stand.
  Span span();

  /// A place to fill in. The span covers what the value replaces: the underscores, or the brackets
  /// and their word.
  ///
  /// @param role whether the value is known before the run, or learnt in it
  /// @param name what it is called: the bracketed word, or the label before the underscores (`Error
  ///   rate`); the line's words when it has no label
  record Blank(Span span, Role role, String name) implements Mark {

    /// When the value is known.
    public enum Role {
      /// Before the run.
      PARAMETER,
      /// In the run.
      FIELD
    }
  }

  /// One choice, of which exactly one outcome applies.
  ///
  /// Written in one line (`[ ] GO [ ] NO-GO`, `✓ PASSED / ✗ FAILED`), that line carries it. Written
  /// as items of one list (`- [ ] **GO** - …`, `- [ ] **NO-GO** - …`), they stay items, and each of
  /// them carries the same choice, equal to the others', with the options and boxes of all: whoever
  /// has handled one knows the rest by it. The box of the option that is an item is that item's
  /// box.
  ///
  /// @param span all of it, from the first option to the last
  /// @param options two or more, in the document's order
  record Choice(Span span, List<Option> options) implements Mark {

    public Choice {
      options = List.copyOf(options);
    }

    /// Whether there is an outcome the run goes on with.
    public boolean canBeGood() {
      return options.stream().anyMatch(Option::positive);
    }

    /// One outcome.
    ///
    /// @param label its words, without box or glyph: `GO`, `VERIFIED`
    /// @param box its box, if it has one; else the choice is marked before its words
    /// @param span where its words stand, glyph included, box excluded
    /// @param positive whether the run goes on with it: `GO`, `PASS`, `SUCCESSFUL`, `VERIFIED`,
    ///   `HEALTHY`; with `HIGH`, `MEDIUM`, `LOW` it goes on whichever is chosen
    public record Option(String label, Optional<Span> box, Span span, boolean positive) {}
  }

  /// Who must do it: `**Responsible:** DBA`.
  record Responsible(Span span, String role) implements Mark {}

  /// Who must sign.
  ///
  /// @param role the one named, else the one responsible, else empty
  record SignOff(Span span, String role) implements Mark {}

  /// Who decides: `**Decision Authority:** Release Manager`.
  record Authority(Span span, String role) implements Mark {}

  /// The evidence asked for: `**Verification:** …`.
  record Evidence(Span span, String text) implements Mark {}

  /// A threshold: what must hold where it stands.
  record Threshold(Span span, Condition condition) implements Mark {}

  /// A condition whose limit the document leaves open: `CPU > ____ %`, `metrics stable for 15
  /// minutes`. Nothing measures it, a person judges.
  ///
  /// @param metric what is meant, in the words of the document, in lower case
  /// @param comparison how it must compare with the limit, when that is said
  /// @param sustained how long it must hold, when that is said
  record Criterion(
      Span span, String metric, Optional<Comparison> comparison, Optional<Duration> sustained)
      implements Mark {}

  /// To be done, though no box stands before it: an entry of a list that asks for doing, a comment
  /// of a script that no command follows. A person is asked, unless other marks say how it is done.
  ///
  /// @param text its words
  /// @param timing when it is due, when its own words say so: `Week 2-4: …`
  record Task(Span span, String text, Optional<Timing> timing) implements Mark {}

  /// Moves traffic to the candidate until it has this share; 0 % for words that move it back.
  record Shift(Span span, Weight weight) implements Mark {}

  /// Waits, or watches, that long.
  record Wait(Span span, Duration duration) implements Mark {}

  /// Rolls back when it comes true. Without a condition that can be measured it is for people to
  /// judge.
  ///
  /// `**Rollback Trigger:** If …` before a script opens a section of its own for the two, of
  /// purpose `ROLLBACK`: the script is the way back of the section around it.
  ///
  /// @param condition the first one in its words that can be measured
  /// @param text its words
  record Trigger(Span span, Optional<Condition> condition, String text) implements Mark {}

  /// May be marked not applicable: `(if applicable)`, `(Optional)`.
  record IfApplicable(Span span) implements Mark {}
}
