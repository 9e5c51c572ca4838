package tminus.simulation.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tminus.engine.EventWords;
import tminus.engine.Runs;
import tminus.simulation.Reality;

/// What happened last in a run that broke an invariant: what its journal says, and what was really
/// done, in the order of time.
final class Story {

  private static final int LINES = 40;

  private Story() {}

  /// The last lines.
  ///
  /// @param servers how it is with each server
  static List<String> of(Runs.View view, Reality reality, Collection<?> servers) {
    List<String> lines = new ArrayList<>();
    view.events()
        .forEach(recorded ->
            lines.add(
                "%s %s"
                    .formatted(
                        recorded.at(),
                        EventWords.of(recorded, view.state().plan())
                            .map(EventWords::toString)
                            .orElse(recorded.event().getClass().getSimpleName()))));
    reality
        .log()
        .forEach(done -> lines.add("%s   %s by %s".formatted(done.at(), done.deed(), done.by())));
    List<String> sorted = lines.stream().sorted().toList();
    List<String> story =
        new ArrayList<>(sorted.subList(Math.max(0, sorted.size() - LINES), sorted.size()));
    servers.forEach(server -> story.add(server.toString()));
    return List.copyOf(story);
  }
}
