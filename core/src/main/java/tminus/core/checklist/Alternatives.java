package tminus.core.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds ways of which one is chosen before the run.
public final class Alternatives {

  /// `Method 2: Rolling update`, `Option B - …`.
  private static final Pattern NUMBERED =
      Pattern.compile(
          "^(method|option|alternative|variant|approach|strategy) (?:\\d{1,2}|[a-z])\\b.*");

  /// `Automatic rollback`, `Manual rollback (…)`.
  private static final Pattern DRIVEN =
      Pattern.compile("^(?:automatic|automated|manual|emergency) (\\w+)\\b.*");

  /// `Canary deployment` beside `Blue-green deployment`.
  private static final Pattern STRATEGY =
      Pattern.compile(
          "^(?:blue[-/ ]green|canary|rolling|recreate|in-place|big[- ]bang) (deployment|update|release|rollout)s?$");

  /// `The way back (canary)`.
  private static final Pattern BRACKETED =
      Pattern.compile("^(.{3,80}?) \\((?!.*\\d)[^()]{2,40}\\)$");

  /// `Alternative: take the migrations back by hand`.
  private static final Pattern INSTEAD =
      Pattern.compile("^(?:alternatively|alternative)\\s?[:,]\\s?(.+)");

  private Alternatives() {}

  /// The sections among these that are each other's alternatives, two or more together.
  static List<List<Section>> among(List<Node> content) {
    Map<String, List<Section>> families = new LinkedHashMap<>();
    for (Node node : content) {
      if (node instanceof Section section) {
        family(section.title())
            .ifPresent(name -> families.computeIfAbsent(name, _ -> new ArrayList<>()).add(section));
      }
    }
    return families.values().stream().filter(family -> family.size() > 1).toList();
  }

  private static Optional<String> family(String title) {
    String words = title.toLowerCase(Locale.ROOT);
    for (Pattern pattern : List.of(NUMBERED, DRIVEN, STRATEGY, BRACKETED)) {
      Matcher matcher = pattern.matcher(words);
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /// What these words offer instead of what stands above them.
  public static Optional<String> instead(String words) {
    Matcher matcher = INSTEAD.matcher(words.toLowerCase(Locale.ROOT));
    return matcher.matches() && words.length() == matcher.end()
        ? Optional.of(words.substring(matcher.start(1)))
        : Optional.empty();
  }
}
