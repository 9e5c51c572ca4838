package tminus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Selection;
import tminus.core.plan.Step;
import tminus.markdown.MarkdownReader;

/// What `plan` and `run` have in common: a document, its binding, and the plan they give.
final class Planning {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The checklist: any Markdown file.")
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
      names = "--choose",
      paramLabel = "[WHAT=]WAY",
      description = {
        "Which of several ways is taken, by its words: --choose canary. Where they mean several,",
        "WHAT says which choice, by words of its heading; WHAT=none takes none of its ways."
      })
  private List<String> choose = new ArrayList<>();

  /// What was chosen otherwise; all else goes before it.
  private final List<Selection> fallback = new ArrayList<>();

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

  private boolean trafficAssumed;

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
    if (file.isEmpty()) {
      // Not by the parser: the soak of rehearse needs none.
      throw new UsageException("Missing required parameter: 'FILE' - name the checklist");
    }
    Document document = Document.read(console.folder(), file);
    Checklist checklist = MarkdownReader.read(document.name(), document.text());
    Problems problems = new Problems();
    BindingFile beside =
        BindingFile.of(console.folder(), Optional.ofNullable(binding), document, problems);
    BindingFile bound = InDocument.over(beside, document, checklist, problems);
    Map<String, String> parameters = bound.values();
    parameters.putAll(given);
    double effective = pace == null ? bound.pace() : pace;
    if (!(effective > 0)) {
      throw new UsageException(
          "--pace: %s is not more than 0 - 1 is as written".formatted(effective));
    }
    Binding told = choosing(bound.planning(parameters, effective));
    Binding binding = trafficAssumed ? told.withTraffic() : told;
    Plan plan = Planner.plan(checklist, binding);
    Plan whole = plan.choices().isEmpty() ? plan : Planner.whole(checklist, binding);
    new BindingCheck(checklist, bound, problems).check(plan, whole, parameters, given.keySet());
    ChoiceCheck choices = new ChoiceCheck(Planner.families(checklist, whole), problems);
    bound.written().choose().forEach(choices::written);
    choose.forEach(choices::given);
    problems.check();
    return new Planned(document, bound, parameters, only == null ? plan : onlyPart(plan, only));
  }

  /// The binding with all that is chosen, the command line's word first.
  private Binding choosing(Binding binding) {
    List<Selection> all = new ArrayList<>(choose.stream().map(Selection::parse).toList());
    all.addAll(binding.choose());
    all.addAll(fallback);
    return binding.choosing(all);
  }

  /// From now on, plans as if a target and a router were bound.
  void assumeTraffic() {
    trafficAssumed = true;
  }

  /// From now on, also takes this way, unless something else says otherwise.
  void choose(Selection way) {
    fallback.add(way);
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
      plan.choices().stream()
          .flatMap(choice -> choice.left().stream())
          .filter(way -> way.title().toLowerCase(Locale.ROOT).contains(wanted))
          .findFirst()
          .ifPresent(way -> {
            throw new UsageException(
                "--only: %s (line %d) is not chosen - choose it with --choose '%s'"
                    .formatted(way.title(), way.line(), way.name()));
          });
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
