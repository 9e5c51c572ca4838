package tminus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Runs a few typical commands in one virtual machine and says nothing, so that the machine can
/// note what they load: the launcher turns the notes into the cache that makes `tminus` start
/// quickly.
///
/// Each command only reads. One that fails is no harm: it is then merely slower to start.
final class Training {

  private Training() {}

  public static void main(String[] arguments) {
    Path here = Path.of("").toAbsolutePath();
    PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Console console =
        new Console(nothing, nothing, false, System.getenv(), here, InstantSource.system());
    commands(Path.of(System.getProperty("tminus.home", "")))
        .forEach(command -> Main.execute(console, command.toArray(String[]::new)));
  }

  /// The commands, for the Tminus in folder `home`.
  private static List<List<String>> commands(Path home) {
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("--version"));
    commands.add(List.of("--help"));
    Path checklist = home.resolve("examples/shop/PRODUCTION_DEPLOYMENT.md");
    if (Files.exists(checklist)) {
      commands.add(List.of("plan", checklist.toString()));
      commands.add(List.of("lint", checklist.toString()));
    }
    return commands;
  }
}
