package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Timing;

/// Where the planner stands in a document: the headings above, the nearest time and which of them
/// says it, what the section is for, and who was named for all of it.
record Place(
    List<String> path, Optional<Timing> timing, int timed, Purpose purpose, List<String> roles) {

  Place under(Section section) {
    List<String> deeper = new ArrayList<>(path);
    if (section.level() > 0) {
      deeper.add(section.title());
    }
    List<String> named = StepActions.roles(Optional.empty(), lines(section.content()));
    return new Place(
        deeper,
        section.timing().or(() -> timing),
        section.timing().isPresent() ? deeper.size() : timed,
        section.purpose(),
        named.isEmpty() ? roles : named);
  }

  Place due(Timing moment) {
    return new Place(path, Optional.of(moment), path.size(), purpose, roles);
  }

  /// Who decides or answers for a whole section, as lines of their own say.
  private static List<Line> lines(List<Node> content) {
    List<Line> naming = new ArrayList<>();
    for (Node node : content) {
      if (node instanceof Line line && line.marks(Mark.SignOff.class).isEmpty()) {
        naming.add(line);
      }
    }
    return naming;
  }
}
