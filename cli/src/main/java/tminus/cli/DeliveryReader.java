package tminus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import tminus.cli.Place.Located;
import tminus.cli.Written.Local;
import tminus.cli.YamlText.Entry;
import tminus.core.plan.Parameters;

/// Reads where a binding says the service lives, and what splits its traffic.
final class DeliveryReader {

  private static final int LAST_PORT = 65_535;

  private final YamlText yaml;

  DeliveryReader(YamlText yaml) {
    this.yaml = yaml;
  }

  /// What stands under `target`.
  Optional<Local> local(Map<String, Entry> entries) {
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
    Map<String, Entry> ports = yaml.under(parts, "slots");
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
      words.add(yaml.referring(word).value());
    }
    return Optional.of(new Local(slots, words));
  }

  private Optional<String> port(String slot, Node node) {
    Optional<Located<String>> text =
        yaml.text(node, slot).map(words -> yaml.referring(new Located<>(words, yaml.place(node))));
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

  /// What stands under `router`.
  Optional<String> proxy(Map<String, Entry> entries) {
    Entry router = entries.get("router");
    if (router == null) {
      return Optional.empty();
    }
    return yaml.text(yaml.entries(router.value(), "router", List.of("proxy")), "proxy")
        .map(text -> yaml.referring(text).value());
  }
}
