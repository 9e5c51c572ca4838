package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tminus.core.checklist.Family;
import tminus.core.checklist.Family.Option;

/// Finds which ways a selection means. Case, hyphens, plurals and the order of words make no
/// difference.
public final class Selector {

  private Selector() {}

  /// What a selection comes to.
  public sealed interface Found {

    /// One way, or none, of one family.
    record One(Family family, Optional<Option> option) implements Found {}

    /// No family is called that.
    record NoFamily() implements Found {}

    /// No way is called that.
    ///
    /// @param among the families that were looked through
    record NoWay(List<Family> among) implements Found {}

    /// Several are.
    ///
    /// @param ways their titles
    record Several(List<String> ways) implements Found {}
  }

  private record Hit(Family family, Option option) {}

  /// What the selection means among these families. A way that several families have, as there and
  /// as back, is that of the first that is no way back.
  public static Found find(List<Family> families, Selection selection) {
    List<Family> among = selection.family().map(words -> called(families, words)).orElse(families);
    if (among.isEmpty()) {
      return new Found.NoFamily();
    }
    if (selection.way().toLowerCase(Locale.ROOT).equals(Selection.NONE)
        && selection.family().isPresent()) {
      return among.size() == 1
          ? new Found.One(among.getFirst(), Optional.empty())
          : new Found.Several(among.stream().map(Family::heading).toList());
    }
    List<Hit> hits = new ArrayList<>();
    for (Family family : among) {
      ways(family, selection.way()).forEach(option -> hits.add(new Hit(family, option)));
    }
    if (hits.isEmpty()) {
      return new Found.NoWay(among);
    }
    long keys = hits.stream().map(hit -> hit.option().key()).distinct().count();
    long hit = hits.stream().map(Hit::family).distinct().count();
    if (keys > 1 || hit < hits.size()) {
      return new Found.Several(hits.stream().map(each -> each.option().title()).toList());
    }
    Hit first =
        hits.stream().filter(each -> !each.family().rollback()).findFirst().orElse(hits.getFirst());
    return new Found.One(first.family(), Optional.of(first.option()));
  }

  /// The families with these words in their heading, else in their heading and ways; `line 12` is
  /// the one of which a way begins there.
  private static List<Family> called(List<Family> families, String words) {
    if (words.strip().matches("(?i)line \\d{1,7}")) {
      int line = Integer.parseInt(words.strip().substring(5));
      return families.stream()
          .filter(family -> family.options().stream().anyMatch(option -> option.line() == line))
          .toList();
    }
    List<Family> headed =
        families.stream().filter(family -> occurs(words, family.heading())).toList();
    return headed.isEmpty()
        ? families.stream()
            .filter(family ->
                occurs(
                    words,
                    family.heading()
                        + " "
                        + String.join(" ", family.options().stream().map(Option::title).toList())))
            .toList()
        : headed;
  }

  /// The family's ways with these words; the one that is called exactly so, if there is one.
  private static List<Option> ways(Family family, String words) {
    List<Option> exact =
        family.options().stream()
            .filter(option -> Family.words(option.name()).equals(Family.words(words)))
            .toList();
    return exact.isEmpty()
        ? family.options().stream().filter(option -> occurs(words, option.title())).toList()
        : exact;
  }

  private static boolean occurs(String words, String text) {
    List<String> wanted = Family.words(words);
    return !wanted.isEmpty() && Set.copyOf(Family.words(text)).containsAll(wanted);
  }
}
