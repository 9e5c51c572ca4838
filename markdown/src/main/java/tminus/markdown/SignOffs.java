package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;

/// A sign-off without a role is that of who is responsible, or of who decides.
final class SignOffs {

  private SignOffs() {}

  /// The content of an item, its sign-offs given the role that its `Responsible:` line names.
  static List<Node> byResponsible(List<Node> content) {
    Optional<String> role =
        content.stream()
            .filter(Line.class::isInstance)
            .flatMap(node -> ((Line) node).marks(Mark.Responsible.class).stream())
            .map(Mark.Responsible::role)
            .findFirst();
    if (role.isEmpty()) {
      return content;
    }
    return named(content, role.get());
  }

  /// The content of a section, its sign-offs given the role that decides there: `Decided by: ____`
  /// under `Decision authority: …`.
  static List<Node> byAuthority(List<Node> content) {
    Optional<String> role =
        content.stream()
            .filter(Line.class::isInstance)
            .flatMap(node -> ((Line) node).marks(Mark.Authority.class).stream())
            .map(Mark.Authority::role)
            .findFirst();
    return role.isEmpty() ? content : named(content, role.get());
  }

  private static List<Node> named(List<Node> content, String role) {
    List<Node> named = new ArrayList<>();
    for (Node node : content) {
      named.add(node instanceof Line line ? named(line, role) : node);
    }
    return named;
  }

  private static Line named(Line line, String role) {
    List<Mark> marks = new ArrayList<>();
    for (Mark mark : line.marks()) {
      boolean open = mark instanceof Mark.SignOff signOff && signOff.role().isEmpty();
      marks.add(open ? new Mark.SignOff(mark.span(), role) : mark);
    }
    return new Line(line.span(), line.text(), marks);
  }
}
