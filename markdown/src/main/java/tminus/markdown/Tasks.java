package tminus.markdown;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Timing;

/// Finds what is to be done though no box stands before it: entries of lists, comments of scripts.
///
/// Lists also tell of virtues, metrics and roles, so two things must come together: a heading, an
/// introduction or a box that asks for doing, and words that are an order, or say what is to be so.
final class Tasks {

  /// A box that is none of Markdown's, and so cannot be ticked: `☐ …`, `[] …`, `( ) …`.
  private static final Pattern BOX =
      Pattern.compile("(?:[☐□◻⬜]|🔲|\\[\\s*\\]|\\( \\)) ?(?=[\\p{L}\\p{N}*`\"])");

  /// What an entry says; the first rule that fits decides.
  ///
  /// @param example an entry it reads, for the reader of this list
  /// @param underBoxOnly whether it takes a box above the entry, and no heading will do
  record Rule(String name, String example, boolean underBoxOnly, Pattern pattern) {}

  /// First words that are orders. Third persons (`Monitors alerts`) tell what a role does.
  private static final String ORDERS =
      "abort|access|acknowledge|activate|add|adjust|alert|announce|apply|approve|archive|ask|assign"
          + "|attach|attempt|authorize|backup|back up|block|book|brief|build|call|cancel|capture|change"
          + "|check|clean|clear|click|close|collect|commit|communicate|compare|complete|configure"
          + "|confirm|connect|contact|continue|coordinate|copy|create|cut over|decide|declare|delete"
          + "|deploy|disable|document|download|drain|edit|email|enable|ensure|enter|escalate|evaluate"
          + "|examine|execute|export|fill|find|finish|fix|flush|follow|gather|generate|get|go|grant"
          + "|hand over|identify|import|increase|inform|inspect|install|investigate|invite|join|keep"
          + "|launch|load|lock|log|look|make|mark|measure|merge|message|migrate|monitor|move|navigate"
          + "|notify|observe|open|page|pause|perform|ping|post|prepare|preserve|press|promote|provision"
          + "|publish|pull|push|put|read|rebuild|record|redeploy|redirect|reduce|refresh|release|remove"
          + "|rename|repeat|replace|report|request|rerun|reset|resolve|restart|restore|resume|retry"
          + "|return|revert|review|revoke|roll back|roll out|rollback|rotate|route|run|save|scale|schedule"
          + "|scroll|search|select|send|set|share|shift|shut down|sign|simulate|stop|submit|switch|sync"
          + "|tag|take|tell|terminate|test|track|trigger|turn|undo|unlock|update|upgrade|upload|use"
          + "|validate|verify|visit|wait|warm|watch|write";

  private static final Pattern ORDER =
      Pattern.compile(
          "^(?:then |next,? |finally,? |please |manually )?(?:" + ORDERS + ")(?=[ ,:/]|$).*");

  /// Orders that are names of things as well, by themselves or before a colon: `Request rate`,
  /// `Test account: smoke`.
  private static final Pattern THING =
      Pattern.compile(
          "^(?:change|contact|load|log|record|release|request|test) (?:[^\\s:]+|[^:]{1,40}:.*)$");

  /// Last words that say something is done: `Attendees invited`, `Report sent (if needed)`.
  private static final String DONE =
      "(?:\\w{2,}ed|sent|set|done|made|met|taken|given|begun|built|chosen|drawn|found|held|kept|known"
          + "|left|lost|paid|put|read|run|seen|shown|shut|told|understood|written|active|available"
          + "|complete|enabled|healthy|online|ready|running|up|stopped|in place)";

  static final List<Rule> RULES =
      List.of(
          new Rule("an order", "Compare error rates", false, ORDER),
          new Rule(
              "a window of time",
              "Week 2-4: look every 2 days",
              false,
              pattern("^(?:hour|day|week|month)s? \\d{1,4}(?:\\s?(?:-|–|to)\\s?\\d{1,4})?:.*")),
          new Rule(
              "an outcome",
              "Expected: the order arrives",
              true,
              pattern("^expect(?:ed|s)?(?: (?:results?|outcomes?|behaviou?r|responses?))?: .*")),
          new Rule("an absence", "No new errors", true, pattern("^(?:no|zero) [^:]*")),
          new Rule(
              "something done",
              "Attendees invited",
              true,
              pattern("^[^:]{3,80}? " + DONE + "(?: \\([^()]*\\))?\\.?$")));

  /// Headings, and words before a list, that ask for what stands under them.
  private static final String[] ASKING = {
    "procedure",
    "procedures",
    "steps",
    "step",
    "actions",
    "action items",
    "tasks",
    "to do",
    "todo",
    "process",
    "rollout",
    "instructions",
    "runbook",
    "workflow",
    "what to do",
    "how to",
    "cutover",
    "lessons learned",
    "retrospective"
  };

  /// Headings over steps that are shown, or that others take.
  private static final String[] NOT_ASKING = {"next steps", "process overview"};

  /// Boxes whose entries are what a message or a hand-over holds, and nothing to do by themselves.
  private static final Set<String> HOLDING =
      Set.of(
          "content", "contents", "deliverables", "message", "body", "agenda", "topics", "includes");

  private Tasks() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /// Whether a heading, or the words before a list, ask for what stands under them.
  static boolean asks(String title) {
    String words = Texts.lower(title);
    return (Texts.says(words, ASKING) && !Texts.says(words, NOT_ASKING)) || tells(title);
  }

  /// Whether a box asks for the entries under it one by one.
  static boolean asksForEntries(String item) {
    String words = Texts.lower(item).strip();
    String last = words.endsWith(":") ? words.substring(0, words.length() - 1) : "";
    return !HOLDING.contains(last.substring(last.lastIndexOf(' ') + 1));
  }

  /// Whether the words are an order: `Compare error rates`.
  static boolean tells(String text) {
    String words = Texts.lower(text);
    return text.length() < 300 && ORDER.matcher(words).matches() && !THING.matcher(words).matches();
  }

  /// The task that an entry of a list is.
  ///
  /// @param marks what its words were taken for already: who signs, decides, or fills in a blank is
  ///   asked that
  static Optional<Mark> in(Words words, Setting setting, List<Mark> marks) {
    if (setting.purpose() != Purpose.REFERENCE
        && BOX.matcher(words.text()).lookingAt()
        && marks.stream().allMatch(Tasks::leavesRoom)) {
      return Optional.of(task(words));
    }
    boolean asked =
        setting.purpose() != Purpose.REFERENCE
            && (setting.asks() == Setting.Asks.TASKS || setting.asks() == Setting.Asks.PARTS);
    if (!asked || words.length() > 300 || !marks.stream().allMatch(Tasks::leavesRoom)) {
      return Optional.empty();
    }
    // `10% → 50% → 100%`: no order, and yet nothing else.
    if (marks.stream().anyMatch(Mark.Shift.class::isInstance)) {
      return Optional.of(task(words));
    }
    boolean underBox = setting.asks() == Setting.Asks.PARTS;
    // `Error rate stable over 15 minutes`: nothing measures it, so a person must say so.
    if (underBox && marks.stream().anyMatch(Mark.Criterion.class::isInstance)) {
      return Optional.of(task(words));
    }
    String text = Texts.lower(words.text());
    boolean task =
        RULES.stream()
            .filter(rule -> underBox || !rule.underBoxOnly())
            .anyMatch(rule -> rule.pattern().matcher(text).matches());
    return task && !THING.matcher(text).matches() ? Optional.of(task(words)) : Optional.empty();
  }

  static Mark.Task task(Words words) {
    boolean timed = Texts.lower(words.text()).matches("^(?:hour|day|week|month)s? \\d.*");
    Optional<Timing> timing = timed ? Timings.of(words.text()) : Optional.empty();
    return new Mark.Task(words.span(), words.text(), timing);
  }

  private static boolean leavesRoom(Mark mark) {
    return switch (mark) {
      case Mark.Blank blank -> blank.role() == Mark.Blank.Role.PARAMETER;
      case Mark.Choice _,
          Mark.Responsible _,
          Mark.SignOff _,
          Mark.Authority _,
          Mark.Evidence _,
          Mark.Trigger _,
          Mark.Task _ ->
          false;
      case Mark.Threshold _, Mark.Criterion _, Mark.Shift _, Mark.Wait _, Mark.IfApplicable _ ->
          true;
    };
  }
}
