package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how the traffic must be split where a line says so without moving it: `Green: 100%, Blue:
/// 0%`, `Verify the weights (blue: 100, green: 0)`, `Blue weight: ____ (expected: 0)`.
final class Shares {

  private static final String SLOT =
      "(?<![\\w-])(blue|green|canary|stable|candidate|baseline|primary|old|new)";

  /// A slot with its share.
  private static final Pattern SHARE =
      Pattern.compile(
          SLOT + "\\s?[:=]\\s?(\\d{1,3})\\s?(%|(?=[,;)\\s]|$))", Pattern.CASE_INSENSITIVE);

  /// A slot's weight to write down, with the one that is expected.
  private static final Pattern EXPECTED =
      Pattern.compile(
          SLOT + " (?:weight|traffic|share)\\s?:.{0,60}\\(expected:\\s?(\\d{1,3})\\s?%?\\)",
          Pattern.CASE_INSENSITIVE);

  private Shares() {}

  /// The split the line expects. Two slots or more make one when their shares are all of the
  /// traffic; one alone when the line is about weights and says what is expected.
  static Optional<Element> in(Line line) {
    List<String> shares = new ArrayList<>();
    int sum = 0;
    boolean percents = false;
    Matcher share = SHARE.matcher(line.text());
    while (share.find()) {
      int percent = Integer.parseInt(share.group(2));
      sum += percent;
      percents |= !share.group(3).isEmpty();
      shares.add(share.group(1) + " = " + percent + " %");
    }
    if (shares.size() > 1) {
      boolean split =
          sum == 100 && (percents || line.text().toLowerCase(Locale.ROOT).contains("weight"));
      return split ? Optional.of(element(line, shares)) : Optional.empty();
    }
    Matcher expected = EXPECTED.matcher(line.text());
    return expected.find() && Integer.parseInt(expected.group(2)) <= 100
        ? Optional.of(element(line, List.of(expected.group(1) + " = " + expected.group(2) + " %")))
        : Optional.empty();
  }

  private static Element element(Line line, List<String> shares) {
    Map<String, Object> facts =
        ElementFacts.words("type", "weights", "text", line.text(), "value", List.copyOf(shares));
    return new Element(
        Element.Kind.EXPECTATION, line.span(), "expects " + String.join(", ", shares), facts);
  }
}
