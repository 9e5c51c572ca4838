package tminus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Prints the schema of the binding.
@Command(
    name = "schema",
    description = {
      "Print the JSON Schema of tminus.yaml, for editors to complete and check it.",
      "A first line `# yaml-language-server: $$schema=FILE` in tminus.yaml names it."
    })
final class SchemaCommand implements Callable<Integer> {

  private final Console console;

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(schema());
    return ExitCode.DONE.code();
  }

  static String schema() {
    try (InputStream schema =
        Objects.requireNonNull(SchemaCommand.class.getResourceAsStream("binding.schema.json"))) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
