package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tminus.core.plan.ShellWords.Simple;

/// Tells by its words whether a shell command only looks. What it does not know for certain,
/// changes something.
final class ShellEffects {

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*\\+?=.*", Pattern.DOTALL);

  /// Awk writes and runs programs with `print … >`, `… | "command"`, `"command" | getline` and
  /// `system`.
  private static final Pattern AWK_CHANGES =
      Pattern.compile("\\bsystem\\b|\\bprintf?\\b[^;}\\n]*[>|]|\\|\\s*([\"&]|getline)");

  /// `s/a/b/g`, `5p`, `1,10p`, `$d`, `/from/,/to/p`, several of them.
  private static final Pattern SED_LOOKS =
      Pattern.compile(
          "(?:%1$s(?:,%1$s)?!?\\s*+(?:[dpq=]|%2$s)\\s*+;?+\\s*+)++"
              .formatted(
                  "(?:\\d+|\\$|/[^/\\n]*/)?+",
                  "s/[^/\\n]*/[^/\\n]*/[gpiI\\d]*+|s\\|[^|\\n]*\\|[^|\\n]*\\|[gpiI\\d]*+|s#[^#\\n]*#[^#\\n]*#[gpiI\\d]*+"));

  /// A command of more words is not read: each of them may be a program that runs the next.
  private static final int LONGEST = 500;

  /// Longer scripts are not read: matching one takes a stack frame for each of its commands.
  private static final int SED_LONGEST = 500;

  private static final Set<String> BUILD_LOOKS =
      Set.of("test", "verify", "check", "validate", "integrationTest", "dependencies");
  private static final Set<String> BUILD_PREPARES = Set.of("clean", "compile", "test-compile");
  private static final Set<String> BUILD_OPTIONS =
      Set.of(
          "-pl=",
          "-P=",
          "-f=",
          "-D=",
          "-T=",
          "-x=",
          "--tests=",
          "-p=",
          "-q",
          "-B",
          "-U",
          "-o",
          "-am",
          "-ntp",
          "--quiet",
          "--batch-mode",
          "--no-transfer-progress",
          "--no-daemon",
          "--stacktrace",
          "--info",
          "--continue");

  private static final Pattern SCRIPT_LOOKS =
      Pattern.compile("(test|lint|type-?check|check|health(-?check)?|monitor|audit)(:[\\w:-]+)?");
  private static final Pattern SCRIPT_CHANGES =
      Pattern.compile("fix|write|update|reset|seed|migrat|deploy|clean|create|delete");

  private static final Set<String> SSH_OPTIONS =
      Set.of("-i=", "-p=", "-l=", "-o=", "-J=", "-F=", "-q", "-T", "-t", "-n");

  private ShellEffects() {}

  /// Whether the command is known to change nothing.
  static boolean onlyLooks(String text) {
    Optional<List<Simple>> commands = ShellWords.commands(text);
    return commands.isPresent()
        && commands.get().stream().allMatch(command -> !command.writes() && looks(command.words()));
  }

  private static boolean looks(List<String> words) {
    if (words.size() > LONGEST) {
      return false;
    }
    int at = 0;
    while (at < words.size()
        && (ShellWords.RESERVED.contains(words.get(at))
            || ASSIGNMENT.matcher(words.get(at)).matches())) {
      at++;
    }
    if (at == words.size()) {
      return true;
    }
    List<String> arguments = words.subList(at + 1, words.size());
    String program = words.get(at);
    if (arguments.equals(List.of("--version"))) {
      return true;
    }
    return wrapped(program, arguments)
        .orElseGet(() ->
            special(program, arguments)
                .or(() -> LookingPrograms.looks(program, arguments))
                .orElse(false));
  }

  /// Programs that run another one.
  private static Optional<Boolean> wrapped(String program, List<String> arguments) {
    return switch (program) {
      case "for" -> Optional.of(true);
      case "time", "nohup", "builtin", "exec" -> Optional.of(after(arguments, Set.of("-p"), 0));
      case "command" -> {
        boolean asks = !arguments.isEmpty() && arguments.getFirst().matches("-[vV]");
        yield Optional.of(asks || after(arguments, Set.of(), 0));
      }
      case "sudo" -> Optional.of(after(arguments, Set.of("-u=", "-g=", "-n", "-E", "-H"), 0));
      case "nice" -> Optional.of(after(arguments, Set.of("-n="), 0));
      case "env" -> Optional.of(after(arguments, Set.of("-u=", "-i"), 0));
      case "watch" -> Optional.of(joined(arguments, Set.of("-n=", "-d", "-t", "-c"), 0));
      case "timeout" ->
          Optional.of(
              after(arguments, Set.of("-k=", "-s=", "--foreground", "--preserve-status"), 1));
      case "xargs" ->
          Optional.of(
              after(
                  arguments,
                  Set.of("-n=", "-P=", "-I=", "-L=", "-d=", "-s=", "-0", "-r", "-t"),
                  0));
      case "bash", "sh", "zsh", "dash" ->
          Optional.of(
              arguments.size() == 2
                  && arguments.getFirst().matches("-[elxu]*c")
                  && onlyLooks(arguments.get(1)));
      case "ssh" -> Optional.of(joined(arguments, SSH_OPTIONS, 1));
      case "kubectl", "docker", "docker-compose" -> inContainer(program, arguments);
      default -> Optional.empty();
    };
  }

  /// Whether what stands after the options, and after so many operands, only looks.
  private static boolean after(List<String> arguments, Set<String> options, int operands) {
    OptionalInt from = LookingPrograms.operand(arguments, 0, options);
    return from.isPresent()
        && looks(
            arguments.subList(
                Math.min(from.getAsInt() + operands, arguments.size()), arguments.size()));
  }

  /// The same for programs that give the words to a shell once more.
  private static boolean joined(List<String> arguments, Set<String> options, int operands) {
    OptionalInt from = LookingPrograms.operand(arguments, 0, options);
    return from.isPresent()
        && from.getAsInt() + operands < arguments.size()
        && onlyLooks(
            String.join(" ", arguments.subList(from.getAsInt() + operands, arguments.size())));
  }

  /// `kubectl exec POD -- command`, `docker exec CONTAINER command`; empty for their other words.
  private static Optional<Boolean> inContainer(String program, List<String> arguments) {
    if (program.equals("docker") && arguments.indexOf("compose") == 0) {
      List<String> rest = arguments.subList(1, arguments.size());
      return inContainer("docker-compose", rest)
          .or(() -> LookingPrograms.looks("docker-compose", rest));
    }
    OptionalInt verb = LookingPrograms.operand(program, arguments);
    if (verb.isEmpty() || verb.getAsInt() >= arguments.size()) {
      return Optional.empty();
    }
    List<String> rest = arguments.subList(verb.getAsInt() + 1, arguments.size());
    boolean exec = arguments.get(verb.getAsInt()).equals("exec");
    if (program.equals("kubectl")) {
      int command = rest.indexOf("--") + 1;
      boolean dry = rest.contains("--dry-run=client") || rest.contains("--dry-run=server");
      boolean manifest = arguments.get(verb.getAsInt()).matches("apply|create|delete");
      return exec
          ? Optional.of(command > 0 && looks(rest.subList(command, rest.size())))
          : Optional.of(true).filter(_ -> dry && manifest);
    }
    return exec
        ? Optional.of(
            after(
                rest,
                Set.of("-i", "-t", "-T", "-u=", "-e=", "-w=", "--user=", "--env=", "--workdir="),
                1))
        : Optional.empty();
  }

  /// Programs whose arguments need more than a table.
  private static Optional<Boolean> special(String program, List<String> arguments) {
    return switch (program) {
      case "curl" -> Optional.of(Downloads.curlLooks(arguments));
      case "wget" -> Optional.of(Downloads.wgetLooks(arguments));
      case "psql" -> Optional.of(Queries.psqlLooks(arguments));
      case "mysql" -> Optional.of(Queries.mysqlLooks(arguments));
      case "awk", "gawk", "mawk" -> Optional.of(awk(arguments));
      case "sed" -> Optional.of(sed(arguments));
      case "find" -> Optional.of(find(arguments));
      case "tee" ->
          Optional.of(
              arguments.stream()
                  .allMatch(word -> word.startsWith("-") || ShellWords.isNowhere(word)));
      case "date" ->
          Optional.of(
              operands(
                      arguments,
                      Set.of(
                          "-u",
                          "-R",
                          "-I",
                          "-d=",
                          "-r=",
                          "--utc",
                          "--date=",
                          "--iso-8601=",
                          "--rfc-3339="))
                  .filter(words -> words.stream().allMatch(word -> word.startsWith("+")))
                  .isPresent());
      case "hostname" ->
          Optional.of(arguments.stream().allMatch(word -> word.matches("-[fsdiIA]")));
      case "uniq" ->
          Optional.of(
              operands(arguments, Set.of("-c", "-d", "-u", "-i", "-f=", "-s=", "-w="))
                  .filter(files -> files.size() <= 1)
                  .isPresent());
      case "nc", "ncat" ->
          Optional.of(
              arguments.stream().anyMatch(word -> word.matches("-[vnuw46]*z[vnuw46]*"))
                  && arguments.stream()
                      .noneMatch(word -> LookingPrograms.isOneOf(word, Set.of("-e", "-c", "-l"))));
      case "pg_restore" ->
          Optional.of(
              arguments.stream().anyMatch(word -> word.equals("-l") || word.equals("--list"))
                  && arguments.stream()
                      .noneMatch(word ->
                          LookingPrograms.isOneOf(word, Set.of("-d", "-f", "--dbname", "--file"))));
      case "mvn", "./mvnw", "mvnd", "gradle", "./gradlew" -> Optional.of(build(arguments));
      case "npm", "yarn", "pnpm" -> script(arguments);
      case "redis-cli" ->
          LookingPrograms.looks(
              program,
              arguments.stream()
                  .map(word -> word.startsWith("-") ? word : word.toLowerCase(Locale.ROOT))
                  .toList());
      default -> Optional.empty();
    };
  }

  /// What is no option and no option's value, or empty when there is an option that is not known.
  private static Optional<List<String>> operands(List<String> arguments, Set<String> options) {
    List<String> operands = new ArrayList<>();
    int at = 0;
    while (true) {
      OptionalInt next = LookingPrograms.operand(arguments, at, options);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (next.getAsInt() >= arguments.size()) {
        return Optional.of(List.copyOf(operands));
      }
      operands.add(arguments.get(next.getAsInt()));
      at = next.getAsInt() + 1;
    }
  }

  private static boolean awk(List<String> arguments) {
    return operands(arguments, Set.of("-F=", "-v="))
        .filter(words -> !words.isEmpty() && !AWK_CHANGES.matcher(words.getFirst()).find())
        .isPresent();
  }

  private static boolean sed(List<String> arguments) {
    List<String> scripts = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("-e") && i + 1 < arguments.size()) {
        scripts.add(arguments.get(++i));
      } else if (!word.matches("-[nErsu]+")) {
        rest.add(word);
      }
    }
    if (scripts.isEmpty() && !rest.isEmpty()) {
      scripts.add(rest.removeFirst());
    }
    return !scripts.isEmpty()
        && scripts.stream()
            .allMatch(script ->
                script.length() < SED_LONGEST && SED_LOOKS.matcher(script.strip()).matches())
        && rest.stream().noneMatch(word -> word.startsWith("-"));
  }

  private static boolean find(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("-delete") || word.startsWith("-fprint") || word.equals("-fls")) {
        return false;
      }
      if (word.startsWith("-exec") || word.startsWith("-ok")) {
        int end = i + 1;
        while (end < arguments.size() && !arguments.get(end).matches("[;+]")) {
          end++;
        }
        if (!looks(arguments.subList(i + 1, end))) {
          return false;
        }
        i = end;
      }
    }
    return true;
  }

  /// Only goals that build and test, and at least one that tests. A plugin's own goal may be called
  /// anything, but for `check` and `validate`.
  private static boolean build(List<String> arguments) {
    Optional<List<String>> goals = operands(arguments, BUILD_OPTIONS);
    if (goals.isEmpty()) {
      return false;
    }
    List<String> tests =
        goals.get().stream()
            .filter(goal -> BUILD_LOOKS.contains(goal.substring(goal.lastIndexOf(':') + 1)))
            .toList();
    return !tests.isEmpty()
        && goals.get().stream()
            .allMatch(goal -> tests.contains(goal) || BUILD_PREPARES.contains(goal));
  }

  /// `npm run test:unit`; empty when it runs no script.
  private static Optional<Boolean> script(List<String> arguments) {
    int run = arguments.indexOf("run");
    if (run < 0) {
      return Optional.empty();
    }
    String name = run + 1 < arguments.size() ? arguments.get(run + 1) : "";
    boolean options = arguments.subList(0, run).stream().allMatch(word -> word.startsWith("-"));
    return Optional.of(
        options
            && SCRIPT_LOOKS.matcher(name).matches()
            && !SCRIPT_CHANGES.matcher(name).find()
            && arguments.stream().noneMatch(word -> word.startsWith("--fix")));
  }
}
