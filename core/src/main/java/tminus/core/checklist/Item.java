package tminus.core.checklist;

import java.util.List;

/// One task box. A box nested under another is a *part* of it.
///
/// @param box the three characters of the box, `[ ]` or `[x]`
/// @param ticked whether the author has ticked it already
/// @param line the item's own words and what they were taken for
/// @param content what is nested under it: parts, commands, lines; a section only for a way back,
///   which is not part of doing the item
public record Item(Span span, Span box, boolean ticked, Line line, List<Node> content)
    implements Node {

  public Item {
    content = List.copyOf(content);
  }

  /// The boxes directly under this one.
  public List<Item> parts() {
    return content.stream().filter(Item.class::isInstance).map(Item.class::cast).toList();
  }
}
