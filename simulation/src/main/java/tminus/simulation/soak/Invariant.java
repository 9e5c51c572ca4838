package tminus.simulation.soak;

/// What must hold in every run, whatever happens.
public enum Invariant {
  /// Before its turn nothing starts, and no gate passes without its people.
  ORDER(
      1,
      "no step starts before what it depends on, and no gate passes without its distinct sign-offs"),
  /// Traffic.
  TRAFFIC(
      2,
      "the candidate never gets more traffic than the current step allows, and never more while a trigger fires"),
  /// The way back.
  WAY_BACK(
      3,
      "after a rollback begins the stable version ends with all the traffic, or the run ends asking for a person"),
  /// Intent before, outcome after, nothing twice.
  ONCE(
      4,
      "every act has its intent journaled before and its outcome after, and none is done twice on hope"),
  /// The journal is the run.
  REPLAY(5, "replaying the journal gives the same state, and its hash chain verifies"),
  /// One at a time.
  ONE_DRIVER(6, "one run is driven by one server at a time"),
  /// An end.
  END(7, "every run ends, or waits for a named person with a deadline");

  private final int number;
  private final String words;

  Invariant(int number, String words) {
    this.number = number;
    this.words = words;
  }

  /// In one sentence.
  public String words() {
    return words;
  }

  /// One that was broken.
  static final class Broken extends Error {

    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    Broken(Invariant invariant, String how) {
      super("%s (%d): %s".formatted(invariant.words, invariant.number, how));
      this.invariant = invariant;
    }

    Invariant invariant() {
      return invariant;
    }
  }

  /// Breaks off the run when it does not hold.
  ///
  /// @param how what was seen, with what it should have been
  @SuppressWarnings(
      "AnnotateFormatMethod") // the annotation would be this module's only need of that library
  void holds(boolean holds, String how, Object... seen) {
    if (!holds) {
      throw new Broken(this, how.formatted(seen));
    }
  }
}
