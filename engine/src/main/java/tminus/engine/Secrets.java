package tminus.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes secrets out of text, by value. Immutable.
public final class Secrets {

  private static final Pattern NAMES =
      Pattern.compile(
          "(?i).*(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|WEBHOOK).*");

  /// A shorter value would take ordinary words out too.
  private static final int SHORTEST = 6;

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  /// The values of those variables whose names say that they are secret. Output comes line by line,
  /// so each line of a long value, a key's for example, is a secret too.
  public static Secrets of(Map<String, String> environment) {
    return new Secrets(
        environment.entrySet().stream()
            .filter(variable -> isSecret(variable.getKey()))
            .map(Map.Entry::getValue)
            .flatMap(value -> Stream.concat(Stream.of(value), value.lines().map(String::strip)))
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /// Whether a variable or parameter of this name holds a secret.
  public static boolean isSecret(String name) {
    return NAMES.matcher(name).matches();
  }

  /// How many characters the longest of them has.
  int longest() {
    return values.isEmpty() ? 0 : values.getFirst().length();
  }

  /// The text without them.
  public String redact(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, "[REDACTED]");
    }
    return clean;
  }
}
