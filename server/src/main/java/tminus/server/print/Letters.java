package tminus.server.print;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/// Which characters can be printed, and what is printed in place of the others, so that none is
/// lost and none is a mystery. Confined to one thread.
final class Letters {

  /// All fonts have these: no need to open one.
  private static final int LATIN_1 = 0xff;

  /// What checklists say by pictures, and the printable sign for the same.
  private static final Map<Integer, String> SIGNS =
      Map.ofEntries(
          Map.entry(0x2705, "✔"),
          Map.entry(0x274c, "✘"),
          Map.entry(0x274e, "✘"),
          Map.entry(0x2753, "?"),
          Map.entry(0x2754, "?"),
          Map.entry(0x2755, "!"),
          Map.entry(0x2757, "!"),
          Map.entry(0x2795, "+"),
          Map.entry(0x2796, "−"),
          Map.entry(0x27a1, "→"),
          Map.entry(0x2b05, "←"),
          Map.entry(0x2b06, "↑"),
          Map.entry(0x2b07, "↓"),
          Map.entry(0x1f44d, "✔"),
          Map.entry(0x1f44e, "✘"));

  private Optional<CmapLookup> glyphs = Optional.empty();
  private boolean lacked;

  /// Whether a character had to be spelt out so far.
  boolean hasLacked() {
    return lacked;
  }

  /// The text, with every character printable.
  String printable(String text) {
    if (text.chars().allMatch(character -> character <= LATIN_1)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.codePoints().forEach(character -> printable.append(printable(character)));
    return printable.toString();
  }

  private String printable(int character) {
    if (character <= LATIN_1 || glyphs().getGlyphId(character) > 0) {
      return Character.toString(character);
    }
    if (SIGNS.containsKey(character)) {
      return SIGNS.getOrDefault(character, "");
    }
    if (isInvisible(character)) {
      return "";
    }
    if (isControl(character)) {
      return spelt("‹%s›".formatted(name(character).replace("symbol-for-", "")));
    }
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR -> " ";
      case Character.OTHER_SYMBOL -> spelt(":%s:".formatted(name(character)));
      default -> spelt("‹U+%04X›".formatted(character));
    };
  }

  /// Joiners and variants: they only change how their neighbours look.
  private static boolean isInvisible(int character) {
    return Character.getType(character) == Character.FORMAT
        || (character >= 0xfe00 && character <= 0xfe0f)
        || character == 0x20e3;
  }

  /// The picture of a control character, as pages show them: `‹escape›`.
  private static boolean isControl(int character) {
    return character >= 0x2400 && character < 0x2420;
  }

  private static String name(int character) {
    String name = Character.getName(character);
    return name == null
        ? "U+%04X".formatted(character)
        : name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private String spelt(String words) {
    lacked = true;
    return words;
  }

  private CmapLookup glyphs() {
    if (glyphs.isEmpty()) {
      try (TrueTypeFont font =
          new TTFParser()
              .parse(
                  RandomAccessReadBuffer.createBufferFromStream(
                      Paper.resource("DejaVuSansCondensed.ttf")))) {
        glyphs = Optional.of(font.getUnicodeCmapLookup());
      } catch (IOException e) {
        throw new UncheckedIOException("the letters cannot be read", e);
      }
    }
    return glyphs.orElseThrow();
  }
}
