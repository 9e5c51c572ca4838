package tminus.server.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.engine.EventWords;
import tminus.engine.Runs;
import tminus.server.page.Page.Entry;
import tminus.server.page.Page.Stretch;

/// Turns events into lines, under the headings of the document they happened in.
final class TimelineMaker {

  private static final String ROLLBACK = "Rolling back";

  private static final Duration SOON = Duration.ofMinutes(1);

  private final Runs.View view;
  private final Plan plan;
  private final List<Stretch> stretches = new ArrayList<>();
  private String heading = "";
  private List<Entry> entries = new ArrayList<>();
  private String day = "";

  private TimelineMaker(Runs.View view) {
    this.view = view;
    this.plan = view.state().plan();
  }

  static List<Stretch> timeline(Runs.View view) {
    return new TimelineMaker(view).stretches();
  }

  private List<Stretch> stretches() {
    List<Recorded> events = view.events();
    for (int i = 0; i < events.size(); i++) {
      Recorded recorded = events.get(i);
      if (!(recorded.event() instanceof Event.StepAsked asked && isAnsweredSoon(asked, i))) {
        EventWords.of(recorded, plan).ifPresent(words -> add(recorded, words));
      }
    }
    close();
    return List.copyOf(stretches);
  }

  /// What was asked and answered almost at once is one thing to a reader: the answer.
  private boolean isAnsweredSoon(Event.StepAsked asked, int position) {
    List<Recorded> events = view.events();
    Instant soon = events.get(position).at().plus(SOON);
    return events.subList(position + 1, events.size()).stream()
        .takeWhile(later -> !later.at().isAfter(soon))
        .anyMatch(later -> RunPage.step(later.event()).equals(Optional.of(asked.step())));
  }

  private void add(Recorded recorded, EventWords words) {
    String next = headingOf(recorded.event()).orElse(heading);
    if (!next.equals(heading)) {
      close();
      heading = next;
    }
    Entry entry = entry(recorded, words, view);
    entries.add(
        new Entry(
            entry.at(),
            !entry.at().day().equals(day),
            entry.tone(),
            entry.subject(),
            entry.anchor(),
            entry.what(),
            entry.by(),
            entry.why()));
    day = entry.at().day();
  }

  private void close() {
    if (!entries.isEmpty()) {
      stretches.add(new Stretch(heading, entries));
      entries = new ArrayList<>();
    }
  }

  /// One event as a line, for a list without day breaks.
  static Entry entry(Recorded recorded, EventWords words, Runs.View view) {
    return new Entry(
        Stamp.of(recorded.at(), view.state().started()),
        false,
        words.tone(),
        words.subject(),
        RunPage.step(recorded.event())
            .filter(id -> view.state().plan().step(id).isPresent())
            .map(RunPage::anchor),
        words.what(),
        words.by(),
        words.why());
  }

  /// Under which heading an event belongs; empty when it stays where the one before it is.
  private Optional<String> headingOf(Event event) {
    return switch (event) {
      case Event.RunStarted _ -> Optional.of("Start");
      case Event.RunFinished _ -> Optional.of("End");
      case Event.TriggerFired _, Event.RollbackStarted _, Event.UndoStarted _, Event.UndoEnded _ ->
          Optional.of(ROLLBACK);
      case Event.StepAsked(StepId id, _) -> section(id);
      case Event.StepStarted(StepId id, _) -> section(id);
      case Event.StepEnded(StepId id, _, _) -> section(id);
      case Event.FormFilled(StepId id, _, _) -> section(id);
      case Event.StepSigned(StepId id) -> section(id);
      case Event.StepRejected(StepId id, _) -> section(id);
      case Event.StepFollowed(StepId id) -> section(id);
      case Event.StepSkipped(StepId id, _, _) -> section(id);
      case Event.StepRetried(StepId id) -> section(id);
      case Event.GateDecided(StepId id, _, _) -> section(id);
      case Event.NoteTaken _, Event.RunHeld _, Event.RunResumed _, Event.TrafficMeasured _ ->
          Optional.empty();
    };
  }

  private Optional<String> section(StepId id) {
    return plan.step(id).map(step -> heading(step, plan));
  }

  /// A step's headings, without the document's own title.
  static String heading(Step step, Plan plan) {
    List<String> path = step.section();
    boolean titled = path.size() > 1 && path.getFirst().equals(plan.title());
    String heading = String.join(" › ", titled ? path.subList(1, path.size()) : path);
    return heading.isEmpty() ? plan.title() : heading;
  }
}
