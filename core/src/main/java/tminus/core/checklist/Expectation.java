package tminus.core.checklist;

import java.util.List;
import tminus.core.judge.Comparison;

/// What a command's output must be, as the document words it.
public sealed interface Expectation {

  /// The document's own words.
  String text();

  /// No output, white space aside.
  record Empty(String text) implements Expectation {}

  /// The output contains these words, white space folded. In a line that may deny them (`not
  /// ready`), or so short that they stand there by chance (`LINE 1`), they are for a person to
  /// judge; on a line of their own they are not.
  record Literal(String text, String words) implements Expectation {}

  /// The one number of the output compares so.
  ///
  /// @param value the number as written: `0.5` in `< 0.5s`
  /// @param unit its unit as written, `s`, `ms`, `%`, `MB`; empty when it has none. A number of the
  ///   output without a unit is in this one.
  record Amount(String text, Comparison comparison, double value, String unit)
      implements Expectation {}

  /// The output says this HTTP status: as a line of its own, or in a status line.
  record HttpStatus(String text, int status) implements Expectation {}

  /// The output is JSON that holds at least this. `{"status":"ok"}` holds in
  /// `{"status":"ok","version":"2"}`.
  ///
  /// @param fields paths (`status`, `dependencies.database`, `items[0].id`) with what each must be
  record Json(String text, List<Field> fields) implements Expectation {

    public Json {
      fields = List.copyOf(fields);
    }

    /// One field of the JSON.
    ///
    /// @param path dotted path from the top
    /// @param comparison how the value compares; `EQUAL` for words
    /// @param value the words, or the number written out
    public record Field(String path, Comparison comparison, String value) {}
  }

  /// At least so many lines contain these words: `At least one 429`.
  record Count(String text, int least, String words) implements Expectation {}

  /// Each of these lines stands in the output, in this order; `[anything]` in one stands for any
  /// word.
  record Lines(String text, List<String> lines) implements Expectation {

    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /// Each of these holds: `HTTP 200, Time < 0.5s`. All of them are for a machine to judge. Since
  /// several numbers may stand in one output, an amount is the number after the words before it,
  /// `Time`; where these do not stand in the output, a person judges.
  ///
  /// @param parts two or more, none of them `All` or `Prose`; each with its own words as `text`
  record All(String text, List<Expectation> parts) implements Expectation {

    public All {
      parts = List.copyOf(parts);
    }
  }

  /// Not machine-checkable: a person judges, with the output beside it.
  record Prose(String text) implements Expectation {}
}
