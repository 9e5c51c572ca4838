package tminus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tminus.core.plan.Step;
import tminus.core.run.Evidence;
import tminus.core.run.RunCommand;
import tminus.engine.Json;
import tminus.engine.Runs;

/// What a person tells a run from another shell on less common days, one class each.
final class SpecialCommands {

  private SpecialCommands() {}

  /// Lets something begin that waits for a yes.
  @Command(
      name = "confirm",
      description = {
        "Let a step's commands run, or one begin that is not due yet.",
        "On the way back: let something be taken back that may lose data."
      })
  static final class ConfirmCommand extends PersonCommands.StepCommand {

    ConfirmCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return new RunCommand.Confirm(step(view).id());
    }
  }

  /// Goes on against the rules.
  @Command(
      name = "break-glass",
      description = {
        "Go on past a gate, a window or a freeze, against the rules.",
        "It takes two people, and both are in the record."
      })
  static final class BreakGlassCommand extends PersonCommands.StepCommand {

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WORDS",
        description = "Why; it goes into the record.")
    private String reason = "";

    BreakGlassCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      return new RunCommand.BreakGlass(step(view).id(), reason);
    }
  }

  /// Attaches evidence.
  @Command(
      name = "attach",
      description = {
        "Attach evidence to a step: the digest of a file, an address, or words.",
        "A sign-off given before it no longer counts at a gate."
      })
  static final class AttachCommand extends PersonCommands.StepCommand {

    /// What is longer does not belong into a journal; its digest does.
    private static final int TEXT_MAX = 4_000;

    @Option(names = "--file", paramLabel = "FILE", description = "A file; its SHA-256 is kept.")
    private @Nullable Path file;

    @Option(
        names = "--text",
        paramLabel = "WORDS",
        description = "Words, or the address of a ticket or a dashboard.")
    private @Nullable String text;

    AttachCommand(Console console) {
      super(console);
    }

    @Override
    RunCommand command(Runs.View view) {
      Step step = step(view);
      if ((file == null) == (text == null)) {
        throw new UsageException(
            "step %s: nothing to attach, or two things - give one of --file and --text"
                .formatted(step.id()));
      }
      return new RunCommand.Attach(
          step.id(), file == null ? words(String.valueOf(text)) : of(file));
    }

    private static Evidence words(String words) {
      if (words.isBlank() || words.length() > TEXT_MAX) {
        throw new UsageException(
            "--text: %d characters - use 1 to %d, or attach a file"
                .formatted(words.length(), TEXT_MAX));
      }
      return new Evidence(
          "note", Json.sha256(words), words.getBytes(StandardCharsets.UTF_8).length, words);
    }

    private Evidence of(Path given) {
      Path path = console.folder().resolve(given);
      try {
        return new Evidence(
            String.valueOf(path.getFileName()),
            Json.sha256(Files.readAllBytes(path)),
            Files.size(path),
            "");
      } catch (IOException e) {
        throw new UsageException(
            "%s: cannot be read (%s) - check the path".formatted(given, e.getMessage()));
      }
    }
  }
}
