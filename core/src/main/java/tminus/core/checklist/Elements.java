package tminus.core.checklist;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A checklist laid flat: everything in it that was taken for something, in the document's order,
/// and what was left. Immutable.
///
/// @param elements what was taken for something; several may stand in one line
/// @param prose the lines that were taken for nothing: they are shown beside the steps they stand
///   next to
public record Elements(List<Element> elements, List<Span> prose) {

  public Elements {
    elements = List.copyOf(elements);
    prose = List.copyOf(prose);
  }

  /// Lays a checklist flat.
  ///
  /// @param text the text its spans count in
  public static Elements of(Checklist checklist, String text) {
    return ElementWalk.over(checklist, text);
  }

  /// How many there are of each kind; kinds that do not occur are left out.
  public Map<Element.Kind, Integer> counts() {
    Map<Element.Kind, Integer> counts = new EnumMap<>(Element.Kind.class);
    elements.forEach(element -> counts.merge(element.kind(), 1, Integer::sum));
    return counts;
  }
}
