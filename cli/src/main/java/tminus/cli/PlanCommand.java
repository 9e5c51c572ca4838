package tminus.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

/// Shows what would happen.
@Command(name = "plan", description = "Show what a checklist would do, and change nothing.")
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Planning planning = new Planning();
  @Mixin private TZero.Given zero = new TZero.Given();

  @Option(names = "--json", description = "The whole plan as JSON.")
  private boolean json;

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
    String hash = Json.sha256(Json.write(plan));
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
    } else {
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
}
