package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InitCommandTest {

  @TempDir private Path folder;

  private JsonNode steps(String file) {
    Cli.Result plan = new Cli(folder).run("plan", file, "--json");
    assertThat(plan.err()).isEmpty();
    JsonNode all = new JsonMapper().readTree(plan.out());
    return new JsonMapper().createArrayNode().add(all.path("steps")).add(all.path("rollback"));
  }

  private void initChangesNothing(Path original) throws IOException {
    String file = String.valueOf(original.getFileName());
    Files.copy(original, folder.resolve(file));
    JsonNode before = steps(file);
    assertThat(new Cli(folder).run("init", file).code()).isZero();
    assertThat(steps(file)).isEqualTo(before);
    Files.delete(folder.resolve("tminus.yaml"));
  }

  @Test
  void whatItWritesIsAcceptedAndChangesNoStepOfTheRealChecklists() throws IOException {
    for (Path seed : Cli.seeds()) {
      initChangesNothing(seed);
    }
  }

  @Test
  void whatItWritesIsAcceptedAndChangesNoStepOfTheShops() throws IOException {
    initChangesNothing(Cli.home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md"));
  }

  @Test
  void everyProposalIsAcceptedWhenUncommented() throws IOException {
    Files.copy(
        Cli.home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md"), folder.resolve("a.md"));
    Cli cli = new Cli(folder);
    String proposed = cli.run("init", "--print", "a.md").out();
    assertThat(proposed)
        .contains("deploy: $VERSION", "retire: stable", "restore: stable", "notify: ");
    List<String> used =
        proposed
            .lines()
            .map(line -> line.matches("# (steps:| +'.*[}] # .*)") ? line.substring(2) : line)
            .toList();
    cli.write("tminus.yaml", String.join("\n", used));
    Cli.Result plan = cli.run("plan", "a.md");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).contains("retire the stable slot");
  }

  @Test
  void anExistingFileIsLeftAsItIs() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] One\n");
    cli.write("tminus.yaml", "pace: 2\n");
    Cli.Result result = cli.run("init", "a.md");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "tminus: tminus.yaml: is there already, and is yours - see a new one with tminus init --print a.md\n");
    assertThat(Files.readString(folder.resolve("tminus.yaml"))).isEqualTo("pace: 2\n");
  }
}
