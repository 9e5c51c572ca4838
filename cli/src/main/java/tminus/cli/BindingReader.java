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
import tminus.cli.Written.Local;
import tminus.cli.Written.Parameter;
import tminus.cli.YamlText.Entry;
import tminus.core.plan.Binding;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Parameters;
import tminus.core.plan.Work;

/// Reads what a binding says. Its keys are those of the schema, `binding.schema.json`.
final class BindingReader {

  private static final List<String> KEYS =
      List.of(
          "checklist",
          "parameters",
          "people",
          "pace",
          "windows",
          "freezes",
          "target",
          "router",
          "steps");
  private static final List<String> VERBS =
      List.of("deploy", "retire", "restore", "notify", "attest");
  private static final int LAST_PORT = 65_535;

  private final YamlText yaml;
  private final CalendarReader calendar;
  private final List<Located<String>> references = new ArrayList<>();

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
    return yaml.root().flatMap(node -> bound(node, "the fence", yaml.start()));
  }

  List<Located<String>> references() {
    return references;
  }

  private Written written(Node root) {
    Map<String, Entry> entries = yaml.entries(root, "the binding", KEYS);
    return new Written(
        text(entries, "checklist"),
        parameters(entries),
        people(entries),
        steps(entries),
        local(entries),
        proxy(entries),
        pace(entries),
        Optional.ofNullable(entries.get("windows")).map(calendar::windows),
        Optional.ofNullable(entries.get("freezes")).map(calendar::freezes),
        references);
  }

  private Optional<Located<String>> text(Map<String, Entry> entries, String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(entry ->
            yaml.text(entry.value(), key)
                .map(text -> new Located<>(text, yaml.place(entry.value()))));
  }

  private Map<String, Entry> under(Map<String, Entry> entries, String key) {
    Entry entry = entries.get(key);
    return entry == null ? Map.of() : yaml.entries(entry.value(), key);
  }

  private Map<String, Parameter> parameters(Map<String, Entry> entries) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    under(entries, "parameters")
        .forEach((name, entry) -> parameters.put(name, parameter(name, entry)));
    return parameters;
  }

  private Parameter parameter(String name, Entry entry) {
    Place place = entry.key().place();
    if (!(entry.value() instanceof MappingNode)) {
      return new Parameter(place, yaml.text(entry.value(), name), Optional.empty());
    }
    Map<String, Entry> parts = yaml.entries(entry.value(), name, List.of("pattern", "value"));
    Optional<Located<Pattern>> pattern = text(parts, "pattern").flatMap(this::pattern);
    return new Parameter(place, text(parts, "value").map(Located::value), pattern);
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
    Map<String, Entry> roles = under(entries, "people");
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

  private Optional<Local> local(Map<String, Entry> entries) {
    Entry target = entries.get("target");
    if (target == null) {
      return Optional.empty();
    }
    Entry local = yaml.entries(target.value(), "target", List.of("local")).get("local");
    if (local == null) {
      return Optional.empty();
    }
    Map<String, Entry> parts = yaml.entries(local.value(), "local", List.of("slots", "command"));
    Map<String, String> slots = new LinkedHashMap<>();
    Map<String, Entry> ports = under(parts, "slots");
    ports.forEach((name, port) -> port(name, port.value()).ifPresent(it -> slots.put(name, it)));
    if (ports.size() != 2) {
      yaml.problems()
          .add(
              (parts.containsKey("slots") ? parts.get("slots") : local).key().place(),
              "local has %d slots".formatted(ports.size()),
              "name two under `slots`, each with its port");
    }
    Entry command = parts.get("command");
    if (command == null) {
      yaml.problems()
          .add(
              local.key().place(),
              "local has no command",
              "a list: the program, then its arguments");
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Located<String> word : yaml.texts(command.value(), "command")) {
      words.add(referring(word).value());
    }
    return Optional.of(new Local(slots, words));
  }

  private Optional<String> port(String slot, Node node) {
    Optional<Located<String>> text =
        yaml.text(node, slot).map(words -> referring(new Located<>(words, yaml.place(node))));
    if (text.isPresent() && !isPort(text.get().value())) {
      yaml.problem(
          node,
          "%s is no port (%s)".formatted(slot, text.get().value()),
          "a number from 1 to %d, or a $NAME".formatted(LAST_PORT));
    }
    return text.map(Located::value);
  }

  private static boolean isPort(String text) {
    return !Parameters.references(text).isEmpty()
        || (text.matches("\\d{1,5}")
            && Integer.parseInt(text) > 0
            && Integer.parseInt(text) <= LAST_PORT);
  }

  private Optional<String> proxy(Map<String, Entry> entries) {
    Entry router = entries.get("router");
    if (router == null) {
      return Optional.empty();
    }
    return text(yaml.entries(router.value(), "router", List.of("proxy")), "proxy")
        .map(text -> referring(text).value());
  }

  private Map<String, Located<Bound>> steps(Map<String, Entry> entries) {
    Map<String, Located<Bound>> steps = new LinkedHashMap<>();
    Map<String, Entry> wordings = under(entries, "steps");
    wordings.forEach((wording, entry) ->
        bound(entry.value(), "'" + wording + "'", entry.key().place())
            .ifPresent(bound -> steps.put(wording, bound)));
    return steps;
  }

  private Optional<Located<Bound>> bound(Node node, String what, Place place) {
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
      case "deploy" -> text.map(version -> new Bound.Deploy(referring(version).value()));
      case "retire" -> text.flatMap(part -> part(verb, part)).map(Bound.Retire::new);
      case "restore" ->
          text.filter(part -> part.value().equals("stable") || wrong(verb, part, "stable"))
              .map(_ -> new Bound.Restore());
      case "notify" -> text.map(title -> new Bound.Notify(referring(title).value()));
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

  private Located<String> referring(Located<String> words) {
    Parameters.references(words.value())
        .forEach(name -> references.add(new Located<>(name, words.place())));
    return words;
  }
}
