package tminus.core.plan;

import java.util.Optional;

/// What a team says of which way it takes.
///
/// @param family words of the ways' common heading or of their own titles, or `line 12` where one
///   of them begins; empty when the way's own words are enough
/// @param way words of the one taken; `none` for none of the family
public record Selection(Optional<String> family, String way) {

  /// The word for no way at all.
  public static final String NONE = "none";

  /// `Rollback=Canary`, or `Canary`, as on a command line.
  public static Selection parse(String text) {
    int at = text.indexOf('=');
    return at < 0
        ? new Selection(Optional.empty(), text.strip())
        : new Selection(Optional.of(text.substring(0, at).strip()), text.substring(at + 1).strip());
  }
}
