package tminus.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tminus.cli.Place.Located;
import tminus.core.plan.Parameters;
import tminus.core.plan.Spelling;

/// YAML of which every value knows its place, and every surprise becomes a problem.
///
/// @param text the YAML
/// @param start where it begins: it may be a part of a file
/// @param problems where what is wrong with it goes
/// @param references where the names it refers to as `$NAME` go
record YamlText(String text, Place start, Problems problems, List<Located<String>> references) {

  YamlText(String text, Place start, Problems problems) {
    this(text, start, problems, new ArrayList<>());
  }

  /// A key and what it is given.
  record Entry(Located<String> key, Node value) {}

  /// The whole, if it is YAML with something in it.
  Optional<Node> root() {
    LoadSettings settings = LoadSettings.builder().build();
    try {
      int depth = 0;
      for (Parser events = parser(settings); events.hasNext(); ) {
        Event event = events.next();
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        if (depth > Limits.YAML_NESTING_MAX) {
          problems.add(
              place(event.getStartMark()),
              "is nested more than %d levels deep".formatted(Limits.YAML_NESTING_MAX),
              "a binding needs five");
          return Optional.empty();
        }
      }
      return new Composer(settings, parser(settings)).getSingleNode();
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? "" : e.getProblem();
      problems.add(place(e.getProblemMark()), words(problem), "mend it there");
    } catch (YamlEngineException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(start, words(problem), "mend it there");
    }
    return Optional.empty();
  }

  private Parser parser(LoadSettings settings) {
    return new ParserImpl(settings, new StreamReader(settings, text));
  }

  private static String words(String problem) {
    return "is not YAML (%s)".formatted(problem);
  }

  Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(at ->
            new Place(start.file(), start.line() + at.getLine(), start.column() + at.getColumn()))
        .orElse(start);
  }

  void problem(Node node, String what, String remedy) {
    problems.add(place(node), what, remedy);
  }

  /// The entries of a mapping with any keys. What is no mapping has none, and is a problem.
  Map<String, Entry> entries(Node node, String what) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "%s is %s".formatted(what, kind(node)), "write `name: value` lines under it");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> name = text(tuple.getKeyNode(), "a key");
      if (name.isPresent()) {
        Located<String> key = new Located<>(name.get(), place(tuple.getKeyNode()));
        Entry first = entries.putIfAbsent(name.get(), new Entry(key, tuple.getValueNode()));
        if (first != null) {
          problems.add(
              key.place(),
              "%s stands here a second time (first at %s)"
                  .formatted(name.get(), first.key().place()),
              "keep one of them");
        }
      }
    }
    return entries;
  }

  /// The entries of a mapping with known keys: the others are problems.
  Map<String, Entry> entries(Node node, String what, Collection<String> known) {
    Map<String, Entry> entries = entries(node, what);
    for (Entry entry : entries.values()) {
      String name = entry.key().value();
      if (!known.contains(name)) {
        problems.add(
            entry.key().place(),
            "unknown key " + name,
            Spelling.nearest(name, known)
                .map("did you mean %s?"::formatted)
                .orElse("known here: " + String.join(", ", known)));
      }
    }
    entries.keySet().retainAll(known);
    return entries;
  }

  /// A value as it is written: `1.10` stays `1.10`.
  Optional<String> text(Node node, String what) {
    if (node instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    problem(node, "%s is %s".formatted(what, kind(node)), "write a text");
    return Optional.empty();
  }

  /// The text that one of these entries is given, if it is among them.
  Optional<Located<String>> text(Map<String, Entry> entries, String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(entry ->
            text(entry.value(), key).map(text -> new Located<>(text, place(entry.value()))));
  }

  /// The entries under one of these, none if it is not among them.
  Map<String, Entry> under(Map<String, Entry> entries, String key) {
    Entry entry = entries.get(key);
    return entry == null ? Map.of() : entries(entry.value(), key);
  }

  /// These words, which may refer to names.
  Located<String> referring(Located<String> words) {
    Parameters.references(words.value())
        .forEach(name -> references.add(new Located<>(name, words.place())));
    return words;
  }

  /// A list of texts, one at least.
  List<Located<String>> texts(Node node, String what) {
    List<Located<String>> texts = new ArrayList<>();
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      problem(node, "%s is %s".formatted(what, kind(node)), "write a list: [one, another]");
      return texts;
    }
    for (Node entry : list.getValue()) {
      text(entry, "an entry of " + what)
          .ifPresent(words -> texts.add(new Located<>(words, place(entry))));
    }
    return texts;
  }

  /// What stands there, in a message.
  static String kind(Node node) {
    return switch (node) {
      case MappingNode mapping -> mapping.getValue().isEmpty() ? "empty" : "a mapping";
      case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank() ->
          "empty";
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) ->
          "a text (%s)".formatted(scalar.getValue());
      case ScalarNode scalar -> scalar.getValue();
      case Node _ -> "something else";
    };
  }
}
