package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {

  @TempDir private Path folder;

  private static final String SHOP = "examples/shop/PRODUCTION_DEPLOYMENT.md";

  private static JsonNode json(Cli.Result result) {
    assertThat(result.err()).isEmpty();
    return new JsonMapper().readTree(result.out());
  }

  @Test
  void showsTheShopsChecklistAsItsAuthorsMeantIt() {
    JsonNode plan =
        json(new Cli(folder).run("plan", Cli.home().resolve(SHOP).toString(), "--json"));
    assertThat(plan.path("summary").path("items").asInt()).isEqualTo(42);
    JsonNode kinds = plan.path("summary").path("kinds");
    assertThat(kinds.path("gate").asInt()).isEqualTo(2);
    assertThat(kinds.path("shift").asInt()).isEqualTo(4);
    assertThat(kinds.path("bake").asInt()).isEqualTo(4);
    assertThat(plan.path("triggers").size()).isEqualTo(3);
    assertThat(plan.path("hash").asString()).hasSize(64);
    assertThat(plan.path("missing").toString()).contains("VERSION", "SHOP", "CANDIDATE");
  }

  @Test
  void countsEveryBoxOfTheRealChecklists() throws IOException {
    List<Integer> items = new ArrayList<>();
    for (Path seed : Cli.seeds()) {
      items.add(
          json(new Cli(folder).run("plan", seed.toString(), "--json"))
              .path("summary")
              .path("items")
              .asInt());
    }
    assertThat(items).containsExactly(291, 124, 374, 63, 281);
  }

  @Test
  void everyBoxOfTheRealChecklistsIsAStepOrATrigger() throws IOException {
    for (Path seed : Cli.seeds()) {
      JsonNode plan = json(new Cli(folder).run("plan", seed.toString(), "--json"));
      List<Integer> lines = new ArrayList<>();
      plan.path("steps").forEach(step -> lines.add(step.path("line").asInt()));
      plan.path("rollback").forEach(step -> lines.add(step.path("line").asInt()));
      plan.path("triggers").forEach(trigger -> lines.add(trigger.path("line").asInt()));
      List<String> text = Files.readAllLines(seed);
      boolean fenced = false;
      for (int i = 0; i < text.size(); i++) {
        fenced ^= text.get(i).strip().startsWith("```");
        boolean secondOfAGate = text.get(i).contains("**NO-GO**");
        if (!fenced && text.get(i).matches("\\s*- \\[ \\].*") && !secondOfAGate) {
          assertThat(lines).as("%s:%d", seed.getFileName(), i + 1).contains(i + 1);
        }
      }
    }
  }

  @Test
  void theSamePlanHasTheSameHashAndAnotherValueAnotherOne() throws IOException {
    Cli cli = new Cli(folder);
    String file = cli.write("a.md", "# A\n\n- [ ] Deploy [VERSION]\n");
    String hash =
        json(cli.run("plan", file, "--json", "--param", "VERSION=v1")).path("hash").asString();
    assertThat(
            json(cli.run("plan", file, "--json", "--param", "VERSION=v1")).path("hash").asString())
        .isEqualTo(hash);
    assertThat(
            json(cli.run("plan", file, "--json", "--param", "VERSION=v2")).path("hash").asString())
        .isNotEqualTo(hash);
  }

  @Test
  void onlyAPartIsPlannedWhenOnlyAPartIsAskedFor() throws IOException {
    Cli cli = new Cli(folder);
    String file =
        cli.write(
            "a.md", "# A\n\n## Phase 1\n\n- [ ] One\n\n## Phase 2\n\n- [ ] Two\n- [ ] Three\n");
    JsonNode plan = json(cli.run("plan", file, "--json", "--only", "phase 2"));
    assertThat(plan.path("steps").size()).isEqualTo(2);
    assertThat(plan.path("steps").get(0).path("title").asString()).isEqualTo("Two");
  }

  @Test
  void writesNothing() throws IOException {
    Cli cli = new Cli(folder);
    cli.run("plan", cli.write("a.md", "- [ ] One\n"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a.md");
    }
  }

  @Test
  void isWrittenForPaperWhereItIsToldTo() throws IOException {
    Cli cli = new Cli(folder);
    String file =
        cli.write("shop.deploy.md", "# Shop\n\n**Responsible:** Lead\n\n- [ ] Bake [VERSION]\n");
    cli.write("tminus.yaml", "people:\n  lead: [ada@example.com]\n");
    Cli.Result result =
        cli.run("plan", file, "--out", "war-room", "--param", "VERSION=v1", "--only", "shop");
    assertThat(result.err()).isEmpty();
    Path page = folder.resolve("war-room").resolve("shop.deploy.plan.html");
    Path paper = folder.resolve("war-room").resolve("shop.deploy.plan.pdf");
    assertThat(result.out().lines()).containsExactly(page.toString(), paper.toString());
    String hash =
        json(cli.run("plan", file, "--json", "--param", "VERSION=v1")).path("hash").asString();
    assertThat(Files.readString(page)).contains("Bake v1", "Lead", "ada@example.com", hash);
    assertThat(Files.readAllBytes(paper)).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    try (var files = Files.list(folder.resolve("war-room"))) {
      assertThat(files).as("nothing half-written stays").hasSize(2);
    }
  }

  @Test
  void isJsonAndOnPaperWhenBothAreAskedFor() throws IOException {
    Cli cli = new Cli(folder);
    String file = cli.write("a.md", "- [ ] One\n");
    assertThat(json(cli.run("plan", file, "--json", "--out", "o")).path("steps").size())
        .isEqualTo(1);
    assertThat(folder.resolve("o").resolve("a.plan.pdf")).exists();
  }

  @Test
  void saysSoWhenTheFolderCannotBeWritten() throws IOException {
    Cli cli = new Cli(folder);
    String file = cli.write("a.md", "- [ ] One\n");
    Cli.Result result = cli.run("plan", file, "--out", file);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("cannot be written").contains("--out");
  }
}
