package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Elisions;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Mark.Blank.Role;

/// Finds the places to fill in: underscores, `[VERSION]`, `<pod-name>`.
final class Blanks {

  /// How freely brackets are taken for a placeholder.
  enum Brackets {
    /// Upper-case words only, as in prose and in shell, where brackets mean other things too.
    UPPER_CASE,
    /// Any words: in a message, which is written to be filled in.
    ANY
  }

  /// Where a placeholder stands.
  private record Place(int start, int end, String name) {}

  private Blanks() {}

  /// The blanks of a line, in order.
  ///
  /// @param otherwise what a blank without a label is called
  static List<Mark.Blank> in(Words words, Brackets brackets, String otherwise) {
    List<Mark.Blank> blanks = new ArrayList<>();
    String text = words.text();
    int last = 0;
    String first = "";
    for (int i = 0; i < text.length(); ) {
      int underscores = underscores(words, i);
      if (underscores >= 3) {
        String name = Labels.before(words, last, i);
        if (name.isEmpty()) {
          name = Labels.unlabelled(text, i + underscores, first, otherwise);
        }
        name = Labels.joins(name) && !first.isEmpty() ? first + " " + name : name;
        first = first.isEmpty() ? name : first;
        last = i + underscores;
        blanks.add(new Mark.Blank(words.span(i, last), Role.FIELD, name));
        i = last;
        continue;
      }
      Optional<Place> place = placeholder(text, i, brackets);
      if (place.isPresent()) {
        last = place.get().end();
        blanks.add(parameter(words, place.get()));
      } else if (isAnswer(text, i) && words.label().isPresent()) {
        last = text.length();
        blanks.add(new Mark.Blank(words.span(i, last), Role.FIELD, words.label().get().name()));
        i = last;
        continue;
      }
      i = place.map(Place::end).orElse(i + Math.max(1, underscores));
    }
    return blanks;
  }

  /// The placeholders of a piece of shell or of a message, in order, underscores aside.
  static List<Mark.Blank> placeholders(Words words, Brackets brackets) {
    List<Mark.Blank> blanks = new ArrayList<>();
    String text = words.text();
    for (int i = 0; i < text.length(); ) {
      Optional<Place> place = placeholder(text, i, brackets);
      place.ifPresent(found -> blanks.add(parameter(words, found)));
      i = place.map(Place::end).orElse(i + 1);
    }
    return blanks;
  }

  /// What an author left out of a line of a command: `--rule-arn ...`.
  static List<Mark.Blank> elisions(Words words) {
    return Elisions.in(words.text()).stream()
        .map(found ->
            new Mark.Blank(words.span(found.start(), found.end()), Role.PARAMETER, found.name()))
        .toList();
  }

  /// `Announced in: [Channels used]`: what the bracketed words ask for, and nothing after them.
  private static boolean isAnswer(String text, int i) {
    return text.charAt(i) == '['
        && i >= 2
        && text.startsWith(": ", i - 2)
        && i + 2 < text.length()
        && Character.isUpperCase(text.charAt(i + 1))
        && !Boxes.isBox(text, i)
        && text.indexOf(']', i) == text.length() - 1;
  }

  private static Mark.Blank parameter(Words words, Place place) {
    return new Mark.Blank(words.span(place.start(), place.end()), Role.PARAMETER, place.name());
  }

  /// How many underscores stand here without markup between them.
  private static int underscores(Words words, int i) {
    String text = words.text();
    int end = i;
    while (end < text.length() && text.charAt(end) == '_' && (end == i || words.follows(end))) {
      end++;
    }
    return end - i;
  }

  private static Optional<Place> placeholder(String text, int i, Brackets brackets) {
    return switch (text.charAt(i)) {
      case '[' -> bracketed(text, i, brackets);
      case '<' -> angled(text, i);
      default -> Optional.empty();
    };
  }

  private static Optional<Place> bracketed(String text, int i, Brackets brackets) {
    int last = Math.min(text.length(), i + 2 + Limits.PLACEHOLDER_MAX);
    int end = i + 1;
    while (end < last && inPlaceholder(text.charAt(end))) {
      end++;
    }
    if (end >= last || text.charAt(end) != ']') {
      return Optional.empty();
    }
    String name = text.substring(i + 1, end);
    // `\[ERROR\]` and `${LIST[INDEX]}` are shell's own.
    boolean shell = (i > 0 && text.charAt(i - 1) == '\\') || isExpansion(text, i);
    boolean named =
        !name.isEmpty()
            && (brackets == Brackets.ANY
                ? Character.isLetter(name.charAt(0))
                    && (name.length() > 1 || Character.isUpperCase(name.charAt(0)))
                : startsUpperCase(name));
    return named && !shell ? Optional.of(new Place(i, end + 1, name)) : Optional.empty();
  }

  /// Whether the bracket is that of an index: `${LIST[`.
  private static boolean isExpansion(String text, int bracket) {
    int i = bracket - 1;
    while (i >= 0 && i > bracket - Limits.PLACEHOLDER_MAX && isName(text.charAt(i))) {
      i--;
    }
    return i > 0 && text.charAt(i) == '{' && text.charAt(i - 1) == '$';
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '#' || c == '!';
  }

  private static boolean inPlaceholder(char c) {
    return Character.isLetterOrDigit(c) || " _/+-.#'".indexOf(c) >= 0;
  }

  /// Whether the first word is of two or more upper-case letters: `URL or path`, not `A-Z`, `Note`.
  private static boolean startsUpperCase(String name) {
    int letters = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        letters++;
      } else if (!Character.isDigit(c) && c != '_') {
        return letters >= 2 && !Character.isLowerCase(c);
      } else if (i == 0) {
        return false;
      }
    }
    return letters >= 2;
  }

  /// `<pod-name>`: lower-case words joined by hyphens or underscores, tight between its angles.
  private static Optional<Place> angled(String text, int i) {
    int last = Math.min(text.length(), i + 2 + Limits.PLACEHOLDER_MAX);
    int end = i + 1;
    while (end < last
        && (Character.isLetterOrDigit(text.charAt(end)) || "-_".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    boolean word = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
    boolean closed = end < last && text.charAt(end) == '>' && end - i > 2;
    return closed && !word && Character.isLetter(text.charAt(i + 1))
        ? Optional.of(new Place(i, end + 1, text.substring(i + 1, end)))
        : Optional.empty();
  }
}
