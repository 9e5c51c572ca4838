package tminus.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import tminus.cli.Place.Located;
import tminus.cli.YamlText.Entry;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Work;

/// Reads what a binding says that items do.
final class StepReader {

  private static final List<String> VERBS =
      List.of("deploy", "retire", "restore", "notify", "attest");

  private final YamlText yaml;

  StepReader(YamlText yaml) {
    this.yaml = yaml;
  }

  /// What stands under `steps`, by wording.
  Map<String, Located<Bound>> steps(Map<String, Entry> entries) {
    Map<String, Located<Bound>> steps = new LinkedHashMap<>();
    Map<String, Entry> wordings = yaml.under(entries, "steps");
    wordings.forEach((wording, entry) ->
        bound(entry.value(), "'" + wording + "'", entry.key().place())
            .ifPresent(bound -> steps.put(wording, bound)));
    return steps;
  }

  /// What one of them does.
  ///
  /// @param what how it is called in a message
  /// @param place where it begins
  Optional<Located<Bound>> bound(Node node, String what, Place place) {
    Map<String, Entry> entries = yaml.entries(node, what, VERBS);
    int said = node instanceof MappingNode mapping ? mapping.getValue().size() : 1;
    if (said != 1) {
      yaml.problems()
          .add(
              place,
              "%s does %d things".formatted(what, said),
              "one of " + String.join(", ", VERBS));
    }
    return entries.values().stream()
        .findFirst()
        .filter(_ -> said == 1)
        .flatMap(entry -> bound(entry.key().value(), entry.value()))
        .map(bound -> new Located<>(bound, place));
  }

  private Optional<Bound> bound(String verb, Node node) {
    Optional<Located<String>> text =
        yaml.text(node, verb).map(words -> new Located<>(words, yaml.place(node)));
    return switch (verb) {
      case "deploy" -> text.map(version -> new Bound.Deploy(yaml.referring(version).value()));
      case "retire" -> text.flatMap(part -> part(verb, part)).map(Bound.Retire::new);
      case "restore" ->
          text.filter(part -> part.value().equals("stable") || wrong(verb, part, "stable"))
              .map(_ -> new Bound.Restore());
      case "notify" -> text.map(title -> new Bound.Notify(yaml.referring(title).value()));
      case "attest" -> text.map(role -> new Bound.Attest(role.value()));
      default -> throw new IllegalStateException("the verb " + verb + " has no meaning");
    };
  }

  private Optional<Work.Part> part(String verb, Located<String> word) {
    return switch (word.value()) {
      case "stable" -> Optional.of(Work.Part.STABLE);
      case "candidate" -> Optional.of(Work.Part.CANDIDATE);
      default -> {
        wrong(verb, word, "stable or candidate");
        yield Optional.empty();
      }
    };
  }

  private boolean wrong(String verb, Located<String> word, String allowed) {
    yaml.problems()
        .add(word.place(), "%s: %s".formatted(verb, word.value()), "it can be " + allowed);
    return false;
  }
}
