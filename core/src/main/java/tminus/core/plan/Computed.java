package tminus.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a blank of a step's form says that the run itself knows, so that nobody is asked for it. A
/// person's word goes before it all the same.
public sealed interface Computed {

  /// The position of the blank among the form's fields, from 0.
  int field();

  /// The steps the value is about.
  default List<StepId> about() {
    return switch (this) {
      case Count count -> count.of();
      case When when -> when.of();
      case Who who -> who.of();
      case Turn turn -> List.of(turn.step());
      case Took took -> List.of(took.from(), took.to());
      case Result result -> List.of(result.step());
      case Rollback _ -> List.of();
    };
  }

  /// How many of these steps came out so.
  ///
  /// @param of the items that are counted
  /// @param said how many there are by the document's own words (`____/8`), if it says so; where it
  ///   differs from the number of items, the value says both
  record Count(int field, Outcome outcome, List<StepId> of, Optional<Integer> said)
      implements Computed {

    public Count {
      of = List.copyOf(of);
    }

    /// Whether the document says another number of items than there are.
    public boolean isMismatch() {
      return said.isPresent() && said.get() != of.size();
    }
  }

  /// How an item that is counted came out.
  enum Outcome {
    /// It is done: `complete`, `passed`.
    DONE,
    /// It failed, waived or not.
    FAILED,
    /// It was gone on without, untried: `blocked`, `skipped`.
    SKIPPED
  }

  /// When the last of these steps was done.
  ///
  /// @param dateOnly without the time of day
  record When(int field, List<StepId> of, boolean dateOnly) implements Computed {

    public When {
      of = List.copyOf(of);
    }
  }

  /// Who did the last of these steps.
  record Who(int field, List<StepId> of) implements Computed {

    public Who {
      of = List.copyOf(of);
    }
  }

  /// When it became this step's turn.
  ///
  /// @param later that much after it
  record Turn(int field, StepId step, Duration later) implements Computed {}

  /// How long it took from the beginning of one step to the end of another.
  record Took(int field, StepId from, StepId to, Unit unit) implements Computed {}

  /// What a duration is written in.
  enum Unit {
    SECONDS(Duration.ofSeconds(1)),
    MINUTES(Duration.ofMinutes(1)),
    HOURS(Duration.ofHours(1)),
    /// As people say it: `1 h 5 min`.
    WORDS(Duration.ofMillis(1));

    private final Duration one;

    Unit(Duration one) {
      this.one = one;
    }

    /// How long one of it is.
    public Duration one() {
      return one;
    }
  }

  /// Whether the step's own commands found it good: `PASS` or `FAIL`.
  record Result(int field, StepId step) implements Computed {}

  /// When, by whom, or why the rollback began.
  record Rollback(int field, Fact fact) implements Computed {}

  /// What is asked about the beginning of a rollback.
  enum Fact {
    WHEN,
    WHO,
    WHY
  }
}
