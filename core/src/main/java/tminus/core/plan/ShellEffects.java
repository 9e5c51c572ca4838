package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells by its words whether a shell command only looks. What it does not know for certain,
/// changes something.
final class ShellEffects {

  /// Programs that only look, whatever their arguments are.
  private static final Set<String> LOOKING =
      Set.of(
          "[",
          "[[",
          "awk",
          "basename",
          "cd",
          "export",
          "set",
          ":",
          "cat",
          "cmp",
          "column",
          "cut",
          "date",
          "df",
          "diff",
          "dig",
          "dirname",
          "du",
          "echo",
          "egrep",
          "env",
          "false",
          "fgrep",
          "file",
          "free",
          "getent",
          "grep",
          "head",
          "hostname",
          "host",
          "id",
          "jq",
          "ls",
          "nc",
          "nslookup",
          "pg_isready",
          "ping",
          "printf",
          "promtool",
          "ps",
          "pwd",
          "readlink",
          "realpath",
          "rev",
          "seq",
          "sha256sum",
          "shasum",
          "sleep",
          "sort",
          "ss",
          "stat",
          "tail",
          "test",
          "tr",
          "trivy",
          "true",
          "uname",
          "uniq",
          "uptime",
          "wc",
          "which",
          "whoami",
          "yq",
          "for",
          "do",
          "done",
          "if",
          "then",
          "else",
          "fi",
          "while",
          "exit",
          "ab",
          "wrk",
          "hey",
          "pytest",
          "locust",
          "bandit",
          "safety",
          "eslint",
          "shellcheck",
          "hadolint");

  /// Programs that only look with these words as first argument.
  private static final List<Pattern> LOOKING_WITH =
      patterns(
          "git (log|status|diff|show|tag -l|tag --list|describe|rev-parse|ls-remote|ls-files|branch --show-current|secrets --scan)",
          "docker (ps|images|inspect|logs|version|info|stats|history)",
          "(docker-compose|docker compose) (ps|logs|config|images)",
          "kubectl (.*)?(get|describe|logs|top|version|cluster-info|explain|wait|rollout status|rollout history|auth can-i)\\b",
          "helm (lint|list|ls|status|history|get|template|diff)",
          "npm (test|audit|ls|outdated|view|run (test|lint|type-check|health|monitor|check)[\\w:-]*)",
          "(mvn|\\./mvnw|gradle|\\./gradlew|go|cargo) .*\\b(test|verify|check)\\b",
          "coverage report",
          "openssl (s_client|x509|verify|version)",
          "pg_restore (.*)?--list",
          "psql .*(-c|--command)[ =]?[\"']\\s*(SELECT|EXPLAIN|SHOW)\\b",
          "redis-cli (.*)?\\b(ping|info|dbsize|llen|get|ttl)\\b",
          "rabbitmqctl (status|list_\\w+|cluster_status|ping|node_health_check)",
          "aws [\\w-]+ (describe|list|get)-?[\\w-]*",
          "vault kv list",
          "systemctl (status|is-active|is-enabled|show|list-units)");

  private static final Pattern CURL_CHANGES =
      Pattern.compile(
          "(^|\\s)(-X\\s*|--request[ =])(?!GET|HEAD)|(^|\\s)(-d|--data\\S*|-F|--form|-T|--upload-file|--json)\\b");
  private static final Pattern WRITES_FILE =
      Pattern.compile("(?<![0-9&<=-])>{1,2}\\s*(?!&|/dev/null|\\s*\\()");
  private static final Pattern SEPARATORS = Pattern.compile("\\|\\||&&|[|;\\n]");
  private static final Pattern LEADING_ASSIGNMENTS =
      Pattern.compile("^(\\s*(\\w+=\\S*|sudo|time|!|do|then)\\s+)+");

  private ShellEffects() {}

  private static List<Pattern> patterns(String... expressions) {
    List<Pattern> patterns = new ArrayList<>();
    for (String expression : expressions) {
      patterns.add(Pattern.compile("^" + expression));
    }
    return List.copyOf(patterns);
  }

  /// Whether the command is known to change nothing.
  static boolean onlyLooks(String text) {
    String joined = text.replaceAll("\\\\\\n\\s*", " ");
    String unquoted = withoutQuoted(joined);
    if (WRITES_FILE.matcher(unquoted).find() || !substitutionsLook(joined)) {
      return false;
    }
    for (String part : split(joined, unquoted)) {
      if (!partLooks(part.strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean partLooks(String part) {
    String bare = LEADING_ASSIGNMENTS.matcher(part).replaceFirst("").strip();
    if (bare.isEmpty() || bare.matches("(?s)\\w+=(\\S*|\"?\\$\\(.*\\)\"?)")) {
      return true;
    }
    String program = bare.split("\\s+", 2)[0];
    if (program.equals("curl")) {
      return !CURL_CHANGES.matcher(withoutQuoted(bare)).find()
          || bare.matches(".*(\\s-G\\b|--get\\b).*");
    }
    return LOOKING.contains(program)
        || LOOKING_WITH.stream().anyMatch(pattern -> pattern.matcher(bare).find());
  }

  /// Command substitutions are commands too: each must only look.
  private static boolean substitutionsLook(String text) {
    var inside = Pattern.compile("\\$\\(([^()]*)\\)").matcher(text);
    while (inside.find()) {
      if (!onlyLooks(inside.group(1))) {
        return false;
      }
    }
    return true;
  }

  /// Splits at separators that do not stand in quotes.
  private static List<String> split(String text, String unquoted) {
    List<String> parts = new ArrayList<>();
    var separator = SEPARATORS.matcher(unquoted);
    int from = 0;
    while (separator.find()) {
      parts.add(text.substring(from, separator.start()));
      from = separator.end();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /// The text with every quoted character but the quotes themselves replaced by an underscore, so
  /// that places stay the same.
  private static String withoutQuoted(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        boolean closes = c == quote;
        bare.append(closes ? c : '_');
        quote = closes ? 0 : quote;
      } else {
        quote = c == '\'' || c == '"' ? c : 0;
        bare.append(c);
      }
    }
    return bare.toString();
  }
}
