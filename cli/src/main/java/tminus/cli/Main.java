package tminus.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.UnmatchedArgumentException;
import tminus.engine.JournalException;
import tminus.engine.port.PortException;

/// The `tminus` command.
@Command(
    name = "tminus",
    mixinStandardHelpOptions = true,
    version = "tminus " + Main.VERSION,
    description = "Runs the production deployment checklist your team keeps in Markdown.",
    footer = {
      "",
      "Exit codes: 0 done; 1 checks failed; 2 usage; 3 rolled back; 4 no-go or aborted;",
      "5 waiting for a person; 70 our fault."
    })
public final class Main implements Callable<Integer> {

  static final String VERSION = "0.1.0";

  private final Console console;

  private Main(Console console) {
    this.console = console;
  }

  public static void main(String[] arguments) {
    System.exit(execute(Console.ofProcess(), arguments));
  }

  /// Runs one command line and returns its exit code.
  static int execute(Console console, String... arguments) {
    CommandLine line = new CommandLine(new Main(console));
    for (Object command : wanted(commands(console), arguments)) {
      line.addSubcommand(command);
    }
    line.getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(misused(console));
    line.setExecutionExceptionHandler(failed(console));
    int code = executed(line, console, arguments);
    console.out().flush();
    return code;
  }

  private static int executed(CommandLine line, Console console, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError _) {
      console
          .err()
          .println(
              "tminus: this needs more memory than the %d MB there are for it - give a smaller document, or more memory: JDK_JAVA_OPTIONS=-Xmx4g"
                  .formatted(Runtime.getRuntime().maxMemory() / 1_000_000));
      return ExitCode.USAGE.code();
    }
  }

  /// The one that is named, else all: to look at all their options takes longer than most commands.
  private static List<Object> wanted(List<Object> commands, String... arguments) {
    List<Object> named =
        commands.stream()
            .filter(command -> arguments.length > 0 && isNamed(command, arguments[0]))
            .toList();
    return named.isEmpty() ? commands : named;
  }

  private static boolean isNamed(Object command, String name) {
    Command annotation = command.getClass().getAnnotation(Command.class);
    return annotation != null
        && (annotation.name().equals(name) || List.of(annotation.aliases()).contains(name));
  }

  private static List<Object> commands(Console console) {
    return List.of(
        new DemoCommand(console),
        new ReadCommand(console),
        new LintCommand(console),
        new InitCommand(console),
        new SchemaCommand(console),
        new PlanCommand(console),
        new RehearseCommand(console),
        new StartCommand(console),
        new ResumeCommand(console),
        new StatusCommand(console),
        new ServeCommand(console),
        new PersonCommands.SignCommand(console),
        new PersonCommands.GoCommand(console),
        new PersonCommands.NoGoCommand(console),
        new SpecialCommands.ConfirmCommand(console),
        new SpecialCommands.AttachCommand(console),
        new PersonCommands.SkipCommand(console),
        new PersonCommands.WaiveCommand(console),
        new PersonCommands.RetryCommand(console),
        new SpecialCommands.BreakGlassCommand(console),
        new PersonCommands.HoldCommand(console),
        new PersonCommands.NoteCommand(console),
        new PersonCommands.RollbackCommand(console),
        new PersonCommands.AbortCommand(console),
        new ReportCommand(console),
        new VerifyCommand(console),
        new ProxyCommand(console));
  }

  private static IParameterExceptionHandler misused(Console console) {
    return (e, _) -> {
      console.err().println("tminus: " + e.getMessage());
      UnmatchedArgumentException.printSuggestions(
          e, new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
      console
          .err()
          .println(
              "tminus: %s --help shows how"
                  .formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
      return ExitCode.USAGE.code();
    };
  }

  private static IExecutionExceptionHandler failed(Console console) {
    return (e, _, _) -> {
      if (e instanceof UsageException
          || e instanceof PortException
          || e instanceof JournalException) {
        String.valueOf(e.getMessage())
            .lines()
            .forEach(problem -> console.err().println("tminus: " + problem));
        return ExitCode.USAGE.code();
      }
      if (e instanceof InterruptedException) {
        return ExitCode.WAITING.code();
      }
      console
          .err()
          .println(
              "tminus: this is a fault of Tminus, not yours; please report it with what follows");
      e.printStackTrace(console.err());
      return ExitCode.FAULT.code();
    };
  }

  @Override
  public Integer call() {
    CommandLine.usage(this, console.out());
    return ExitCode.DONE.code();
  }
}
