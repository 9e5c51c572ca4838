package tminus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import tminus.cli.Place.Located;
import tminus.cli.Written.Parameter;
import tminus.cli.YamlText.Entry;
import tminus.core.plan.Binding;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Selection;

/// Reads what a binding says. Its keys are those of the schema, `binding.schema.json`.
final class BindingReader {

  private static final List<String> KEYS =
      List.of(
          "checklist",
          "parameters",
          "people",
          "choose",
          "pace",
          "windows",
          "freezes",
          "target",
          "router",
          "steps",
          "environment",
          "gates",
          "triggers",
          "rollback-authority",
          "safety");

  private final YamlText yaml;
  private final CalendarReader calendar;

  BindingReader(YamlText yaml) {
    this.yaml = yaml;
    this.calendar = new CalendarReader(yaml);
  }

  /// All of a file.
  Written read() {
    return yaml.root().map(this::written).orElse(Written.NOTHING);
  }

  /// What stands under `tminus:` in a document's front matter, whose other keys are others'.
  Written readFrontMatter() {
    Optional<Entry> ours =
        yaml.root()
            .filter(MappingNode.class::isInstance)
            .map(root -> yaml.entries(root, "the front matter").get("tminus"));
    Written written = ours.map(entry -> written(entry.value())).orElse(Written.NOTHING);
    written
        .checklist()
        .ifPresent(checklist ->
            yaml.problems()
                .add(checklist.place(), "checklist is this very document", "leave it out"));
    return written;
  }

  /// What a fence under an item says the item does.
  Optional<Located<Bound>> readStep() {
    return yaml.root().flatMap(node -> new StepReader(yaml).bound(node, "the fence", yaml.start()));
  }

  List<Located<String>> references() {
    return yaml.references();
  }

  private Written written(Node root) {
    Map<String, Entry> entries = yaml.entries(root, "the binding", KEYS);
    DeliveryReader delivery = new DeliveryReader(yaml);
    return new Written(
        yaml.text(entries, "checklist"),
        parameters(entries),
        people(entries),
        choose(entries),
        new StepReader(yaml).steps(entries),
        delivery.local(entries),
        delivery.proxy(entries),
        pace(entries),
        Optional.ofNullable(entries.get("windows")).map(calendar::windows),
        Optional.ofNullable(entries.get("freezes")).map(calendar::freezes),
        new PolicyReader(yaml).policy(entries),
        yaml.references());
  }

  private Map<String, Parameter> parameters(Map<String, Entry> entries) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    yaml.under(entries, "parameters")
        .forEach((name, entry) -> parameters.put(name, parameter(name, entry)));
    return parameters;
  }

  private Parameter parameter(String name, Entry entry) {
    Place place = entry.key().place();
    if (!(entry.value() instanceof MappingNode)) {
      return new Parameter(place, yaml.text(entry.value(), name), Optional.empty());
    }
    Map<String, Entry> parts = yaml.entries(entry.value(), name, List.of("pattern", "value"));
    Optional<Located<Pattern>> pattern = yaml.text(parts, "pattern").flatMap(this::pattern);
    return new Parameter(place, yaml.text(parts, "value").map(Located::value), pattern);
  }

  private Optional<Located<Pattern>> pattern(Located<String> written) {
    try {
      return Optional.of(new Located<>(Pattern.compile(written.value()), written.place()));
    } catch (PatternSyntaxException e) {
      yaml.problems()
          .add(
              written.place(),
              "pattern is no regular expression (%s: %s)"
                  .formatted(written.value(), e.getDescription()),
              "write one as java.util.regex.Pattern reads them");
      return Optional.empty();
    }
  }

  private Map<String, Located<List<String>>> people(Map<String, Entry> entries) {
    Map<String, Located<List<String>>> people = new LinkedHashMap<>();
    Map<String, Entry> roles = yaml.under(entries, "people");
    sameTwice(roles);
    roles.forEach((role, entry) -> {
      List<String> names = new ArrayList<>();
      for (Located<String> name : yaml.texts(entry.value(), role)) {
        if (names.contains(name.value())) {
          yaml.problems().add(name.place(), name.value() + " is named twice", "once is enough");
        }
        names.add(name.value());
      }
      people.put(role, new Located<>(names, entry.key().place()));
    });
    return people;
  }

  /// Different spellings of one role are one role.
  private void sameTwice(Map<String, Entry> roles) {
    Map<String, Located<String>> seen = new LinkedHashMap<>();
    for (Entry entry : roles.values()) {
      Located<String> role = entry.key();
      Located<String> first = seen.putIfAbsent(Binding.role(role.value()), role);
      if (first != null) {
        yaml.problems()
            .add(
                role.place(),
                "%s is the same as %s (at %s)"
                    .formatted(role.value(), first.value(), first.place()),
                "keep one of them");
      }
    }
  }

  /// Which ways are taken: the words of the one taken, by words of what they are ways of.
  private List<Located<Selection>> choose(Map<String, Entry> entries) {
    List<Located<Selection>> choose = new ArrayList<>();
    yaml.under(entries, "choose")
        .forEach((family, entry) ->
            yaml.text(entry.value(), family)
                .ifPresent(way ->
                    choose.add(
                        new Located<>(
                            new Selection(Optional.of(family), way), entry.key().place()))));
    return choose;
  }

  private Optional<Double> pace(Map<String, Entry> entries) {
    Entry entry = entries.get("pace");
    if (entry == null) {
      return Optional.empty();
    }
    Node node = entry.value();
    Optional<Double> pace =
        node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)
            ? yaml.text(node, "pace").flatMap(BindingReader::number)
            : Optional.empty();
    if (pace.isEmpty()) {
      yaml.problem(
          node,
          "pace is %s".formatted(YamlText.kind(node)),
          "a number above 0: 1 is as written, 60 makes minutes seconds");
    }
    return pace;
  }

  private static Optional<Double> number(String text) {
    try {
      double number = Double.parseDouble(text);
      return number > 0 && Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException _) {
      // YAML's infinity, for example.
      return Optional.empty();
    }
  }
}
