package tminus.server.page;

import java.util.regex.Pattern;

/// What pages can show.
public final class Showable {

  /// Characters that have no place in a page (control characters, halves of characters, and those
  /// that turn the reading direction around so that a text reads as what it is not).
  private static final Pattern UNSHOWABLE =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|\\p{Cs}|[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

  private Showable() {}

  /// Whatever a document or a command put into the page, a reader sees all of it: what cannot be
  /// shown is replaced by a picture of it, or by the sign for "some character".
  public static String of(String html) {
    return UNSHOWABLE
        .matcher(html.replace("\r\n", "\n"))
        .replaceAll(match -> {
          char character = match.group().charAt(0);
          return character < 0x20 ? Character.toString(0x2400 + character) : "\ufffd";
        });
  }
}
