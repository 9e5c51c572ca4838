package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;

/// A Markdown document, as read. Immutable.
///
/// @param file the document's name, as the user gave it
/// @param digest SHA-256 of the document's bytes, in lower-case hex: which text this is a reading
///   of
/// @param root everything, under a section of level 0 that stands for the document itself
public record Checklist(String file, String digest, Section root) {

  /// The document's title: its first heading, else its file's name.
  public String title() {
    return root.content().stream()
        .filter(Section.class::isInstance)
        .map(node -> ((Section) node).title())
        .findFirst()
        .orElse(file);
  }

  /// Every task box of the document in its order, parts included.
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    collect(root.content(), items);
    return List.copyOf(items);
  }

  private static void collect(List<Node> nodes, List<Item> into) {
    for (Node node : nodes) {
      switch (node) {
        case Item item -> {
          into.add(item);
          collect(item.content(), into);
        }
        case Section section -> collect(section.content(), into);
        case Line _, Script _, Template _ -> {}
      }
    }
  }
}
