package tminus.cli;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with what the user wrote: collected, and told together.
final class Problems {

  /// @param place where, if it is in a file
  private record Problem(Place place, String text) {}

  private final List<Problem> placed = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  void add(Place place, String what, String remedy) {
    add(place, "%s - %s".formatted(what, remedy));
  }

  /// One with its remedy.
  void add(Place place, String problem) {
    placed.add(new Problem(place, "%s: %s".formatted(place, problem)));
  }

  /// One that is in no file, said in full.
  void add(String problem) {
    others.add(problem);
  }

  void addAll(Problems more) {
    placed.addAll(more.placed);
    others.addAll(more.others);
  }

  boolean isEmpty() {
    return placed.isEmpty() && others.isEmpty();
  }

  /// Ends the command if there are any: those in files first, in their order.
  void check() {
    if (!isEmpty()) {
      List<String> all =
          new ArrayList<>(
              placed.stream()
                  .sorted((a, b) -> a.place().compareTo(b.place()))
                  .map(Problem::text)
                  .distinct()
                  .toList());
      all.addAll(others);
      throw new UsageException(all);
    }
  }
}
