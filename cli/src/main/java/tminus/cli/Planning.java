package tminus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;
import tminus.core.plan.Placeholders;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Step;
import tminus.engine.Secrets;
import tminus.markdown.MarkdownReader;

/// What `plan` and `run` have in common: a document, its binding, and the plan they give.
final class Planning {

  @Parameters(paramLabel = "FILE", description = "The checklist: any Markdown file.")
  private String file = "";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "The value of a placeholder such as [VERSION]. Can be given several times.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--binding",
      paramLabel = "FILE",
      description = "The binding (default: tminus.yaml beside FILE).")
  private @Nullable Path binding;

  @Option(
      names = "--only",
      paramLabel = "HEADING",
      description = "Only the sections whose heading has these words.")
  private @Nullable String only;

  @Option(
      names = "--pace",
      paramLabel = "N",
      description =
          "Waits N times shorter than written, for trying things out (default: 1, or as bound).")
  private @Nullable Double pace;

  Planning() {}

  Planning(Path file, Map<String, String> given, double pace) {
    this.file = file.toString();
    this.given = new LinkedHashMap<>(given);
    this.pace = pace;
  }

  /// A document with what was read and planned from it.
  record Planned(
      Document document, BindingFile binding, Map<String, String> parameters, Plan plan) {}

  Planned plan(Console console) {
    Document document = Document.read(console.folder(), file);
    BindingFile bound =
        BindingFile.of(
            Optional.ofNullable(binding).map(console.folder()::resolve), document.path());
    Checklist checklist = MarkdownReader.read(document.name(), document.text());
    Map<String, String> parameters = new LinkedHashMap<>(bound.parameters());
    parameters.putAll(given);
    check(checklist, bound, parameters);
    double effective = pace == null ? bound.pace() : pace;
    if (!(effective > 0)) {
      throw new UsageException(
          "--pace: %s is not more than 0 - 1 is as written".formatted(effective));
    }
    boolean traffic = bound.proxy().isPresent() && bound.local().isPresent();
    Plan plan = Planner.plan(checklist, new Binding(parameters, bound.steps(), traffic, effective));
    List<Step> all = new ArrayList<>(plan.steps());
    all.addAll(plan.rollback());
    List<String> unused = new Binding(Map.of(), bound.steps(), traffic, 1).unused(all);
    if (!unused.isEmpty()) {
      throw new UsageException(
          unused.stream()
              .map(words ->
                  "%s: steps: '%s' stands in no step - use words of an item's text"
                      .formatted(bound.path().map(Path::toString).orElse("binding"), words))
              .toList());
    }
    return new Planned(document, bound, parameters, only == null ? plan : onlyPart(plan, only));
  }

  private void check(Checklist checklist, BindingFile bound, Map<String, String> parameters) {
    Set<String> known = new TreeSet<>(Placeholders.all(checklist));
    known.addAll(bound.parameters().keySet());
    known.addAll(bound.references());
    Set<String> inCommands = Placeholders.inCommands(checklist);
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (Secrets.isSecret(parameter.getKey())) {
        problems.add(
            "parameter %s: is a secret by its name, and a plan is kept for good - put it into the environment, and $%s into the command"
                .formatted(parameter.getKey(), parameter.getKey()));
      }
      tminus.core.plan.Parameters.problem(
              parameter.getKey(), parameter.getValue(), known, inCommands)
          .filter(
              _ -> given.containsKey(parameter.getKey()) || inCommands.contains(parameter.getKey()))
          .ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /// One part of a plan, the way teams use one page of a checklist.
  private static Plan onlyPart(Plan plan, String words) {
    String wanted = words.toLowerCase(Locale.ROOT);
    List<Step> steps =
        plan.steps().stream()
            .filter(step ->
                step.section().stream()
                    .anyMatch(title -> title.toLowerCase(Locale.ROOT).contains(wanted)))
            .toList();
    if (steps.isEmpty()) {
      List<String> headings =
          plan.steps().stream()
              .flatMap(step -> step.section().stream())
              .distinct()
              .limit(20)
              .toList();
      throw new UsageException(
          "--only: no section with steps has '%s' in its heading - there are: %s"
              .formatted(words, String.join("; ", headings)));
    }
    return plan.with(steps);
  }
}
