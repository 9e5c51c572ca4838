package tminus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tminus.core.checklist.Expectation;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.CommandJudge;
import tminus.core.run.CommandResult.Judgement;

/// Whether a plan's checks would notice a broken service: each command is judged, by the judge of
/// real runs, on what it would print and return in one broken world after the other. One that is
/// content with any of them proves nothing there.
public final class CheckProof {

  /// A check that is content with a broken world.
  ///
  /// @param step the step it belongs to
  /// @param line where the command stands, from 1
  /// @param command its text
  /// @param worlds the broken worlds it accepts, in words
  public record Accepted(StepId step, int line, String command, List<String> worlds) {

    public Accepted {
      worlds = List.copyOf(worlds);
    }
  }

  /// What came of it.
  ///
  /// @param checks how many commands were tried
  /// @param worlds how many broken worlds all of them together
  /// @param byPeople commands of which a person judges the output
  /// @param accepted those that accept a broken world
  public record Result(int checks, int worlds, int byPeople, List<Accepted> accepted) {

    public Result {
      accepted = List.copyOf(accepted);
    }
  }

  /// What a command comes to in a world.
  private record Answer(int exit, String output) {}

  private static final Pattern HTTP = Pattern.compile("\\b(curl|wget|http)\\b");
  private static final Pattern FAILS_ON_ERROR =
      Pattern.compile("\\bcurl\\b[^|\\n]*(\\s-[a-zA-Z]*f|\\s--fail)|\\bwget\\b");
  private static final Pattern STATUS_PRINTED = Pattern.compile("%\\{(http_code|response_code)\\}");
  private static final Pattern MASKED =
      Pattern.compile("\\|\\|\\s*(true|:|echo|exit 0)\\b|;\\s*(true|:)\\s*$|;\\s*echo\\b[^\\n]*$");
  private static final Pattern PIPE = Pattern.compile("(?<!\\|)\\|(?!\\|)");
  private static final Pattern GREP_WITHOUT =
      Pattern.compile("\\|\\s*grep\\s+(?:-[a-uw-zA-Z]+\\s+)*-[a-zA-Z]*v[a-zA-Z]*\\b");
  private static final Pattern HISTORY = Pattern.compile("\\bgit\\s+log\\b[^|\\n]*\\s-S");
  private static final Pattern SQL_FILE = Pattern.compile("\\bpsql\\b[^|\\n]*\\s-f\\b");
  private static final Pattern VERSION = Pattern.compile("v?\\d+\\.\\d+(\\.\\d+)?|\\bv\\d+\\b");

  private CheckProof() {}

  /// Tries every check of the plan and of its rollback.
  public static Result of(Plan plan) {
    int checks = 0;
    int worlds = 0;
    int byPeople = 0;
    List<Accepted> accepted = new ArrayList<>();
    for (Step step : Stream.concat(plan.steps().stream(), plan.rollback().stream()).toList()) {
      if (!(step.action() instanceof Action.Check(List<ShellCommand> commands))) {
        continue;
      }
      for (ShellCommand command : commands) {
        checks++;
        if (command.expectation().filter(Expectation.Prose.class::isInstance).isPresent()) {
          byPeople++;
        }
        Map<String, Answer> broken = worlds(command);
        worlds += broken.size();
        List<String> taken =
            broken.entrySet().stream()
                .filter(entry ->
                    CommandJudge.judge(command, entry.getValue().exit(), entry.getValue().output())
                        instanceof Judgement.Met)
                .map(Map.Entry::getKey)
                .toList();
        if (!taken.isEmpty()) {
          accepted.add(new Accepted(step.id(), command.line(), command.text(), taken));
        }
      }
    }
    return new Result(checks, worlds, byPeople, accepted);
  }

  // ---- Broken worlds

  private static Map<String, Answer> worlds(ShellCommand command) {
    String text = command.text();
    Optional<Expectation> expectation = command.expectation();
    Map<String, Answer> worlds = new LinkedHashMap<>();
    if (HTTP.matcher(text).find()) {
      worlds.put("the service answers HTTP 500", serverError(text));
    }
    worlds.put("nothing answers", unreachable(text));
    worlds.put("an error on its output", error(text));
    if (expectation.filter(expected -> !(expected instanceof Expectation.Empty)).isPresent()) {
      worlds.put("no output at all", new Answer(0, ""));
    }
    if (GREP_WITHOUT.matcher(text).find()) {
      worlds.put(
          "a line that says it does not run",
          new Answer(0, "NAME STATUS\napi-1 CrashLoopBackOff\n"));
    }
    if (HISTORY.matcher(text).find()) {
      // -S looks for the very characters, `\|` and all.
      worlds.put("what it looks for is there", new Answer(0, ""));
    }
    expectation
        .flatMap(Outputs::beyond)
        .ifPresent(output -> worlds.put("a value beyond the limit", new Answer(0, output)));
    expectation.ifPresent(expected ->
        otherVersion(expected)
            .ifPresent(output -> worlds.put("another version", new Answer(0, output))));
    return worlds;
  }

  private static int exit(String text, int code) {
    // Commands run with pipefail, so only what is written behind the command hides its exit code.
    return MASKED.matcher(text).find() ? 0 : code;
  }

  private static Answer serverError(String text) {
    boolean fails = FAILS_ON_ERROR.matcher(text).find();
    if (STATUS_PRINTED.matcher(text).find()) {
      return new Answer(exit(text, fails ? 22 : 0), "500\n");
    }
    if (fails) {
      return new Answer(exit(text, 22), "curl: (22) The requested URL returned error: 500\n");
    }
    boolean hidden = text.matches("(?s).*\\s(-o\\s*/dev/null|>\\s*/dev/null).*");
    boolean piped = PIPE.matcher(text).find();
    // A filter behind the request finds nothing in an error page.
    return piped
        ? new Answer(exit(text, 1), "")
        : new Answer(0, hidden ? "" : "{\"error\":\"internal server error\"}\n");
  }

  private static Answer unreachable(String text) {
    String output =
        HTTP.matcher(text).find()
            ? "curl: (7) Failed to connect to the server\n"
            : "error: connection refused\n";
    boolean quiet = text.matches("(?s).*2>\\s*/dev/null.*") && !text.contains("2>&1");
    int code = HTTP.matcher(text).find() ? 7 : HISTORY.matcher(text).find() ? 128 : 1;
    return new Answer(exit(text, code), quiet ? "" : output);
  }

  private static Answer error(String text) {
    // psql goes on after an error in a file, unless told otherwise, and exits with 0.
    boolean ignored = SQL_FILE.matcher(text).find() && !text.contains("ON_ERROR_STOP");
    return new Answer(ignored ? 0 : exit(text, 1), "ERROR: something is wrong\n");
  }

  /// The healthy output with another version in it.
  private static Optional<String> otherVersion(Expectation expectation) {
    boolean exact =
        switch (expectation) {
          case Expectation.Json _, Expectation.Literal _, Expectation.Lines _ -> true;
          case Expectation.All _,
              Expectation.Amount _,
              Expectation.Count _,
              Expectation.Empty _,
              Expectation.HttpStatus _,
              Expectation.Prose _ ->
              false;
        };
    String healthy = exact ? Outputs.healthy(Optional.of(expectation)) : "";
    Matcher version = VERSION.matcher(healthy);
    return version.find()
        ? Optional.of(
            healthy.substring(0, version.start()) + "v0.0.9" + healthy.substring(version.end()))
        : Optional.empty();
  }
}
