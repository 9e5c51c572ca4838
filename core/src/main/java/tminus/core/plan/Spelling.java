package tminus.core.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody who misspelt a name may have meant. Case is ignored throughout.
public final class Spelling {

  private Spelling() {}

  /// The known name nearest to the one written, if it is near: a third of its letters wrong at
  /// most, and two of a short one.
  public static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(written, other, false)))
        .filter(other -> distance(written, other, false) <= near(written));
  }

  /// The sentence in which words like the written ones stand, if there is one.
  public static Optional<String> nearestIn(String words, Collection<String> sentences) {
    return sentences.stream()
        .min(Comparator.comparingInt(sentence -> distance(words, sentence, true)))
        .filter(sentence -> distance(words, sentence, true) <= near(words));
  }

  private static int near(String written) {
    return Math.max(2, written.length() / 3);
  }

  /// Edit distance: Wagner and Fischer, "The String-to-String Correction Problem" (1974). To the
  /// best part of the text, if parts count: Sellers, "The Theory and Computation of Evolutionary
  /// Distances" (1980).
  private static int distance(String word, String text, boolean parts) {
    int[] row = new int[text.length() + 1];
    for (int j = 0; j <= text.length(); j++) {
      row[j] = parts ? 0 : j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= text.length(); j++) {
        int above = row[j];
        boolean same =
            Character.toLowerCase(word.charAt(i - 1)) == Character.toLowerCase(text.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
        diagonal = above;
      }
    }
    int best = row[text.length()];
    for (int distance : row) {
      best = parts ? Math.min(best, distance) : best;
    }
    return best;
  }
}
