package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.traffic.Weight;

/// Finds what moves traffic, and what waits.
final class Moves {

  /// `10% traffic`, `50 % of the traffic`, `100% traffic shift to green`.
  private static final Pattern SHARE =
      Pattern.compile(
          "(?<![\\w.])(\\d{1,3})\\s?%\\s(?:of\\s)?(?:the\\s|all\\s|production\\s|user\\s|live\\s)*traffic\\b");

  private static final Pattern PERCENT = Pattern.compile("(?<![\\w.])(\\d{1,3})\\s?%");

  /// `10% → 25% → 50% → 100%`.
  private static final Pattern STAIRS =
      Pattern.compile("(?:\\d{1,3}\\s?%\\s?(?:→|->|=>|>)\\s?){1,20}\\d{1,3}\\s?%");

  /// Telling someone to move it, at the beginning of the line or of its last part.
  private static final Pattern TELLS =
      Pattern.compile(
          "(?:^|, |: |then |and )(?:gradually |instantly |now )?(?:shift|route|switch|send|move"
              + "|increase|raise|ramp|promote|direct|redirect|cut over|roll out|execute|start|begin"
              + "|perform|set|cut)\\b");

  /// `update the weights`, under a heading that says to what.
  private static final Pattern SETS =
      Pattern.compile("(?:^|, |: )(?:update|adjust|change|set|apply|modify)\\b.*\\bweights?\\b");

  /// `50% traffic shift`: the line is the name of the step.
  private static final Pattern NAMES =
      Pattern.compile(
          "^(?:step \\w+: )?\\d{1,3}\\s?%\\s(?:of )?traffic(?: shift| cutover| switch)?(?: to [\\w-]+)?"
              + "(?: \\(.*\\))?(?:,? for .*)?$");

  private static final Pattern BACK =
      Pattern.compile("\\bback\\b|\\broll(?:ed)? ?back\\b|\\brevert\\b|\\breturn\\b");

  private static final Pattern WAITS =
      Pattern.compile(
          "(?:^|\\b(?:and|then)\\s|[,:;]\\s)(?:continue to )?(?:wait|watch|monitor|observe|bake|soak|hold"
              + "|pause|let it|let the)\\b");

  private static final String[] VERBS = {
    "wait", "watch", "monitor", "observe", "bake", "soak", "hold", "pause", "let it", "let the"
  };

  private static final Pattern AFTER =
      Pattern.compile("^(?:only )?after (?:another |at least )?(?=\\d)");

  private Moves() {}

  /// The weight a heading speaks of: `Step 3: 50% Traffic Shift`.
  static Optional<Weight> weight(String title) {
    Matcher matcher = SHARE.matcher(Texts.lower(title));
    return matcher.find() ? weightOf(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Weight> weightOf(String percent) {
    int value = Integer.parseInt(percent);
    return value <= 100 ? Optional.of(new Weight(value)) : Optional.empty();
  }

  static List<Mark.Shift> shifts(Words words, Setting setting) {
    String text = Texts.lower(words.text());
    boolean traffic =
        Texts.says(text, "traffic", "weight", "weights", "canary", "rollout")
            || Texts.says(
                Texts.lower(setting.title()), "traffic", "canary", "rollout", "cutover", "shift");
    boolean back =
        setting.purpose() == Purpose.ROLLBACK && Texts.says(text, "switch back", "cut back");
    if (!(traffic || back) || states(text) || text.length() != words.length()) {
      return List.of();
    }
    if (back) {
      return List.of(new Mark.Shift(words.span(), Weight.NONE));
    }
    if (STAIRS.matcher(text).find()) {
      return percents(words, text, 0);
    }
    Matcher tells = TELLS.matcher(text);
    if (tells.find()) {
      return told(words, text, tells.start(), setting);
    }
    if (NAMES.matcher(text).matches()) {
      return percents(words, text, 0).stream().limit(1).toList();
    }
    if (SETS.matcher(text).find() && setting.shift().isPresent()) {
      return List.of(new Mark.Shift(words.span(), setting.shift().get()));
    }
    return List.of();
  }

  /// Words that say how it is, or ask to look, and so move nothing.
  private static boolean states(String text) {
    return text.startsWith("verify")
        || text.startsWith("check")
        || text.startsWith("confirm")
        || Texts.says(text, "shifted", "switched", "checklist", "verified", "returned");
  }

  private static List<Mark.Shift> told(Words words, String text, int from, Setting setting) {
    if (BACK.matcher(text).find() && text.contains("traffic")) {
      return List.of(new Mark.Shift(words.span(), Weight.NONE));
    }
    List<Mark.Shift> shifts = percents(words, text, from);
    boolean all = shifts.isEmpty() && Texts.says(text, "traffic") && movesAll(text);
    if (!all) {
      return shifts;
    }
    Weight weight = setting.purpose() == Purpose.ROLLBACK ? Weight.NONE : Weight.ALL;
    return List.of(new Mark.Shift(words.span(), setting.shift().orElse(weight)));
  }

  /// `Switch traffic to green`, without a share: all of it.
  private static boolean movesAll(String text) {
    return Texts.says(
        text,
        "switch traffic",
        "switch all traffic",
        "shift traffic",
        "move traffic",
        "route traffic",
        "cut over traffic",
        "redirect traffic",
        "send traffic",
        "route all traffic",
        "shift all traffic",
        "move all traffic",
        "send all traffic");
  }

  private static List<Mark.Shift> percents(Words words, String text, int from) {
    List<Mark.Shift> shifts = new ArrayList<>();
    Matcher matcher = PERCENT.matcher(text);
    for (boolean found = matcher.find(from); found; found = matcher.find()) {
      int start = matcher.start();
      int end = matcher.end();
      weightOf(matcher.group(1))
          .ifPresent(w -> shifts.add(new Mark.Shift(words.span(start, end), w)));
    }
    return shifts;
  }

  /// `Wait 5 seconds for …`, `Watch for 5 minutes`, `Wait for start-up (30-60 seconds)`.
  static Optional<Mark.Wait> waits(Words words) {
    String text = Texts.lower(words.text());
    if (text.length() != words.length() || text.chars().noneMatch(Character::isDigit)) {
      return Optional.empty();
    }
    Matcher after = AFTER.matcher(text);
    if (after.find()) {
      return Durations.find(text, after.end())
          .filter(found -> found.start() == after.end())
          .map(found -> new Mark.Wait(words.span(after.start(), found.end()), found.longest()));
    }
    Matcher matcher = WAITS.matcher(text);
    if (!Texts.says(text, VERBS) || !matcher.find()) {
      return Optional.empty();
    }
    for (Optional<Durations.Found> found = Durations.find(text, matcher.end());
        found.isPresent();
        found = Durations.find(text, found.get().end())) {
      Durations.Found duration = found.get();
      String before = text.substring(matcher.end(), duration.start()).strip();
      boolean bracketed = matcher.group().endsWith("wait") && before.endsWith("(");
      boolean direct = before.isEmpty() && !Texts.says(text, "tests", "test");
      if (direct || bracketed || Texts.says(before, "for") || before.endsWith("at least")) {
        return Optional.of(
            new Mark.Wait(words.span(matcher.start(), duration.end()), duration.longest()));
      }
    }
    return Optional.empty();
  }
}
