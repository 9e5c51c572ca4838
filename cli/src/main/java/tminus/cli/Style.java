package tminus.cli;

import java.util.Map;

/// Colours and weight for terminal output; nothing where colour is not wanted. Meaning never hangs
/// on colour alone.
///
/// @param enabled whether escapes are written
record Style(boolean enabled) {

  /// Colour on a terminal, unless `NO_COLOR` is set or the terminal is dumb.
  static Style of(Map<String, String> environment, boolean terminal) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean forced = !environment.getOrDefault("CLICOLOR_FORCE", "").isEmpty();
    return new Style(
        forced || (terminal && !refused && !environment.getOrDefault("TERM", "").equals("dumb")));
  }

  private String with(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  String bold(String text) {
    return with("1", text);
  }

  String dim(String text) {
    return with("2", text);
  }

  String good(String text) {
    return with("32", text);
  }

  String bad(String text) {
    return with("31;1", text);
  }

  String warn(String text) {
    return with("33", text);
  }

  String accent(String text) {
    return with("36", text);
  }
}
