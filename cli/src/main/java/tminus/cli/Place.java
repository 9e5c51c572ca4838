package tminus.cli;

import java.util.Comparator;

/// A place in a file of the user's.
///
/// @param file as the user would name it
/// @param line from 1
/// @param column from 1
record Place(String file, int line, int column) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s:%d:%d".formatted(file, line, column);
  }

  /// Something, and where it was written.
  record Located<T>(T value, Place place) {}
}
