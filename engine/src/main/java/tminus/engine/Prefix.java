package tminus.engine;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A list that grows at its end without being copied: each longer list shares the elements of the
/// shorter ones, which go on unchanged. Adding costs what is added, on average.
///
/// Immutable, and safe to read by any thread however it got there. [#plus] of lists that share
/// elements must not be called by two threads at once.
final class Prefix<E> extends AbstractList<E> implements RandomAccess {

  private static final int LEAST = 16;

  /// Never written below `size`; above it, only by who makes the next longer list.
  private final @Nullable Object[] shared;

  private final int size;

  private Prefix(@Nullable Object[] shared, int size) {
    this.shared = shared;
    this.size = size;
  }

  /// No element.
  static <E> Prefix<E> empty() {
    return new Prefix<>(new @Nullable Object[0], 0);
  }

  /// This list and then those.
  Prefix<E> plus(List<? extends E> more) {
    if (more.isEmpty()) {
      return this;
    }
    int longer = Math.addExact(size, more.size());
    // Taken already when another list was made from this one: that one keeps the place.
    boolean fits = longer <= shared.length && shared[size] == null;
    @Nullable Object[] slots = fits ? shared : Arrays.copyOf(shared, roomFor(longer));
    if (!fits) {
      Arrays.fill(slots, size, Math.min(shared.length, slots.length), null);
    }
    int at = size;
    for (E element : more) {
      slots[at++] = Objects.requireNonNull(element);
    }
    return new Prefix<>(slots, longer);
  }

  private static int roomFor(int size) {
    return Math.max(LEAST, size + (size >> 1));
  }

  @Override
  @SuppressWarnings("unchecked") // only elements were put in
  public E get(int index) {
    return (E) Objects.requireNonNull(shared[Objects.checkIndex(index, size)]);
  }

  @Override
  public int size() {
    return size;
  }
}
