package tminus.adapter.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Which slot the n-th request goes to, for one set of weights: a table of a hundred entries with
/// exactly as many for each slot as it has percent.
///
/// Exact where a random choice is not: any hundred consecutive requests are split to the request.
/// The entries are spread as evenly as they can be (the smooth weighted round robin of NGINX: every
/// slot gains its weight at each step, the richest is taken and pays the whole), so that a slot at
/// 10 % gets every tenth request, not ten in a row. Immutable.
final class Split {

  /// How many requests one turn of the table has: one for each percent.
  static final int LENGTH = 100;

  private final Map<Slot, Weight> weights;
  private final List<Slot> table;

  private Split(Map<Slot, Weight> weights, List<Slot> table) {
    this.weights = weights;
    this.table = table;
  }

  /// The split of all known slots by weight.
  ///
  /// @param slots the slots there are
  /// @param weights their shares; who is not named has none
  /// @throws IllegalArgumentException when one is unknown, or they do not add up to 100 %
  static Split of(Collection<Slot> slots, Map<Slot, Weight> weights) {
    for (Slot slot : weights.keySet()) {
      if (!slots.contains(slot)) {
        throw new IllegalArgumentException(
            "weights: the slot \"%s\" is unknown - use %s".formatted(slot, names(slots)));
      }
    }
    int total = weights.values().stream().mapToInt(Weight::percent).sum();
    if (total != LENGTH) {
      throw new IllegalArgumentException(
          "weights: %s add up to %d - they must add up to 100"
              .formatted(weights.isEmpty() ? "no weights" : weights, total));
    }
    var all = new LinkedHashMap<Slot, Weight>();
    slots.forEach(slot -> all.put(slot, weights.getOrDefault(slot, Weight.NONE)));
    return new Split(Collections.unmodifiableMap(all), table(all));
  }

  private static List<Slot> table(Map<Slot, Weight> weights) {
    List<Map.Entry<Slot, Weight>> shares = List.copyOf(weights.entrySet());
    int[] credit = new int[shares.size()];
    var table = new ArrayList<Slot>(LENGTH);
    for (int n = 0; n < LENGTH; n++) {
      int richest = 0;
      for (int i = 0; i < credit.length; i++) {
        credit[i] += shares.get(i).getValue().percent();
        if (credit[i] > credit[richest]) {
          richest = i;
        }
      }
      credit[richest] -= LENGTH;
      table.add(shares.get(richest).getKey());
    }
    return List.copyOf(table);
  }

  /// The slot of the n-th request; n from 0.
  Slot slot(long n) {
    return table.get((int) (n % LENGTH));
  }

  /// Each slot's share, also of those that have none.
  Map<Slot, Weight> weights() {
    return weights;
  }

  private static String names(Collection<Slot> slots) {
    return slots.stream().map(Slot::name).collect(Collectors.joining(", "));
  }
}
