package tminus.core.plan;

import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Family;

/// Ways to do one thing, and which of them a plan takes. Immutable.
///
/// @param heading the words they stand under
/// @param line where the first of them begins, from 1
/// @param rollback whether they are ways back
/// @param decision how it came to which one is taken
/// @param why the same in a few words; empty when people said so, or nobody has yet
/// @param ways two or more, in the document's order
public record Choice(
    String heading, int line, boolean rollback, Decision decision, String why, List<Way> ways) {

  public Choice {
    ways = List.copyOf(ways);
    long taken = ways.stream().filter(Way::taken).count();
    if (taken > 1 || (decision == Decision.OPEN && taken > 0)) {
      throw new IllegalArgumentException(
          "choice of %s: %d ways are taken, %s - one at most, and none while it is open"
              .formatted(heading, taken, decision));
    }
  }

  /// How it came to which way is taken.
  public enum Decision {
    /// Nobody has said: the plan has all of them, and no run starts.
    OPEN,
    /// People said so, before the run.
    CHOSEN,
    /// The same as was chosen elsewhere: the way back of the way there.
    FOLLOWED,
    /// As Tminus or the document has it unless people say otherwise.
    DEFAULT,
    /// Nothing that could ask for it is done in this part of the document: none of them.
    UNNEEDED
  }

  /// One way.
  ///
  /// @param title its words, as written
  /// @param name what it is called, and can be chosen by
  /// @param line where it begins, from 1
  /// @param recommended whether the document recommends it
  /// @param taken whether the plan takes it
  /// @param content what there is to do in it
  public record Way(
      String title,
      String name,
      int line,
      boolean recommended,
      boolean taken,
      List<Entry> content) {

    public Way {
      content = List.copyOf(content);
    }

    /// Its name as ways are compared: there and back, the same way has the same.
    public String key() {
      return Family.key(name);
    }
  }

  /// Something to do in a way.
  ///
  /// @param line where it stands, from 1
  /// @param kind a step's kind; or `command`, `trigger`
  /// @param title its words
  public record Entry(int line, String kind, String title) {}

  /// Whether somebody must still say which way is taken.
  public boolean isOpen() {
    return decision == Decision.OPEN;
  }

  /// The way taken, if there is one.
  public Optional<Way> taken() {
    return ways.stream().filter(Way::taken).findFirst();
  }

  /// The way the document recommends, if there is one.
  public Optional<Way> recommended() {
    return ways.stream().filter(Way::recommended).findFirst();
  }

  /// The ways the plan leaves out: none while the choice is open.
  public List<Way> left() {
    return isOpen() ? List.of() : ways.stream().filter(way -> !way.taken()).toList();
  }

  /// The ways' names as they are compared.
  public List<String> keys() {
    return ways.stream().map(Way::key).toList();
  }

  Choice unneeded(String because) {
    return new Choice(
        heading,
        line,
        rollback,
        Decision.UNNEEDED,
        because,
        ways.stream()
            .map(way -> new Way(way.title, way.name, way.line, way.recommended, false, way.content))
            .toList());
  }
}
