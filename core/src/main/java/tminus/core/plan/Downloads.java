package tminus.core.plan;

import java.util.List;
import java.util.Set;

/// Tells whether a request over HTTP only looks: a GET, HEAD or OPTIONS (RFC 9110, 9.2.1: safe
/// methods) whose answer goes into no file.
final class Downloads {

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  /// Flags of curl that neither send nor write anything.
  private static final String FLAGS = "sSfkLivIgN46n0#aq";

  /// Its flags that take a value, and do neither with it.
  private static final String VALUED = "HAbeumwxrEyYzU";

  private static final Set<String> LONG_FLAGS =
      Set.of(
          "--silent",
          "--show-error",
          "--fail",
          "--fail-with-body",
          "--insecure",
          "--location",
          "--include",
          "--verbose",
          "--head",
          "--globoff",
          "--no-buffer",
          "--compressed",
          "--http1.1",
          "--http2",
          "--ipv4",
          "--ipv6",
          "--retry-connrefused",
          "--retry-all-errors",
          "--get",
          "--no-progress-meter",
          "--tlsv1.2",
          "--tlsv1.3",
          "--path-as-is",
          "--netrc",
          "--no-keepalive");

  private static final Set<String> LONG_VALUED =
      Set.of(
          "--header",
          "--user-agent",
          "--cookie",
          "--referer",
          "--user",
          "--max-time",
          "--connect-timeout",
          "--proxy",
          "--range",
          "--cert",
          "--key",
          "--cacert",
          "--retry",
          "--retry-delay",
          "--retry-max-time",
          "--resolve",
          "--connect-to",
          "--url",
          "--unix-socket",
          "--oauth2-bearer",
          "--interface",
          "--limit-rate",
          "--max-redirs",
          "--tls-max",
          "--ciphers",
          "--url-query");

  private String method = "GET";
  private boolean sends;
  private boolean asksWithData;
  private boolean known = true;

  private Downloads() {}

  /// Whether `curl` with these arguments only looks.
  static boolean curlLooks(List<String> arguments) {
    Downloads request = new Downloads();
    int at = 0;
    while (at < arguments.size()) {
      String word = arguments.get(at);
      String value = at + 1 < arguments.size() ? arguments.get(at + 1) : "";
      at += 1;
      if (word.startsWith("--") && word.length() > 2) {
        at += request.longOption(word, value);
      } else if (word.startsWith("-") && word.length() > 1) {
        at += request.shortOptions(word.substring(1), value);
      }
    }
    return request.known
        && SAFE_METHODS.contains(request.method)
        && (!request.sends || request.asksWithData);
  }

  /// Returns how many words its value takes: 0 or 1.
  private int longOption(String word, String next) {
    int assigned = word.indexOf('=');
    String name = assigned > 0 ? word.substring(0, assigned) : word;
    String value = assigned > 0 ? word.substring(assigned + 1) : next;
    int taken = assigned > 0 ? 0 : 1;
    if (LONG_FLAGS.contains(name)) {
      asksWithData |= name.equals("--get") || name.equals("--head");
      return 0;
    }
    if (name.equals("--request")) {
      request(value);
    } else if (name.equals("--output") || name.equals("--dump-header")) {
      known &= writesNowhere(value);
    } else if (name.startsWith("--data") || name.equals("--json")) {
      sends = true;
    } else if (name.equals("--write-out")) {
      known &= !value.contains("%output{");
    } else {
      known &= LONG_VALUED.contains(name);
    }
    return taken;
  }

  private int shortOptions(String letters, String next) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      String attached = letters.substring(i + 1);
      String value = attached.isEmpty() ? next : attached;
      int taken = attached.isEmpty() ? 1 : 0;
      if (letter == 'X') {
        request(value);
        return taken;
      }
      if (letter == 'o' || letter == 'D') {
        known &= writesNowhere(value);
        return taken;
      }
      if (letter == 'd') {
        sends = true;
        return taken;
      }
      if (VALUED.indexOf(letter) >= 0) {
        known &= !value.contains("%output{");
        return taken;
      }
      asksWithData |= letter == 'G' || letter == 'I';
      known &= letter == 'G' || FLAGS.indexOf(letter) >= 0;
    }
    return 0;
  }

  private void request(String name) {
    method = name;
    asksWithData |= SAFE_METHODS.contains(name);
  }

  private static boolean writesNowhere(String file) {
    return file.equals("-") || ShellWords.isNowhere(file);
  }

  /// Whether `wget` with these arguments only looks: it writes a file unless told otherwise.
  static boolean wgetLooks(List<String> arguments) {
    boolean nowhere = false;
    boolean known = true;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean toFile = word.matches("-[qnv]*O");
      if (toFile || word.matches("-[qnv]*O-|--spider|--output-document=(-|/dev/null)")) {
        String file = toFile && i + 1 < arguments.size() ? arguments.get(++i) : "-";
        nowhere |= writesNowhere(file);
        known &= writesNowhere(file);
      } else if (word.startsWith("-")) {
        known &=
            word.matches(
                "-[qnvS]+|--(quiet|server-response|no-check-certificate|no-verbose|timeout=\\d+|tries=\\d+|header=.*)");
      }
    }
    return nowhere && known;
  }
}
