package tminus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Binding;
import tminus.core.plan.Choice;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.engine.Json;
import tminus.server.report.PrintedPlan;

/// Shows what would happen.
@Command(name = "plan", description = "Show what a checklist would do, and change nothing.")
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Planning planning = new Planning();
  @Mixin private TZero.Given zero = new TZero.Given();

  @Option(names = "--json", description = "The whole plan as JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write the plan into this folder, to be printed (.plan.html, .plan.pdf): with boxes to"
              + " tick, a roll call and lines to sign.")
  private @Nullable Path out;

  PlanCommand(Console console) {
    this.console = console;
  }

  /// The JSON form of a plan: a contract with scripts that read it.
  private record Output(
      String title,
      String file,
      String digest,
      String hash,
      double pace,
      Map<String, String> parameters,
      Map<String, List<String>> people,
      List<String> missing,
      Summary summary,
      Calendar calendar,
      Optional<DuePlan.Output> schedule,
      List<Step> steps,
      List<Step> rollback,
      List<Trigger> triggers,
      List<Choice> choices,
      List<NotChosen> notChosen) {}

  /// What the plan leaves out, since another way is taken.
  private record NotChosen(int line, String kind, String title, String way) {}

  private record Summary(
      int items,
      int steps,
      int rollback,
      int triggers,
      int open,
      int notChosen,
      Map<String, Long> kinds) {}

  @Override
  public Integer call() {
    Planning.Planned planned = planning.plan(console);
    Plan plan = planned.plan();
    Binding binding = planned.binding().planning(planned.parameters(), plan.pace());
    Optional<DuePlan> due = zero.read(console).map(it -> new DuePlan(plan, it));
    String hash = Json.hash(plan);
    if (json) {
      Summary summary =
          new Summary(
              plan.items(),
              plan.steps().size(),
              plan.rollback().size(),
              plan.triggers().size(),
              plan.open().size(),
              notChosen(plan).size(),
              PlanPrinter.kinds(plan));
      console
          .out()
          .println(
              Json.pretty(
                  new Output(
                      plan.title(),
                      plan.file(),
                      plan.digest(),
                      hash,
                      plan.pace(),
                      plan.parameters(),
                      binding.people(),
                      plan.missing(),
                      summary,
                      plan.calendar(),
                      due.map(DuePlan::output),
                      plan.steps(),
                      plan.rollback(),
                      plan.triggers(),
                      plan.choices(),
                      notChosen(plan))));
    }
    if (out != null) {
      List<Path> written = print(planned, hash, binding, console.folder().resolve(out));
      written.stream().filter(_ -> !json).forEach(file -> console.line("%s", file));
    } else if (!json) {
      new PlanPrinter(console, binding, due).print(plan, hash);
    }
    return ExitCode.DONE.code();
  }

  private static List<NotChosen> notChosen(Plan plan) {
    return plan.choices().stream()
        .flatMap(choice -> choice.left().stream())
        .flatMap(way ->
            way.content().stream()
                .map(it -> new NotChosen(it.line(), it.kind(), it.title(), way.title())))
        .toList();
  }

  /// The printed copy, named after the document.
  private static List<Path> print(
      Planning.Planned planned, String hash, Binding binding, Path folder) {
    String file = planned.document().path().getFileName().toString();
    int dot = file.lastIndexOf('.');
    String name = (dot > 0 ? file.substring(0, dot) : file) + ".plan";
    String html = PrintedPlan.html(planned.plan(), hash, binding);
    try {
      Files.createDirectories(folder);
      return List.of(
          WholeFile.replace(folder.resolve(name + ".html"), html.getBytes(UTF_8)),
          WholeFile.replace(
              folder.resolve(name + ".pdf"), PrintedPlan.pdf(planned.plan(), hash, html)));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be written (%s) - choose another folder with --out"
              .formatted(folder, e.getMessage()));
    }
  }
}
