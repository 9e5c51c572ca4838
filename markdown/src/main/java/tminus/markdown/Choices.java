package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Mark.Choice.Option;
import tminus.core.checklist.Span;

/// Finds choices, of which exactly one outcome applies.
final class Choices {

  private static final String GOOD_GLYPHS = "✓✔✅☑🟢👍";
  private static final String BAD_GLYPHS = "✗✘❌⚠🔴🟡🟠👎";

  private static final String DRAWN = "☐□◻⬜";

  /// Outcomes after which the run goes on.
  private static final Set<String> GOOD =
      Set.of(
          "GO",
          "PASS",
          "PASSED",
          "SUCCESS",
          "SUCCESSFUL",
          "SUCCEEDED",
          "OK",
          "YES",
          "HEALTHY",
          "VERIFIED",
          "READY",
          "APPROVED",
          "ACCEPTED",
          "COMPLETE",
          "COMPLETED",
          "DONE",
          "NORMAL",
          "STABLE",
          "GREEN",
          "UP",
          "TRUE",
          "NONE",
          "CONFIRMED",
          "ALL PASS",
          "ALL PASSED",
          "N/A");

  /// Outcomes after which it does not.
  private static final Set<String> BAD =
      Set.of(
          "NO-GO",
          "NO GO",
          "NOGO",
          "FAIL",
          "FAILED",
          "FAILURE",
          "NO",
          "ISSUES",
          "ISSUES FOUND",
          "UNHEALTHY",
          "DEGRADED",
          "CRITICAL",
          "WARNING",
          "WARNINGS",
          "REJECTED",
          "DENIED",
          "HOLD",
          "INCOMPLETE",
          "NOT READY",
          "ROLLBACK",
          "ROLLED BACK",
          "PARTIAL",
          "ABORT",
          "ABORTED",
          "UNSTABLE",
          "RED",
          "YELLOW",
          "DOWN",
          "FALSE",
          "KO",
          "BLOCKED",
          "ERROR");

  /// Outcomes that say how much, not whether.
  private static final Set<String> DEGREES = Set.of("HIGH", "MEDIUM", "LOW", "MINOR", "MAJOR");

  private static final int OPTIONS_MAX = 6;

  private Choices() {}

  /// The choices of a line.
  ///
  /// @param own the item's own box, when the line is an item's
  static List<Mark.Choice> in(Words words, Optional<Span> own) {
    Optional<Mark.Choice> boxed = boxed(words, own);
    return boxed.isPresent()
        ? List.of(boxed.get())
        : drawn(words).map(List::of).orElseGet(() -> written(words));
  }

  /// `□ GO □ NO-GO`: boxes that are drawn, before outcomes that are known.
  private static Optional<Mark.Choice> drawn(Words words) {
    String text = words.text();
    List<Integer> boxes = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (DRAWN.indexOf(text.charAt(i)) >= 0) {
        boxes.add(i);
      }
    }
    if (boxes.size() < 2 || boxes.size() > OPTIONS_MAX) {
      return Optional.empty();
    }
    List<Option> options = new ArrayList<>();
    for (int k = 0; k < boxes.size(); k++) {
      int end = k + 1 < boxes.size() ? boxes.get(k + 1) : text.length();
      option(words, boxes.get(k) + 1, end, Optional.empty()).ifPresent(options::add);
    }
    boolean known = options.stream().allMatch(o -> isOutcome(o.label()));
    return known && options.size() == boxes.size()
        ? Optional.of(choice(words.span(boxes.getFirst(), text.length()), options))
        : Optional.empty();
  }

  /// `[ ] GO [ ] NO-GO`.
  private static Optional<Mark.Choice> boxed(Words words, Optional<Span> own) {
    List<Integer> boxes = new ArrayList<>();
    String text = words.text();
    for (int i = text.indexOf('['); i >= 0; i = text.indexOf('[', i + 1)) {
      if (Boxes.isBox(words, i)) {
        boxes.add(i);
      }
    }
    if (boxes.isEmpty() || boxes.size() > OPTIONS_MAX) {
      return Optional.empty();
    }
    List<Option> options = new ArrayList<>();
    String before = text.substring(0, boxes.getFirst());
    // `- [ ] GO [ ] NO-GO`: the item's own box is the first option's.
    if (own.isPresent() && isOutcome(before.strip())) {
      option(words, 0, boxes.getFirst(), own).ifPresent(options::add);
    }
    int from = options.isEmpty() ? boxes.getFirst() : 0;
    for (int k = 0; k < boxes.size(); k++) {
      int box = boxes.get(k);
      int end = k + 1 < boxes.size() ? boxes.get(k + 1) : text.length();
      option(words, box + Boxes.LENGTH, end, Optional.of(words.span(box, box + Boxes.LENGTH)))
          .ifPresent(options::add);
    }
    return options.size() < 2
        ? Optional.empty()
        : Optional.of(choice(words.span(from, text.length()), options));
  }

  private static Optional<Option> option(Words words, int from, int to, Optional<Span> box) {
    String text = words.text();
    int start = from;
    int end = to;
    while (start < end && separates(text.charAt(start))) {
      start++;
    }
    while (end > start && separates(text.charAt(end - 1))) {
      end--;
    }
    if (start == end) {
      return Optional.empty();
    }
    String label = text.substring(start, end);
    return Optional.of(new Option(label, box, words.span(start, end), isGood(label)));
  }

  private static boolean separates(char c) {
    return Character.isWhitespace(c) || "/|,".indexOf(c) >= 0;
  }

  /// `✓ VERIFIED / ✗ ISSUES FOUND`, `PASS/FAIL`: after a colon, or all of the line.
  private static List<Mark.Choice> written(Words words) {
    List<Mark.Choice> choices = new ArrayList<>();
    String text = words.text();
    if (text.indexOf('/') < 0) {
      return choices;
    }
    int from = 0;
    while (from >= 0 && from < text.length()) {
      int end = end(words, from);
      options(words, from, end).ifPresent(options -> choices.add(options));
      int colon = text.indexOf(':', from);
      from = colon < 0 ? -1 : colon + 1;
    }
    return choices;
  }

  /// Where the words that may be a choice end: at a parenthesis, a bar, or the next bold label.
  private static int end(Words words, int from) {
    String text = words.text();
    int end = from;
    while (end < text.length() && ")|,;_".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    for (Words.Bold bold : words.bold()) {
      if (bold.start() > from && bold.start() < end && text.startsWith(":", bold.end() - 1)) {
        end = bold.start();
      }
    }
    return end;
  }

  private static Optional<Mark.Choice> options(Words words, int from, int to) {
    String text = words.text();
    int start = from;
    int end = to;
    while (start < end && " [".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && " ].".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    List<Option> options = new ArrayList<>();
    boolean loose = text.startsWith(" / ", Math.max(0, text.indexOf('/', start) - 1));
    for (int at = start; at < end; ) {
      int slash = slash(text, at, end, loose);
      Optional<Option> option = written(words, at, slash);
      if (option.isEmpty() || options.size() == OPTIONS_MAX) {
        return Optional.empty();
      }
      options.add(option.get());
      at = slash + 1;
    }
    boolean signs = options.stream().anyMatch(o -> isSigned(o, words));
    boolean known = options.stream().anyMatch(o -> isKnown(o.label()));
    boolean shouted = options.stream().allMatch(o -> isUpper(o.label()));
    boolean allKnown = options.stream().allMatch(o -> isKnown(o.label()));
    // Without a label before it, `Go/No-Go` is a subject of its own; `PASS / FAIL` is to be marked.
    boolean marked = from > 0 || signs || (loose && shouted);
    return options.size() >= 2 && marked && (((signs || known) && shouted) || allKnown)
        ? Optional.of(choice(words.span(start, end), options))
        : Optional.empty();
  }

  private static int slash(String text, int from, int end, boolean loose) {
    for (int i = from; i < end; i++) {
      boolean apart = i > 0 && text.charAt(i - 1) == ' ' && text.startsWith(" ", i + 1);
      boolean whole = text.startsWith("N/A", i - 1);
      if (text.charAt(i) == '/' && !whole && (apart || !loose)) {
        return i;
      }
    }
    return end;
  }

  private static Optional<Option> written(Words words, int from, int to) {
    String text = words.text().substring(from, to);
    int start = from + text.length() - text.stripLeading().length();
    String label = withoutGlyph(text.strip());
    if (label.isEmpty() || label.length() > 40 || !Character.isLetter(label.charAt(0))) {
      return Optional.empty();
    }
    Span span = words.span(start, start + text.strip().length());
    int glyph = glyph(text.strip());
    boolean good = glyph > 0 || (glyph == 0 && isGood(label));
    return Optional.of(new Option(label, Optional.empty(), span, good));
  }

  private static String withoutGlyph(String words) {
    int at = 0;
    while (at < words.length() && !Character.isLetterOrDigit(words.charAt(at))) {
      at++;
    }
    return words.substring(at);
  }

  private static boolean isSigned(Option option, Words words) {
    return glyph(option.span().in(words.source().text())) != 0;
  }

  /// 1 for words that begin with a good sign, -1 with a bad one, 0 with neither.
  private static int glyph(String words) {
    int first = words.codePointAt(0);
    return GOOD_GLYPHS.indexOf(first) >= 0 ? 1 : BAD_GLYPHS.indexOf(first) >= 0 ? -1 : 0;
  }

  private static Mark.Choice choice(Span span, List<Option> options) {
    boolean judged = options.stream().anyMatch(o -> o.positive() || BAD.contains(upper(o.label())));
    // A choice of degrees stops nothing, whichever is chosen.
    return judged
        ? new Mark.Choice(span, options)
        : new Mark.Choice(
            span,
            options.stream().map(o -> new Option(o.label(), o.box(), o.span(), true)).toList());
  }

  /// Whether an item's text may name an outcome; most do not, and are told without another look.
  static boolean mayBeOption(String text) {
    int at = Boxes.LENGTH;
    while (at < text.length() && !Character.isLetter(text.charAt(at))) {
      at++;
    }
    return at + 1 < text.length()
        && Character.isUpperCase(text.charAt(at))
        && Character.isUpperCase(text.charAt(at + 1));
  }

  /// The choice that sibling items make together, `- [ ] **GO** - …` and `- [ ] **NO-GO** - …`;
  /// empty when they are ordinary items.
  ///
  /// @param items the words and boxes of all items of a list
  static Optional<Mark.Choice> siblings(List<Words> items, List<Span> boxes) {
    if (items.size() < 2 || items.size() > OPTIONS_MAX) {
      return Optional.empty();
    }
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String label = leading(items.get(i).text());
      if (!isOutcome(label)) {
        return Optional.empty();
      }
      Span span = items.get(i).span(0, label.length());
      options.add(new Option(label, Optional.of(boxes.get(i)), span, goesOn(items, i)));
    }
    Span last = options.getLast().span();
    Span span = new Span(boxes.getFirst().line(), boxes.getFirst().start(), last.end());
    return Optional.of(new Mark.Choice(span, options));
  }

  /// Whether the run goes on with the outcome. Of YES and NO it is the one whose words say so: the
  /// question may have been whether to roll back.
  private static boolean goesOn(List<Words> items, int index) {
    String label = upper(leading(items.get(index).text()));
    if (!label.equals("YES") && !label.equals("NO")) {
      return isGood(label);
    }
    for (int i = 0; i < items.size(); i++) {
      String rest = Texts.lower(items.get(i).text());
      if (Texts.says(rest, "proceed", "continue", "go on")) {
        return i == index;
      }
      if (Texts.says(rest, "rollback", "roll back", "abort", "stop")) {
        return i != index;
      }
    }
    return isGood(label);
  }

  /// The words before a dash, a colon or a parenthesis.
  private static String leading(String text) {
    int end = text.length();
    for (String stop : List.of(" - ", " – ", " — ", ":", " (")) {
      int at = text.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    return text.substring(0, end).strip();
  }

  private static boolean isOutcome(String label) {
    return isKnown(label) && isUpper(label);
  }

  private static boolean isKnown(String label) {
    String words = upper(label);
    return GOOD.contains(words) || BAD.contains(words) || DEGREES.contains(words);
  }

  private static boolean isGood(String label) {
    return GOOD.contains(upper(label));
  }

  private static boolean isUpper(String label) {
    return label.chars().noneMatch(Character::isLowerCase)
        && label.chars().anyMatch(Character::isUpperCase);
  }

  private static String upper(String label) {
    return label.strip().toUpperCase(java.util.Locale.ROOT);
  }
}
