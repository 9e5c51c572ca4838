package tminus.core.lint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tminus.core.Limits;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Template;
import tminus.core.checklist.Timing;
import tminus.core.lint.Subject.PlacedLine;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Step;

/// What the parts of a document say of each other.
final class Structure {

  private static final Rule UNDO =
      new Rule(
          "phase-without-undo",
          Severity.WARNING,
          "a phase that changes something, in a document that knows no way back",
          """
          When the phase goes wrong, there is nothing to do that was written down in daylight, and nothing \
          that Tminus could do by itself.
          """,
          """
          Add a section `## Rollback` with the criteria and the steps, or `**Rollback Trigger:** If …` with \
          the commands right after the phase.
          """,
          """
          ## Deployment

          ```bash
          kubectl apply -f shop.yaml
          ```
          """,
          """
          ## Deployment

          ```bash
          kubectl apply -f shop.yaml
          ```

          ## Rollback

          ```bash
          kubectl rollout undo deployment/shop
          ```
          """);

  private static final Rule ROLE =
      new Rule(
          "role-nobody-holds",
          Severity.INFO,
          "a role that the document names nobody for",
          """
          The step waits for a person of that role, and neither a contact, nor a blank for the name, nor \
          the binding says who that is.
          """,
          """
          Add the role to the contacts, or a line `Role: ____` that is filled in before the run.
          """,
          """
          **Decision Authority:** Release Manager

          **Decision: [ ] GO  [ ] NO-GO**
          """,
          """
          **Decision Authority:** Release Manager

          **Decision: [ ] GO  [ ] NO-GO**

          ## Contacts

          - Release Manager: ____
          """);

  private static final Rule GATE =
      new Rule(
          "gate-out-of-reach",
          Severity.WARNING,
          "a gate that comes after what it should guard",
          """
          A run goes through the document from top to bottom. A gate due at T-1 hour that stands below the \
          deployment is asked when the deployment is done, and one in an appendix is never asked.
          """,
          """
          Move the gate to where the decision is made, before the first step that depends on it.
          """,
          """
          ## Deployment (T+0 to T+30 min)

          ```bash
          kubectl apply -f shop.yaml
          ```

          ## Go/No-Go (T-1 hour)

          **Decision: [ ] GO  [ ] NO-GO**

          ## Rollback

          - [ ] Go back
          """,
          """
          ## Go/No-Go (T-1 hour)

          **Decision: [ ] GO  [ ] NO-GO**

          ## Deployment (T+0 to T+30 min)

          ```bash
          kubectl apply -f shop.yaml
          ```

          ## Rollback

          - [ ] Go back
          """);

  static final List<Check> CHECKS =
      List.of(
          new Check(UNDO, Structure::undo),
          new Check(ROLE, Structure::roles),
          new Check(GATE, Structure::gates));

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Structure() {}

  private static void undo(Subject subject, Report report) {
    boolean back =
        !subject.plan().rollback().isEmpty() || hasWayBack(subject.taken().root().content());
    if (back) {
      return;
    }
    Map<String, Integer> phases = new LinkedHashMap<>();
    for (Step step : subject.plan().steps()) {
      boolean undone = step.action() instanceof Action.Act act && act.undo().isPresent();
      if (acts(step) && !undone) {
        phases.putIfAbsent(step.section().isEmpty() ? "" : step.section().getLast(), step.line());
      }
    }
    phases.forEach((phase, line) ->
        report.add(
            line,
            "%s changes something, and no section says how to go back"
                .formatted(phase.isEmpty() ? "this" : "\"" + phase + "\""),
            "add a section Rollback with criteria and steps"));
  }

  private static boolean hasWayBack(List<Node> content) {
    return content.stream()
        .anyMatch(node ->
            switch (node) {
              case Section section ->
                  section.purpose() == Purpose.ROLLBACK || hasWayBack(section.content());
              case Item item -> hasWayBack(item.content());
              case Line _, Script _, Template _ -> false;
            });
  }

  private static void roles(Subject subject, Report report) {
    Map<String, List<Integer>> asked = new LinkedHashMap<>();
    for (PlacedLine line : subject.lines()) {
      List<String> roles = new ArrayList<>();
      line.line().marks(Mark.Responsible.class).forEach(mark -> roles.add(mark.role()));
      line.line().marks(Mark.Authority.class).forEach(mark -> roles.add(mark.role()));
      for (String role : roles) {
        // A team is nobody in particular, and the whole of it may sign.
        boolean person = !role.isBlank() && !role.toLowerCase(Locale.ROOT).endsWith("team");
        if (person && (asked.size() < Limits.ROLES_MAX || asked.containsKey(role))) {
          asked.computeIfAbsent(role, _ -> new ArrayList<>()).add(line.number());
        }
      }
    }
    Set<List<String>> held = new LinkedHashSet<>();
    if (!asked.isEmpty()) {
      held(subject).forEach(text -> held.add(words(text)));
    }
    asked
        .keySet()
        .removeIf(role -> {
          List<String> wanted = words(role);
          return held.stream().anyMatch(there -> isSame(wanted, there));
        });
    asked.forEach((role, lines) ->
        report.add(
            lines.getFirst(),
            "nothing says who the %s is%s"
                .formatted(
                    role, lines.size() == 1 ? "" : " (named %d times)".formatted(lines.size())),
            "add a line to the contacts, or `%s: ____`".formatted(role)));
  }

  /// What stands before a blank or in the contacts, and the roles of the binding.
  private static Set<String> held(Subject subject) {
    Set<String> held = new LinkedHashSet<>();
    for (PlacedLine line : subject.lines()) {
      boolean names =
          line.line().marks(Mark.Responsible.class).isEmpty()
              && line.line().marks(Mark.Authority.class).isEmpty();
      boolean contacts = line.purpose() == Purpose.REFERENCE;
      if (names && (contacts || !line.line().marks(Mark.Blank.class).isEmpty())) {
        held.add(line.line().text());
      }
    }
    subject
        .binding()
        .steps()
        .values()
        .forEach(bound -> {
          if (bound instanceof Binding.Bound.Attest(String role)) {
            held.add(role);
          }
        });
    return held;
  }

  /// `Database Admin: ____` holds the Database Administrator.
  private static boolean isSame(List<String> wanted, List<String> there) {
    for (int at = 0; at + wanted.size() <= there.size(); at++) {
      boolean all = true;
      for (int i = 0; i < wanted.size() && all; i++) {
        String a = wanted.get(i);
        String b = there.get(at + i);
        all =
            a.equals(b)
                || (Math.min(a.length(), b.length()) >= 3 && (a.startsWith(b) || b.startsWith(a)));
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static void gates(Subject subject, Report report) {
    // Only an act due later than all before it can be the first one due after some gate.
    NavigableMap<Duration, Step> acting = new TreeMap<>();
    for (Step step : subject.plan().steps()) {
      Optional<Duration> due = begin(step);
      if (acts(step)) {
        due.filter(begin -> acting.isEmpty() || begin.compareTo(acting.lastKey()) > 0)
            .ifPresent(begin -> acting.put(begin, step));
      } else if (step.action() instanceof Action.Gate) {
        due.map(acting::higherEntry)
            .map(Map.Entry::getValue)
            .ifPresent(act ->
                report.add(
                    step.line(),
                    "this gate is due before the commands of line %d, and is asked after them"
                        .formatted(act.line()),
                    "move it up to where the decision is made"));
      }
    }
    for (PlacedLine line : subject.lines()) {
      boolean decides =
          line.line().marks(Mark.Choice.class).stream()
              .flatMap(choice -> choice.options().stream())
              .anyMatch(
                  option -> option.label().toUpperCase(Locale.ROOT).matches("NO[- ]?GO\\b.*"));
      if (decides && line.purpose() == Purpose.REFERENCE) {
        report.add(
            line.number(),
            "this gate stands where nothing is run (\"%s\")".formatted(title(line)),
            "move it to the step before which the decision is made");
      }
    }
  }

  private static String title(PlacedLine line) {
    return line.path().stream().map(Section::title).reduce("", (_, last) -> last);
  }

  private static boolean acts(Step step) {
    return step.action() instanceof Action.Act || step.action() instanceof Action.Shift;
  }

  private static Optional<Duration> begin(Step step) {
    return step.timing()
        .flatMap(timing ->
            switch (timing) {
              case Timing.At(Duration offset) -> Optional.of(offset);
              case Timing.Between(Duration from, Duration _) -> Optional.of(from);
              case Timing.Takes _ -> Optional.empty();
            });
  }
}
