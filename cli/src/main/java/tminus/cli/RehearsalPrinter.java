package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.PlanWords;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.engine.EventWords;
import tminus.simulation.CheckProof;
import tminus.simulation.DataLoss;
import tminus.simulation.People;
import tminus.simulation.Promise;
import tminus.simulation.Rehearsed;

/// Prints one rehearsal: what would have happened when, and what it came to.
final class RehearsalPrinter {

  /// Waits shown one by one.
  private static final int LONGEST = 3;

  private static final int COMMAND_WIDTH = 60;

  private final Console console;
  private final Style style;
  private final Plan plan;
  private final RehearseCommand.Rehearsing rehearsing;

  RehearsalPrinter(Console console, RehearseCommand.Rehearsing rehearsing) {
    this.console = console;
    this.style = console.style();
    this.plan = rehearsing.plan();
    this.rehearsing = rehearsing;
  }

  // ---- Timeline

  /// A line of the timeline.
  private record Entry(Instant at, String mark, String text) {}

  void timeline(Rehearsed rehearsed) {
    console.out().println(style.bold("%s: a rehearsal".formatted(plan.title())));
    if (rehearsing.assumed()) {
      console.line(
          "Assumed: two slots and a router that shifts the traffic, since the binding names none.");
    }
    if (!plan.missing().isEmpty()) {
      console.line(
          "No value for %s: what needs it is done by hand here - give --param %s=…",
          String.join(", ", plan.missing()), plan.missing().getFirst());
    }
    console.line("");
    Instant zero = rehearsed.state().zero().orElse(rehearsed.state().started());
    List<Entry> entries = new ArrayList<>(events(rehearsed));
    rehearsed
        .faults()
        .forEach(
            began -> entries.add(new Entry(began.at(), style.bad("⚡"), "fault: " + began.fault())));
    entries.sort(Comparator.comparing(Entry::at));
    for (Entry entry : entries) {
      console
          .out()
          .println(
              "%s %s %s"
                  .formatted(style.dim(relative(zero, entry.at())), entry.mark(), entry.text()));
    }
    console.line("");
  }

  private static String relative(Instant zero, Instant at) {
    Duration from = Duration.between(zero, at);
    long seconds = Math.abs(from.toSeconds());
    String days = seconds >= 86_400 ? "%dd ".formatted(seconds / 86_400) : "";
    return String.format(
        Locale.ROOT,
        "T%s%s%02d:%02d:%02d",
        from.isNegative() ? "-" : "+",
        days,
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60);
  }

  /// Ticks and checks that went well are counted by section; all else is said.
  private List<Entry> events(Rehearsed rehearsed) {
    List<Entry> entries = new ArrayList<>();
    String section = "";
    int done = 0;
    Instant last = rehearsed.state().started();
    for (Recorded recorded : rehearsed.events()) {
      Optional<String> quiet = quiet(recorded.event());
      if (quiet.isPresent()) {
        if (!quiet.get().equals(section)) {
          fold(entries, section, done, last);
          section = quiet.get();
          done = 0;
        }
        done++;
        last = recorded.at();
        continue;
      }
      if (isShown(recorded.event())) {
        fold(entries, section, done, last);
        done = 0;
        section = "";
        EventWords.of(recorded, plan)
            .ifPresent(words ->
                entries.add(new Entry(recorded.at(), mark(words.tone()), words.toString())));
      }
    }
    fold(entries, section, done, last);
    return entries;
  }

  private void fold(List<Entry> entries, String section, int done, Instant at) {
    if (done > 0) {
      entries.add(
          new Entry(
              at,
              style.good("✓"),
              "%s%d done".formatted(section.isEmpty() ? "" : section + ": ", done)));
    }
  }

  /// The section of what went well and needs no line of its own.
  private Optional<String> quiet(Event event) {
    return switch (event) {
      case Event.StepSigned(StepId id) -> Optional.of(section(id));
      case Event.StepFollowed(StepId id) -> Optional.of(section(id));
      case Event.StepEnded(StepId id, _, Outcome.Done _) when isCheck(id) ->
          Optional.of(section(id));
      default -> Optional.empty();
    };
  }

  private String section(StepId id) {
    return plan.step(id)
        .map(Step::section)
        .filter(path -> !path.isEmpty())
        .map(List::getLast)
        .orElse("");
  }

  private boolean isCheck(StepId id) {
    return plan.step(id).map(Step::action).filter(Action.Check.class::isInstance).isPresent();
  }

  private boolean isShown(Event event) {
    return switch (event) {
      case Event.StepAsked _,
          Event.FormFilled _,
          Event.GateSigned _,
          Event.TrafficMeasured _,
          Event.StepPostponed _,
          Event.RunStarted _ ->
          false;
      case Event.StepStarted(StepId id, _) ->
          plan.step(id)
              .map(Step::action)
              .filter(action -> action instanceof Action.Bake || action instanceof Action.Wait)
              .isPresent();
      default -> true;
    };
  }

  private String mark(EventWords.Tone tone) {
    return switch (tone) {
      case NEUTRAL -> style.dim("·");
      case GOOD -> style.good("✓");
      case ASKS -> style.accent("?");
      case CAUTION -> style.warn("!");
      case BAD -> style.bad("✗");
    };
  }

  // ---- Summary

  void summary(Rehearsed rehearsed) {
    String outcome = RehearsalNumbers.outcome(rehearsed);
    console
        .out()
        .println(
            style.bold("%s after %s".formatted(outcome, words(rehearsed.took())))
                + style.dim(" (seed %d)".formatted(rehearsed.seed())));
    Rehearsed.Requests traffic = rehearsed.traffic();
    fact(
        "traffic at risk",
        traffic.exposed().isZero()
            ? plan.delivers()
                ? "never: the new version got none"
                : "unknown: no step shifts traffic by itself, so the service is not watched here"
            : "%s, %,d requests to the new version"
                .formatted(words(traffic.exposed()), traffic.askedOfCandidate()));
    fact(
        "requests hurt",
        "%,d failed, %,d too slow, of %,d"
            .formatted(traffic.failed(), traffic.slow(), traffic.asked()));
    Rehearsed.Recovery recovery = rehearsed.recovery();
    if (recovery.isFelt()) {
      fact(
          "noticed",
          recovery.detection().map(time -> "after " + words(time)).orElse(style.bad("never")));
      fact(
          "back on stable",
          recovery.back().map(time -> "after " + words(time)).orElse(style.bad("never")));
    }
    recovery.rollback().ifPresent(time -> fact("rollback", words(time)));
    rehearsed
        .loss()
        .filter(loss -> loss.rows() > 0)
        .ifPresent(loss -> fact("data lost", lost(loss)));
    waits(rehearsed);
    promises(rehearsed);
  }

  private void fact(String name, String value) {
    console.out().println("  %-16s %s".formatted(name, value));
  }

  private static String words(Duration time) {
    return PlanWords.words(StatisticsPrinter.rounded(time));
  }

  private String lost(DataLoss loss) {
    return style.bad(
        "about %,d rows, all that was written in %s"
            .formatted(loss.rows(), words(Duration.between(loss.since(), loss.at()))));
  }

  private void waits(Rehearsed rehearsed) {
    Map<String, Duration> byWhom = new LinkedHashMap<>();
    Duration all = Duration.ZERO;
    for (People.Waited wait : rehearsed.waits()) {
      Duration time = time(wait, rehearsed);
      all = all.plus(time);
      byWhom.merge(String.join(", ", wait.whom()), time, Duration::plus);
    }
    fact("waited for", words(all) + " in all");
    byWhom.entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .forEach(entry -> fact("", "%s %s".formatted(words(entry.getValue()), entry.getKey())));
    rehearsed.waits().stream()
        .sorted(Comparator.comparing((People.Waited wait) -> time(wait, rehearsed)).reversed())
        .limit(LONGEST)
        .filter(wait -> time(wait, rehearsed).compareTo(Duration.ofMinutes(5)) > 0)
        .forEach(wait ->
            fact(
                "",
                style.warn(
                    "%s for: %s%s"
                        .formatted(
                            words(time(wait, rehearsed)),
                            wait.what(),
                            wait.until().isPresent() ? "" : " - nobody came"))));
  }

  private static Duration time(People.Waited wait, Rehearsed rehearsed) {
    return Duration.between(wait.since(), wait.until().orElse(rehearsed.events().getLast().at()));
  }

  private void promises(Rehearsed rehearsed) {
    if (rehearsing.promises().isEmpty()) {
      return;
    }
    console.line("");
    console.out().println(style.bold("What the document promises"));
    for (Promise promise : rehearsing.promises()) {
      Optional<Duration> measured = promise.measured(rehearsed);
      boolean kept = promise.isKept(rehearsed);
      String how =
          !kept
              ? style.bad("✗ not kept")
              : measured.isEmpty()
                  ? style.dim("· not put to the test: try --fault 'errors 8% at 25%'")
                  : style.good("✓ kept");
      console
          .out()
          .println(
              "  %s  line %d, %s: %s"
                  .formatted(
                      how,
                      promise.line(),
                      promise.text(),
                      measured.map(RehearsalPrinter::words).orElse("-")));
    }
  }

  // ---- Checks

  void proof(CheckProof.Result proof) {
    if (proof.checks() == 0) {
      return;
    }
    console.line("");
    console
        .out()
        .println(
            style.bold("Checks in broken worlds")
                + style.dim(
                    " %d commands, %d broken worlds; people judge %d"
                        .formatted(proof.checks(), proof.worlds(), proof.byPeople())));
    if (proof.accepted().isEmpty()) {
      console.out().println("  " + style.good("✓") + " each of them notices");
      return;
    }
    for (CheckProof.Accepted accepted : proof.accepted()) {
      String first = accepted.command().lines().findFirst().orElse("").strip();
      String shown =
          first.length() > COMMAND_WIDTH ? first.substring(0, COMMAND_WIDTH - 1) + "…" : first;
      console
          .out()
          .println(
              "  %s %s:%d: proves nothing when %s: %s"
                  .formatted(
                      style.warn("!"),
                      plan.file(),
                      accepted.line(),
                      String.join(", or ", accepted.worlds()),
                      shown));
    }
  }
}
