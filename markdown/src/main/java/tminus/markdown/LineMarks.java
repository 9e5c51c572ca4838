package tminus.markdown;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.judge.Condition;
import tminus.core.judge.ConditionGrammar;

/// Makes lines of words: finds in them everything the model has a mark for.
final class LineMarks {

  private static final Pattern CONDITIONAL =
      Pattern.compile("\\((?:[^()]{0,40}, )?(?:if |optional\\b|when applicable)[^()]{0,80}\\)");
  private static final Pattern TRIGGER =
      Pattern.compile("^(?:automatic )?rollback (?:trigger|if|when)\\b");

  private LineMarks() {}

  /// What a line stands in for.
  enum Kind {
    LINE,
    ITEM,
    /// A comment of a script, or the label of a command.
    COMMENT,
    /// Text of which only the blanks are looked at: a fence that is neither shell nor a message.
    RAW
  }

  /// Words of headings under which a condition is looked at, not waited for.
  private static final String[] DONE_IN_ORDER = {
    "step",
    "steps",
    "procedure",
    "procedures",
    "action",
    "actions",
    "validation",
    "verification",
    "checklist"
  };

  static Line line(Words words, Setting setting) {
    return new Line(words.span(), words.text(), marks(words, setting, Kind.LINE, Optional.empty()));
  }

  /// The marks of some words, in their order.
  ///
  /// @param box the box of the item whose words they are
  static List<Mark> marks(Words words, Setting setting, Kind kind, Optional<Span> box) {
    if (words.isEmpty() || words.length() > Limits.MARKED_LINE_MAX) {
      return List.of();
    }
    List<Mark> marks = new ArrayList<>();
    List<Mark.Choice> choices = kind == Kind.RAW ? List.of() : Choices.in(words, box);
    String otherwise = otherwise(words, setting.title());
    List<Words> approvers =
        kind == Kind.LINE || kind == Kind.ITEM ? Roles.approvers(words) : List.of();
    for (Words approver : approvers) {
      String role = approver.text().substring(1, approver.length() - 1);
      marks.add(new Mark.Blank(approver.span(), Mark.Blank.Role.FIELD, role));
    }
    for (Mark.Blank blank :
        approvers.isEmpty()
            ? Blanks.in(words, Blanks.Brackets.UPPER_CASE, otherwise)
            : List.<Mark.Blank>of()) {
      // `[PASS/FAIL]` is a choice, not a parameter of that name.
      if (choices.stream().noneMatch(choice -> overlap(choice.span(), blank.span()))) {
        marks.add(blank);
      }
    }
    if (kind == Kind.RAW) {
      return marks;
    }
    marks.addAll(choices);
    if (kind != Kind.COMMENT) {
      marks.addAll(Roles.in(words, setting));
    }
    conditions(words, setting, kind, marks);
    if (setting.purpose() != Purpose.REFERENCE) {
      marks.addAll(Moves.shifts(words, setting));
      Moves.waits(words).ifPresent(marks::add);
    }
    if (setting.asks() != Setting.Asks.AUTHORITY) {
      conditional(words).ifPresent(marks::add);
    }
    if (kind == Kind.LINE) {
      Tasks.in(words, setting, marks).ifPresent(marks::addFirst);
    }
    marks.sort(Comparator.comparingInt(mark -> mark.span().start()));
    return marks;
  }

  /// What words of a heading were taken for: blanks, and that it may be left out.
  ///
  /// @param above the setting the heading stands in
  static List<Mark> ofHeading(Words title, Setting above) {
    if (title.isEmpty() || title.length() > Limits.MARKED_LINE_MAX) {
      return List.of();
    }
    List<Mark> marks = new ArrayList<>();
    marks.addAll(Blanks.in(title, Blanks.Brackets.UPPER_CASE, otherwise(title, above.title())));
    conditional(title).ifPresent(marks::add);
    marks.sort(Comparator.comparingInt(mark -> mark.span().start()));
    return marks;
  }

  /// What a blank is called that has no label: as its line reads, else as what stands above it; at
  /// last, by its place.
  static String otherwise(Words words, String above) {
    String text = words.text().replace("_", "").replace("|", "").strip();
    return text.chars().anyMatch(Character::isLetterOrDigit)
        ? text
        : !above.isEmpty() ? above : "line " + words.span().line();
  }

  private static boolean overlap(Span a, Span b) {
    return a.start() < b.end() && b.start() < a.end();
  }

  private static void conditions(Words words, Setting setting, Kind kind, List<Mark> marks) {
    List<ConditionGrammar.Found> found = ConditionGrammar.find(words.text());
    Optional<Words> trigger =
        trigger(words, setting, kind).or(() -> alarm(words, setting, kind, found));
    if (trigger.isPresent()) {
      Optional<Condition> condition =
          found.stream().findFirst().map(ConditionGrammar.Found::condition);
      marks.add(new Mark.Trigger(trigger.get().span(), condition, trigger.get().text()));
      return;
    }
    String text = Texts.lower(words.text());
    // A rule of an alert, a condition that something follows from: not what must hold here.
    if (Texts.says(text, "alert", "alerts", "alarm", "breach", "symptoms") || text.contains("→")) {
      return;
    }
    for (ConditionGrammar.Found one : found) {
      marks.add(new Mark.Threshold(words.span(one.start(), one.end()), one.condition()));
    }
    for (ConditionGrammar.Open open : ConditionGrammar.findOpen(words.text())) {
      Span span = words.span(open.start(), open.end());
      marks.add(new Mark.Criterion(span, open.metric(), open.comparison(), open.sustained()));
    }
  }

  /// The words that say when to roll back, if the line is there to say so.
  private static Optional<Words> trigger(Words words, Setting setting, Kind kind) {
    Optional<Words.Label> label = words.label();
    if (label.isPresent() && TRIGGER.matcher(Texts.lower(label.get().name())).find()) {
      Words value = words.slice(label.get().end(), words.length());
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
    boolean listed = setting.asks() == Setting.Asks.CRITERIA && kind != Kind.COMMENT;
    String plain = Texts.plain(words.text());
    boolean introduces = plain.endsWith(":") || plain.endsWith("?");
    return listed && !introduces ? Optional.of(words) : Optional.empty();
  }

  /// A line about rolling back that is nothing but a condition under which something is wrong:
  /// `Error rate > 5 % for 5 minutes`. What must hold again afterwards, `Error rate < 1 %`, is
  /// none.
  private static Optional<Words> alarm(
      Words words, Setting setting, Kind kind, List<ConditionGrammar.Found> found) {
    boolean whole =
        found.size() == 1
            && found.getFirst().start() == 0
            && words.text().substring(found.getFirst().end()).matches("[\\s.;,*_]*");
    return kind == Kind.LINE
            && setting.purpose() == Purpose.ROLLBACK
            && !Texts.says(Texts.lower(setting.title()), DONE_IN_ORDER)
            && whole
            && found.getFirst().condition().meansTrouble()
        ? Optional.of(words)
        : Optional.empty();
  }

  private static Optional<Mark> conditional(Words words) {
    if (words.text().indexOf('(') < 0) {
      return Optional.empty();
    }
    Matcher matcher = CONDITIONAL.matcher(Texts.lower(words.text()));
    if (!matcher.find() || matcher.end() > words.length()) {
      return Optional.empty();
    }
    boolean condition = !ConditionGrammar.find(matcher.group()).isEmpty();
    return condition
        ? Optional.empty()
        : Optional.of(new Mark.IfApplicable(words.span(matcher.start(), matcher.end())));
  }
}
