package tminus.core.checklist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.Limits;

/// Reads what is no step: people to call, the table the run fills in, documents, and lines that say
/// who is told what and when.
final class Asides {

  private static final Pattern LINK =
      Pattern.compile("(?<!!)\\[([^\\[\\]]{1,200})\\]\\(([^()\\s]{1,500})\\)");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s)>`\"'|]{3,500}");
  private static final Pattern CODE = Pattern.compile("`[^`]{1,2000}`");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])[A-Za-z][\\w.-]{1,80}\\.(?:md|pdf|docx)\\b");

  private static final Pattern LABELLED = Pattern.compile("^([^:|]{2,60}):\\s*(.*)$");
  private static final Pattern LISTED = Pattern.compile("[ \\t]*(?:[-*+|]|\\d{1,3}[.)])");
  private static final Pattern OUTCOME =
      Pattern.compile(
          "^expect(?:ed|s)?(?: (?:results?|outputs?|responses?|outcomes?|behaviou?r|status))?:.*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTACTS =
      Pattern.compile("\\bcontacts?$|\\bcontact (?:information|details|list|persons)\\b");
  private static final Pattern DOCUMENTS =
      Pattern.compile("\\b(?:links|related doc\\w*|references|essential dashboards)$");
  private static final Pattern TELLS =
      Pattern.compile(
          "\\b(?:communications?|notifications?|announcements?|updates?|distribution|report)\\b");
  private static final Set<String> CHANNELS =
      Set.of("email", "e-mail", "slack", "teams", "status page", "sms", "phone", "chat", "pager");
  private static final Set<String> AUDIENCE =
      Set.of("to", "recipients", "audience", "distribution", "cc");
  private static final Set<String> DECISION = Set.of("time to decision", "decision time");
  private static final Set<String> LOG = Set.of("time", "timestamp", "event");

  /// What the words around a line say about it.
  ///
  /// @param title the heading it stands under
  /// @param above the heading above that
  /// @param intro the line that introduces it, without its colon; empty when none does
  record Around(String title, String above, String intro) {

    boolean isAbout(Pattern subject) {
      return subject.matcher(title.toLowerCase(Locale.ROOT)).find()
          || subject.matcher(above.toLowerCase(Locale.ROOT)).find();
    }
  }

  private Asides() {}

  /// The columns of a table's row.
  static List<String> cells(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
  }

  /// Whether a row heads the table of what happened when: `Time | Event | Status | Notes`.
  static boolean isLogHead(String text) {
    List<String> cells = cells(text.toLowerCase(Locale.ROOT));
    return cells.size() > 1 && LOG.contains(cells.getFirst()) && cells.contains("event");
  }

  /// `DBA: ____ (phone)`, or a row of a table, under a heading that promises contacts.
  static Optional<Element> contact(Line line, Around around, String source) {
    int begins = source.lastIndexOf('\n', Math.max(0, line.span().start() - 1)) + 1;
    boolean listed = LISTED.matcher(source).region(begins, source.length()).lookingAt();
    if (!listed || !around.isAbout(CONTACTS)) {
      return Optional.empty();
    }
    List<String> cells = cells(line.text());
    Matcher labelled = LABELLED.matcher(line.text());
    String role;
    String reach;
    if (cells.size() > 1) {
      role = cells.getFirst();
      reach = String.join(", ", cells.subList(1, cells.size()));
      if (role.equalsIgnoreCase("role") || role.equalsIgnoreCase("name")) {
        return Optional.empty();
      }
    } else if (labelled.matches() && !labelled.group(2).isEmpty()) {
      role = labelled.group(1).strip();
      reach = labelled.group(2).strip();
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Element(
            Element.Kind.CONTACT,
            line.span(),
            "contact: " + ElementWords.cut(role),
            ElementFacts.words("role", role, "reach", reach)));
  }

  /// The documents and addresses a line names.
  ///
  /// @param source the whole document's text
  static List<Element> references(Line line, Around around, String source) {
    List<Element> found = new ArrayList<>();
    int start = lineStart(source, line.span().start());
    String raw = source.substring(start, lineEnd(source, line.span().end()));
    Matcher link = LINK.matcher(raw);
    while (link.find()) {
      found.add(reference(place(line, start + link.start(), link), link.group(1), link.group(2)));
    }
    if (found.isEmpty()) {
      Matcher address =
          ADDRESS.matcher(CODE.matcher(raw).replaceAll(m -> " ".repeat(m.group().length())));
      while (address.find()) {
        found.add(reference(place(line, start + address.start(), address), "", address.group()));
      }
    }
    if (found.isEmpty()) {
      Matcher file = FILE.matcher(raw);
      while (file.find()) {
        found.add(reference(place(line, start + file.start(), file), file.group(), file.group()));
      }
    }
    Matcher labelled = LABELLED.matcher(line.text());
    if (found.isEmpty() && around.isAbout(DOCUMENTS) && labelled.matches()) {
      found.add(reference(line.span(), labelled.group(1).strip(), ""));
    }
    return found;
  }

  /// Where the line of the text begins that the place is in, or as near as is looked.
  private static int lineStart(String source, int at) {
    int start = at;
    while (start > Math.max(0, at - Limits.ASIDE_MAX) && source.charAt(start - 1) != '\n') {
      start--;
    }
    return start;
  }

  private static int lineEnd(String source, int at) {
    int end = at;
    while (end < Math.min(source.length(), at + Limits.ASIDE_MAX) && source.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static Span place(Line line, int start, Matcher match) {
    return new Span(line.span().line(), start, start + match.group().length());
  }

  private static Element reference(Span span, String title, String target) {
    return new Element(
        Element.Kind.REFERENCE,
        span,
        "reference",
        ElementFacts.words("title", title, "target", target));
  }

  /// Who is told by the message whose parts are listed: `To: all teams`, or an entry under
  /// `Distribution:`.
  static Optional<String> audience(Line line, Around around) {
    Matcher labelled = LABELLED.matcher(line.text());
    if (labelled.matches()
        && AUDIENCE.contains(labelled.group(1).toLowerCase(Locale.ROOT))
        && !labelled.group(2).isEmpty()) {
      return Optional.of(labelled.group(2).strip());
    }
    boolean listed = around.intro().equalsIgnoreCase("distribution");
    return listed && !line.text().endsWith(":") ? Optional.of(line.text()) : Optional.empty();
  }

  /// How soon must be decided: `Time to decision: within 5 minutes of the first alert`.
  static Optional<Duration> decisionTime(List<Node> content) {
    for (Node node : content) {
      if (node instanceof Line line) {
        Matcher labelled = LABELLED.matcher(line.text());
        if (labelled.matches() && DECISION.contains(labelled.group(1).toLowerCase(Locale.ROOT))) {
          return Spoken.within(labelled.group(2));
        }
      }
    }
    return Optional.empty();
  }

  /// What must come of the step a line stands in: `Expected: the order arrives`. `Expected volume:
  /// high` foretells, and expects nothing.
  static Optional<Expectation> expectation(Line line) {
    return OUTCOME.matcher(line.text()).matches() && Expectations.isNamed(line.text())
        ? Optional.of(Expectations.read(List.of(line.text()), ""))
        : Optional.empty();
  }

  /// A line that stands for a message: `T+15: first phase done`, `Email: 3 hours before`.
  static Optional<Map<String, Object>> message(Line line, Around around) {
    String text = line.text();
    boolean tells =
        around.isAbout(TELLS) || TELLS.matcher(around.intro().toLowerCase(Locale.ROOT)).find();
    if (!tells) {
      return Optional.empty();
    }
    if (Spoken.isMoment(text)) {
      Map<String, Object> facts = ElementFacts.words("title", Spoken.afterMoment(text));
      Spoken.schedule(text).ifPresent(schedule -> facts.put("schedule", schedule));
      return Optional.of(facts);
    }
    Matcher labelled = LABELLED.matcher(text);
    if (labelled.matches() && CHANNELS.contains(labelled.group(1).toLowerCase(Locale.ROOT))) {
      Map<String, Object> facts =
          ElementFacts.words("title", labelled.group(2), "audience", labelled.group(1));
      Spoken.schedule(labelled.group(2)).ifPresent(schedule -> facts.put("schedule", schedule));
      return Optional.of(facts);
    }
    return Optional.empty();
  }
}
