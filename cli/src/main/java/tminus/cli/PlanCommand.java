package tminus.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.engine.Json;

/// Shows what would happen.
@Command(name = "plan", description = "Show what a checklist would do, and change nothing.")
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Planning planning = new Planning();

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
      List<Step> steps,
      List<Step> rollback,
      List<Trigger> triggers) {}

  private record Summary(
      int items, int steps, int rollback, int triggers, Map<String, Long> kinds) {}

  @Override
  public Integer call() {
    Planning.Planned planned = planning.plan(console);
    Plan plan = planned.plan();
    Binding binding = planned.binding().planning(planned.parameters(), plan.pace());
    String hash = Json.hash(plan);
    if (json) {
      Summary summary =
          new Summary(
              plan.items(),
              plan.steps().size(),
              plan.rollback().size(),
              plan.triggers().size(),
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
                      plan.steps(),
                      plan.rollback(),
                      plan.triggers())));
    } else {
      new PlanPrinter(console, binding).print(plan, hash);
    }
    return ExitCode.DONE.code();
  }
}
