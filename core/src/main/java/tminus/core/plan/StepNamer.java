package tminus.core.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives the steps of one plan names of their own, from their words.
final class StepNamer {

  /// Longer names do not fit beside what is said of them on a terminal.
  private static final int LENGTH_MAX = 48;

  /// A name that is cut between two words keeps at least so much.
  private static final int LENGTH_MIN = 16;

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern EDGES = Pattern.compile("^-|-$");

  private final Map<String, Integer> slugs = new HashMap<>();
  private final Set<StepId> ids = new HashSet<>();

  StepId id(String title) {
    String words = NO_WORD.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("-");
    String slug = EDGES.matcher(words).replaceAll("");
    if (slug.length() > LENGTH_MAX) {
      int cut = slug.lastIndexOf('-', LENGTH_MAX);
      slug = slug.substring(0, cut > LENGTH_MIN ? cut : LENGTH_MAX);
    }
    String base = slug.isEmpty() ? "step" : slug;
    while (true) {
      int times = slugs.merge(base, 1, Integer::sum);
      StepId id = new StepId(times == 1 ? base : base + "-" + times);
      // `backup-2` may also be the words of another step.
      if (ids.add(id)) {
        return id;
      }
    }
  }
}
