package tminus.markdown;

import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/// Tells what blocks hold before they are read.
final class Contents {

  private final Blocks blocks;

  Contents(Blocks blocks) {
    this.blocks = blocks;
  }

  /// Whether a task box stands under the heading.
  boolean hasBoxes(Heading heading) {
    for (Node node = heading.getNext(); node != null; node = node.getNext()) {
      if (node instanceof Heading next && next.getLevel() <= heading.getLevel()) {
        return false;
      }
      if (!(node instanceof Heading) && holdsBox(node)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsBox(Node node) {
    if (node instanceof ListItem item && isBoxed(item)) {
      return true;
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      if ((child instanceof ListBlock || child instanceof ListItem || child instanceof BlockQuote)
          && holdsBox(child)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a list's entry begins with a box.
  boolean isBoxed(ListItem item) {
    Node first = item.getFirstChild();
    if (!(first instanceof Paragraph || first instanceof LinkReferenceDefinition)) {
      return false;
    }
    return Boxes.isTask(blocks.beginning(first), 0);
  }

  static boolean introduces(Node node) {
    return node.getNext() instanceof FencedCodeBlock || node.getNext() instanceof ListBlock;
  }

  /// Whether something under the entry is to be done by itself: a script, a box, an order.
  boolean acts(Node entry) {
    for (Node node = entry.getFirstChild(); node != null; node = node.getNext()) {
      boolean script =
          node instanceof FencedCodeBlock fence
              && (fence.getInfo() == null || fence.getInfo().isBlank() || isShell(fence));
      boolean order =
          node instanceof ListItem item
              && item.getFirstChild() != null
              && (isBoxed(item) || Tasks.tells(blocks.beginning(item.getFirstChild())));
      if (script || order || (node instanceof ListBlock && acts(node))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isShell(FencedCodeBlock fence) {
    return Scripts.isShell(Texts.lower(fence.getInfo().strip().split("[\\s{,]", 2)[0]));
  }

  /// Whether a table's cell begins with a box, and holds no other.
  static boolean isBoxed(Words cell) {
    boolean more = cell.text().indexOf('[', 1) >= 0;
    return !cell.isEmpty() && !more && Boxes.isTask(cell.text(), 0) && Boxes.isBox(cell, 0);
  }
}
