package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;

/// Finds who must do it, who must sign, who decides, and by what evidence.
final class Roles {

  private static final Set<String> RESPONSIBLE =
      Set.of(
          "responsible", "responsible party", "owner", "assigned to", "assignee", "responsibility");
  private static final Set<String> SIGN_OFF =
      Set.of(
          "sign-off",
          "signoff",
          "sign off",
          "signed off by",
          "signed by",
          "signature",
          "approved by",
          "approval");

  /// `Deployment authorized by: ____`.
  private static final Pattern SIGNED_BY =
      Pattern.compile("(?:\\S+ ){0,3}(?:approved|authori[sz]ed|decided|signed) by");

  private static final Pattern BRACKET = Pattern.compile("\\[[^\\[\\]]{2,60}\\]");
  private static final Pattern BRACKETED =
      Pattern.compile(
          "\\[\\p{Lu}[^\\[\\]]{1,60}\\](?:\\s?(?:,|and|&|/|\\+)\\s?\\[\\p{Lu}[^\\[\\]]{1,60}\\]){0,9}");

  private static final Set<String> AUTHORITY =
      Set.of("decision authority", "authority", "decision maker", "decision-maker", "approver");
  private static final Set<String> EVIDENCE = Set.of("verification", "evidence", "proof");

  /// Labels in a sign-off section that name no role.
  private static final String[] NO_ROLE = {
    "name",
    "date",
    "time",
    "comments",
    "comment",
    "notes",
    "reason",
    "duration",
    "results",
    "result",
    "version",
    "status",
    "id",
    "location",
    "signature",
    "tests",
    "verification",
    "health"
  };

  private Roles() {}

  /// `**Approved by:** [CTO], [Head of Operations]`: who must sign, each in a place of its own.
  static List<Words> approvers(Words words) {
    Optional<Words.Label> label =
        words.label().filter(l -> SIGN_OFF.contains(Texts.lower(l.name())));
    List<Words> approvers = new ArrayList<>();
    if (label.isEmpty()) {
      return approvers;
    }
    Words value = words.slice(label.get().end(), words.length());
    if (BRACKETED.matcher(value.text()).matches()) {
      Matcher matcher = BRACKET.matcher(value.text());
      while (matcher.find()) {
        approvers.add(value.slice(matcher.start(), matcher.end()));
      }
    }
    return approvers;
  }

  static List<Mark> in(Words words, Setting setting) {
    List<Mark> marks = new ArrayList<>();
    for (Words approver : approvers(words)) {
      String role = approver.text().substring(1, approver.length() - 1);
      marks.add(new Mark.SignOff(approver.span(), role));
    }
    if (!marks.isEmpty()) {
      return marks;
    }
    Optional<Words.Label> label = words.label();
    label.ifPresent(found -> labelled(words, found, setting, marks));
    if (marks.isEmpty()) {
      approval(words).ifPresent(marks::add);
    }
    return marks;
  }

  private static void labelled(Words words, Words.Label label, Setting setting, List<Mark> marks) {
    String name = Texts.lower(label.name());
    Words value = words.slice(label.end(), words.length());
    if (value.isEmpty() || setting.purpose() == Purpose.REFERENCE) {
      return;
    }
    boolean blank = value.text().startsWith("___");
    if (RESPONSIBLE.contains(name) && !blank) {
      marks.add(new Mark.Responsible(value.span(), role(value.text())));
    } else if (EVIDENCE.contains(name)) {
      marks.add(new Mark.Evidence(value.span(), value.text()));
    } else if (AUTHORITY.contains(name) && !blank) {
      authorities(value, marks);
    } else if (setting.asks() == Setting.Asks.AUTHORITY && !blank) {
      authorities(value, marks);
    } else if (SIGN_OFF.contains(name) || (blank && SIGNED_BY.matcher(name).matches())) {
      String named = blank ? setting.person() : role(value.text());
      marks.add(new Mark.SignOff(spanOf(words, label, value), named));
    } else if (blank && (signs(value.text()) || asked(name, value.text(), setting))) {
      marks.add(new Mark.SignOff(spanOf(words, label, value), label.name()));
    }
  }

  private static Span spanOf(Words words, Words.Label label, Words value) {
    Span to = value.span();
    Span from = words.span(label.start(), label.end());
    return new Span(from.line(), from.start(), to.end());
  }

  /// `____ (Signature)`.
  private static boolean signs(String value) {
    String words = Texts.lower(value);
    return words.contains("(signature)")
        || words.contains("(signed)")
        || words.contains("(initials)");
  }

  /// `DBA: ____` where each line is to be signed by the role it names.
  private static boolean asked(String name, String value, Setting setting) {
    if (setting.asks() != Setting.Asks.SIGN_OFFS || !setting.person().isEmpty()) {
      return false;
    }
    int end = 0;
    while (end < value.length() && value.charAt(end) == '_') {
      end++;
    }
    String rest = Texts.lower(value.substring(end)).strip();
    boolean alone = rest.isEmpty() || rest.startsWith("date") || rest.startsWith("time");
    return alone && !Texts.says(name, NO_ROLE);
  }

  /// `Lead + Manager`: each of them decides.
  private static void authorities(Words value, List<Mark> marks) {
    String text = value.text();
    int end = text.indexOf('(') < 0 ? text.length() : text.indexOf('(');
    for (int from = 0; from < end; ) {
      int to = from;
      while (to < end && "+,&".indexOf(text.charAt(to)) < 0) {
        to++;
      }
      Words role = value.slice(from, to);
      if (!role.isEmpty()) {
        marks.add(new Mark.Authority(role.span(), role.text()));
      }
      from = to + 1;
    }
  }

  private static String role(String value) {
    int end = value.indexOf('(');
    return (end > 0 ? value.substring(0, end) : value).strip();
  }

  /// `Approval from the deployment lead`.
  private static Optional<Mark> approval(Words words) {
    String text = Texts.lower(words.text());
    int at = text.indexOf("approval from ");
    if (at < 0 || text.length() != words.length()) {
      return Optional.empty();
    }
    int from = at + "approval from ".length();
    from = text.startsWith("the ", from) ? from + 4 : from;
    int to = from;
    while (to < text.length()
        && (Character.isLetter(text.charAt(to)) || " -".indexOf(text.charAt(to)) >= 0)) {
      to++;
    }
    Words role = words.slice(from, to);
    return role.isEmpty()
        ? Optional.empty()
        : Optional.of(new Mark.SignOff(words.span(at, to), role.text()));
  }
}
