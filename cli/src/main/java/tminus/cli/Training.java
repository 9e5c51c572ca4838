package tminus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Runs a few typical commands in one virtual machine and says nothing, so that the machine can
/// note what they load: the launcher turns the notes into the cache that makes `tminus` start
/// quickly.
///
/// Each command only reads. One that fails is no harm: it is then merely slower to start.
final class Training {

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("tminus-training");
    try {
      Path checklist = folder.resolve("training.md");
      try (InputStream training = Training.class.getResourceAsStream("training.md")) {
        Files.write(checklist, Objects.requireNonNull(training).readAllBytes());
      }
      PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      Console console =
          new Console(nothing, nothing, false, System.getenv(), folder, InstantSource.system());
      commands(Path.of(System.getProperty("tminus.home", "")), checklist)
          .forEach(command -> Main.execute(console, command.toArray(String[]::new)));
      Files.delete(checklist);
    } finally {
      Files.deleteIfExists(folder);
    }
    // A process that ends itself asks whether to log so, which loads a logger.
    System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
  }

  /// The commands, for the Tminus in folder `home` and a checklist that has a little of everything.
  private static List<List<String>> commands(Path home, Path training) {
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("--version"));
    commands.add(List.of("--help"));
    for (Path checklist :
        List.of(training, home.resolve("examples/shop/PRODUCTION_DEPLOYMENT.md"))) {
      if (Files.exists(checklist)) {
        commands.add(List.of("plan", checklist.toString()));
        commands.add(List.of("plan", "--json", checklist.toString()));
        commands.add(List.of("lint", checklist.toString()));
        commands.add(List.of("read", checklist.toString()));
        commands.add(List.of("rehearse", checklist.toString(), "--fault", "errors 8% at 25%"));
      }
    }
    return commands;
  }
}
