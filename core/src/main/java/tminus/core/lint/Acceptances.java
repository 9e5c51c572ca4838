package tminus.core.lint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody accepts in the document itself: `<!-- tminus: accept RULE because REASON -->`, in
/// the line of the finding or before it.
final class Acceptances {

  private static final Pattern COMMENT =
      Pattern.compile(
          "<!--\\s*tminus:(.{0,1000}?)-->|#\\s*tminus:\\s*(accept\\b[^\\n]{0,1000})",
          Pattern.DOTALL);
  private static final Pattern ACCEPT =
      Pattern.compile("\\s*accept\\s+(\\S+)(?:\\s+because\\s+(.*\\S))?\\s*", Pattern.DOTALL);

  private static final Rule MALFORMED =
      new Rule(
          "acceptance-without-reason",
          Severity.WARNING,
          "an acceptance that says no rule or no reason",
          """
          Nobody can tell in a year whether it still holds, and an auditor takes it for switching off the \
          check. It accepts nothing until it gives a reason.
          """,
          """
          Write `<!-- tminus: accept RULE because REASON -->` in the line of the finding or the one before.
          """,
          """
          <!-- tminus: accept latest-tag -->
          - [ ] The image is there
          """,
          """
          - [ ] The image is there
          """);

  private static final Rule UNUSED =
      new Rule(
          "acceptance-unused",
          Severity.INFO,
          "an acceptance that nothing is found for",
          """
          What it accepted was mended or has moved. The next finding of that kind in its place would be \
          accepted unseen.
          """,
          """
          Delete it, or put it in the line of the finding or the one before.
          """,
          """
          <!-- tminus: accept latest-tag because the mirror keeps only one -->
          - [ ] The image is there
          """,
          """
          - [ ] The image is there
          """);

  static final List<Rule> RULES = List.of(MALFORMED, UNUSED);

  private final List<Acceptance> acceptances;
  private final List<Finding> problems;

  /// @param end the last line it is about
  private record Acceptance(int line, int end, String rule, String reason) {}

  private Acceptances(List<Acceptance> acceptances, List<Finding> problems) {
    this.acceptances = acceptances;
    this.problems = problems;
  }

  static Acceptances in(String text) {
    List<Acceptance> acceptances = new ArrayList<>();
    List<Finding> problems = new ArrayList<>();
    if (!text.contains("tminus:")) {
      return new Acceptances(acceptances, problems);
    }
    Matcher comment = COMMENT.matcher(text);
    Lines lines = new Lines(text);
    int line = 1;
    int counted = 0;
    while (comment.find()) {
      line += newlines(text, counted, comment.start());
      counted = comment.start();
      String words = comment.group(1) == null ? comment.group(2) : comment.group(1);
      int last = line + newlines(text, comment.start(), comment.end());
      Matcher accept = ACCEPT.matcher(words);
      if (!accept.matches()) {
        problems.add(problem(line, "this says neither a rule nor a reason"));
      } else if (Linter.rule(accept.group(1)).isEmpty()) {
        problems.add(problem(line, "there is no rule " + accept.group(1)));
      } else if (accept.group(2) == null) {
        problems.add(problem(line, "no reason is given"));
      } else {
        String reason = accept.group(2).replaceAll("\\s+", " ");
        acceptances.add(new Acceptance(line, lines.after(last), accept.group(1), reason));
      }
    }
    return new Acceptances(acceptances, problems);
  }

  private static int newlines(String text, int from, int to) {
    return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
  }

  private static Finding problem(int line, String message) {
    return new Finding(
        MALFORMED,
        line,
        message,
        "write <!-- tminus: accept RULE because REASON -->; tminus lint --explain lists the rules",
        Optional.empty());
  }

  /// The findings without those accepted, and with what is wrong with the acceptances themselves.
  Lint applied(List<Finding> findings) {
    List<Finding> open = new ArrayList<>(problems);
    List<Lint.Accepted> accepted = new ArrayList<>();
    Map<String, List<Acceptance>> byRule = new HashMap<>();
    acceptances.forEach(one -> byRule.computeIfAbsent(one.rule(), _ -> new ArrayList<>()).add(one));
    Set<Acceptance> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Finding finding : findings) {
      Optional<Acceptance> acceptance =
          covering(byRule.getOrDefault(finding.rule().id(), List.of()), finding.line());
      acceptance.ifPresentOrElse(
          found -> {
            used.add(found);
            accepted.add(new Lint.Accepted(finding, found.reason()));
          },
          () -> open.add(finding));
    }
    for (Acceptance acceptance : acceptances) {
      if (!used.contains(acceptance)) {
        open.add(
            new Finding(
                UNUSED,
                acceptance.line(),
                "there is no %s here to accept".formatted(acceptance.rule()),
                "delete it, or move it to the finding",
                Optional.empty()));
      }
    }
    return new Lint(open, accepted);
  }

  /// The first that is about the line. They stand in order, and none ends before the one before it.
  private static Optional<Acceptance> covering(List<Acceptance> ordered, int line) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ordered.get(middle).end() < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < ordered.size() && ordered.get(low).line() <= line
        ? Optional.of(ordered.get(low))
        : Optional.empty();
  }

  /// The document's lines, walked through once from top to bottom.
  private static final class Lines {
    private static final Pattern FENCE = Pattern.compile("(```|~~~).*");

    private final List<String> lines;
    private int next;

    Lines(String text) {
      this.lines = text.lines().toList();
    }

    /// The next line after `last` that is not blank; the fence of a script is passed over, so that
    /// a comment before a script is about its first line. To be asked with growing lines.
    int after(int last) {
      next = Math.max(next, last + 1);
      while (next <= lines.size() && isPassed(lines.get(next - 1).strip())) {
        next++;
      }
      return next;
    }

    private static boolean isPassed(String line) {
      return line.isEmpty() || FENCE.matcher(line).matches() || line.startsWith("<!-- tminus:");
    }
  }
}
