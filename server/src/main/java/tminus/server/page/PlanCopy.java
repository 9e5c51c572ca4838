package tminus.server.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Choice;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.engine.EventWords.Tone;
import tminus.server.page.Page.Fact;
import tminus.server.page.PlanPage.Part;
import tminus.server.page.PlanPage.PrintedTrigger;
import tminus.server.page.PlanPage.Signature;
import tminus.server.page.PlanPage.WayBack;

/// Puts the printed copy of a plan into words.
public final class PlanCopy {

  private static final int SHORT_HASH = 12;

  private final Plan plan;
  private final String hash;
  private final Binding binding;

  private PlanCopy(Plan plan, String hash, Binding binding) {
    this.plan = plan;
    this.hash = hash;
    this.binding = binding;
  }

  /// The copy of a plan.
  ///
  /// @param hash the plan's, in hex, at least twelve digits
  /// @param binding names who holds the roles
  public static PlanPage of(Plan plan, String hash, Binding binding) {
    return new PlanCopy(plan, hash, binding).page();
  }

  private PlanPage page() {
    PrintedSteps forward = PrintedSteps.of(plan.steps(), plan, this::part, "");
    PrintedSteps back = PrintedSteps.of(plan.rollback(), plan, this::part, "R");
    List<Signature> signatures = new ArrayList<>(signatures(plan.steps(), forward));
    signatures.addAll(signatures(plan.rollback(), back));
    return new PlanPage(
        plan.title(),
        hash.substring(0, SHORT_HASH),
        facts(),
        new TreeMap<>(plan.parameters())
            .entrySet().stream()
                .map(value -> new Fact(value.getKey(), value.getValue(), Tone.NEUTRAL, true))
                .toList(),
        plan.missing(),
        rollCall(),
        forward.chapters(),
        signatures,
        new WayBack(
            plan.triggers().stream().map(PlanCopy::trigger).toList(),
            undos(forward),
            back.chapters()));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Document", plan.file(), Tone.NEUTRAL, true));
    facts.add(new Fact("Document, SHA-256", plan.digest(), Tone.NEUTRAL, true));
    facts.add(new Fact("Plan, SHA-256", hash, Tone.NEUTRAL, true));
    facts.add(
        new Fact(
            "In it",
            "%s, %s, %s, %s"
                .formatted(
                    number(plan.items(), "item"),
                    number(plan.steps().size(), "step"),
                    number(plan.rollback().size(), "step") + " of the rollback",
                    number(plan.triggers().size(), "rollback trigger")),
            Tone.NEUTRAL,
            false));
    if (plan.pace() != 1) {
      String pace = BigDecimal.valueOf(plan.pace()).stripTrailingZeros().toPlainString();
      facts.add(
          new Fact(
              "Pace",
              "waits are %s times shorter than written".formatted(pace),
              Tone.CAUTION,
              false));
    }
    plan.choices().forEach(choice -> facts.add(way(choice)));
    return facts;
  }

  /// Which of several ways is on this paper, and which are not.
  private static Fact way(Choice choice) {
    String taken =
        choice
            .taken()
            .map(way -> "%s (line %d)".formatted(way.title(), way.line()))
            .orElse(choice.isOpen() ? "NOT CHOSEN YET, all of them are below" : "none");
    List<String> left =
        choice.left().stream()
            .map(way -> "%s (line %d)".formatted(way.title(), way.line()))
            .toList();
    return new Fact(
        choice.heading(),
        taken + (left.isEmpty() ? "" : "; left out: " + String.join(", ", left)),
        choice.isOpen() ? Tone.CAUTION : Tone.NEUTRAL,
        false);
  }

  private static String number(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  // ---- people ----------------------------------------------------------------------------------

  private Part part(String role) {
    return new Part(role, String.join(", ", binding.holders(role)));
  }

  /// Every role the document names, in the order it does, and then those only the binding names.
  private List<Part> rollCall() {
    Map<String, Part> parts = new LinkedHashMap<>();
    Stream.of(
            plan.steps().stream().flatMap(step -> step.roles().stream()),
            plan.rollback().stream().flatMap(step -> step.roles().stream()),
            binding.people().keySet().stream())
        .flatMap(roles -> roles)
        .forEach(role -> parts.putIfAbsent(Binding.role(role), part(role)));
    return List.copyOf(parts.values());
  }

  private List<Signature> signatures(List<Step> course, PrintedSteps printed) {
    List<Signature> signatures = new ArrayList<>();
    for (Step step : course) {
      if (step.action() instanceof Action.Gate || !step.form().signatures().isEmpty()) {
        List<Part> parts =
            step.roles().isEmpty()
                ? List.of(new Part("", ""))
                : step.roles().stream().map(this::part).toList();
        String what = PrintedSteps.title(step).replaceAll("_{2,}", "…");
        parts.forEach(part -> signatures.add(new Signature(printed.number(step), what, part)));
      }
    }
    return signatures;
  }

  // ---- the way back ----------------------------------------------------------------------------

  private static PrintedTrigger trigger(Trigger trigger) {
    return new PrintedTrigger(
        trigger.text(),
        trigger.condition().map(condition -> "measured: " + condition).orElse("people judge"));
  }

  /// Traffic goes back first, whatever was shifted; the other undos run last in, first out.
  private List<String> undos(PrintedSteps printed) {
    List<String> undos = new ArrayList<>();
    if (plan.delivers()) {
      undos.add("All traffic back to the stable version, if any was shifted");
    }
    for (Step step : plan.steps().reversed()) {
      Optional<Work> undo =
          step.action() instanceof Action.Act(_, Optional<Work> back) ? back : Optional.empty();
      undo.ifPresent(work ->
          undos.add(
              "%s, if step %s was begun (%s)"
                  .formatted(
                      PrintedSteps.capital(work.words()), printed.number(step), step.title())));
    }
    return undos;
  }
}
