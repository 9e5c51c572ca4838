package tminus.server.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  private static final Duration PROMPT_ANSWER = Duration.ofMinutes(1);

  private static final Duration PROMPT_END = Duration.ofSeconds(5);

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
    for (Said said : said(view)) {
      String next = headingOf(said.recorded().event()).orElse(heading);
      if (!next.equals(heading)) {
        close();
        heading = next;
      }
      Entry entry = entry(said, view);
      entries.add(entry.at().day().equals(day) ? entry : entry.onNewDay());
      day = entry.at().day();
    }
    close();
    return List.copyOf(stretches);
  }

  private void close() {
    if (!entries.isEmpty()) {
      stretches.add(new Stretch(heading, entries));
      entries = new ArrayList<>();
    }
  }

  /// An event, and the words for it.
  record Said(Recorded recorded, EventWords words) {}

  /// The run in words, an event a line. Two that are one thing to a reader are one: a form and the
  /// signature under it, a question and its prompt answer, a beginning and its prompt end.
  static List<Said> said(Runs.View view) {
    List<Recorded> events = view.events();
    List<Said> all = new ArrayList<>();
    String filled = "";
    for (int i = 0; i < events.size(); i++) {
      Recorded recorded = events.get(i);
      Optional<EventWords> words = EventWords.of(recorded, view.state().plan());
      if (words.isEmpty() || isOverSoon(events, i)) {
        continue;
      }
      if (isSignedAtOnce(events, i)) {
        filled = words.get().why();
        continue;
      }
      all.add(new Said(recorded, with(words.get(), filled)));
      filled = "";
    }
    return all;
  }

  private static EventWords with(EventWords words, String filled) {
    List<String> why = Stream.of(words.why(), filled).filter(part -> !part.isEmpty()).toList();
    return new EventWords(
        words.tone(), words.subject(), words.what(), words.by(), String.join("; ", why));
  }

  private static boolean isSignedAtOnce(List<Recorded> events, int position) {
    if (!(events.get(position).event() instanceof Event.FormFilled filled)
        || position + 1 == events.size()) {
      return false;
    }
    Recorded next = events.get(position + 1);
    return next.at().equals(events.get(position).at())
        && RunPage.step(next.event()).equals(Optional.of(filled.step()));
  }

  private static boolean isOverSoon(List<Recorded> events, int position) {
    Recorded recorded = events.get(position);
    Optional<Duration> soon =
        switch (recorded.event()) {
          case Event.StepAsked _ -> Optional.of(PROMPT_ANSWER);
          case Event.StepStarted(_, int attempt)
              when attempt == 1 && recorded.by().equals(Recorded.TMINUS) ->
              Optional.of(PROMPT_END);
          case Event.UndoStarted(_, _, int attempt) when attempt == 1 -> Optional.of(PROMPT_END);
          // The last go and the decision are one.
          case Event.GateSigned _ -> Optional.of(Duration.ZERO);
          case Event.RunStarted _,
              Event.StepPostponed _,
              Event.StepNotApplicable _,
              Event.EvidenceAttached _,
              Event.GlassBroken _,
              Event.PersonReminded _,
              Event.TriggerNoticed _,
              Event.RollbackCancelled _,
              Event.UndoAsked _,
              Event.StepStarted _,
              Event.StepEnded _,
              Event.FormFilled _,
              Event.StepSigned _,
              Event.StepRejected _,
              Event.StepFollowed _,
              Event.StepSkipped _,
              Event.StepRetried _,
              Event.GateDecided _,
              Event.NoteTaken _,
              Event.RunHeld _,
              Event.RunResumed _,
              Event.TrafficMeasured _,
              Event.TriggerFired _,
              Event.RollbackStarted _,
              Event.UndoStarted _,
              Event.UndoEnded _,
              Event.RunFinished _ ->
              Optional.empty();
        };
    Optional<StepId> step = RunPage.step(recorded.event());
    return soon.isPresent()
        && events.subList(position + 1, events.size()).stream()
            .takeWhile(later -> !later.at().isAfter(recorded.at().plus(soon.get())))
            .anyMatch(later -> RunPage.step(later.event()).equals(step));
  }

  /// A line for a list without day breaks.
  static Entry entry(Said said, Runs.View view) {
    return new Entry(
        Stamp.of(said.recorded().at(), view.state().started()),
        false,
        said.words().tone(),
        said.words().subject(),
        RunPage.step(said.recorded().event())
            .filter(id -> view.state().plan().step(id).isPresent())
            .map(RunPage::anchor),
        said.words().what(),
        said.words().by(),
        said.words().why());
  }

  /// Under which heading an event belongs; empty when it stays where the one before it is.
  private Optional<String> headingOf(Event event) {
    return switch (event) {
      case Event.RunStarted _ -> Optional.of("Start");
      case Event.RunFinished _ -> Optional.of("End");
      case Event.TriggerFired _,
          Event.RollbackStarted _,
          Event.RollbackCancelled _,
          Event.UndoAsked _,
          Event.UndoStarted _,
          Event.UndoEnded _ ->
          Optional.of(ROLLBACK);
      case Event.StepAsked _,
          Event.StepPostponed _,
          Event.StepStarted _,
          Event.StepEnded _,
          Event.FormFilled _,
          Event.StepSigned _,
          Event.StepRejected _,
          Event.StepFollowed _,
          Event.StepSkipped _,
          Event.StepNotApplicable _,
          Event.EvidenceAttached _,
          Event.StepRetried _,
          Event.GateSigned _,
          Event.GateDecided _,
          Event.GlassBroken _ ->
          RunPage.step(event).flatMap(this::section);
      case Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.TriggerNoticed _ ->
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
