package tminus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Parameters;
import tminus.core.plan.Work;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The binding, `tminus.yaml`, read: what connects a checklist to the real world.
///
/// @param path where it is; empty when there is none
/// @param checklist the document it is about, as a path beside it; empty for any
/// @param parameters values for placeholders
/// @param steps what steps do, by wording
/// @param local how versions are put into slots as processes of this machine, if they are
/// @param proxy the admin address of the built-in proxy, if it is the router
/// @param pace how many times faster than written waits are
record BindingFile(
    Optional<Path> path,
    Optional<String> checklist,
    Map<String, String> parameters,
    Map<String, Bound> steps,
    Optional<Local> local,
    Optional<String> proxy,
    double pace) {

  /// Versions as processes on loopback.
  ///
  /// @param slots each slot's port, as written: a number, or a `$NAME`
  /// @param command the program and its arguments, with `{port}`, `{version}` and `{slot}` filled
  ///   in later
  record Local(Map<String, String> slots, List<String> command) {}

  static final BindingFile NONE =
      new BindingFile(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          1);

  /// The binding beside a document: the file given, else `tminus.yaml` in the document's folder if
  /// it is about that document.
  static BindingFile of(Optional<Path> given, Path document) {
    Path beside = document.resolveSibling("tminus.yaml");
    if (given.isPresent()) {
      return read(given.get());
    }
    if (!Files.isRegularFile(beside)) {
      return NONE;
    }
    BindingFile binding = read(beside);
    return binding.isAbout(document) ? binding : NONE;
  }

  private boolean isAbout(Path document) {
    return checklist.isEmpty()
        || path.filter(file -> file.resolveSibling(checklist.get()).normalize().equals(document))
            .isPresent();
  }

  /// The names it refers to as `$NAME`.
  Set<String> references() {
    Set<String> names = new TreeSet<>();
    proxy.ifPresent(address -> names.addAll(Parameters.references(address)));
    local.ifPresent(target -> {
      target.slots().values().forEach(port -> names.addAll(Parameters.references(port)));
      target.command().forEach(word -> names.addAll(Parameters.references(word)));
    });
    for (Bound bound : steps.values()) {
      if (bound instanceof Bound.Deploy(String version)) {
        names.addAll(Parameters.references(version));
      }
    }
    return names;
  }

  static BindingFile read(Path path) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(Files.readString(path));
    } catch (JacksonException e) {
      throw new UsageException(
          "%s:%d:%d: is not YAML (%s) - mend it there"
              .formatted(
                  path,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be read (%s) - check the path".formatted(path, e.getMessage()));
    }
    return new Reading(path).binding(root);
  }

  /// One reading: all problems are collected, and told together.
  private static final class Reading {

    private final Path path;
    private final List<String> problems = new ArrayList<>();

    Reading(Path path) {
      this.path = path;
    }

    BindingFile binding(JsonNode root) {
      keys(root, "", Set.of("checklist", "parameters", "pace", "target", "router", "steps"));
      Map<String, String> parameters = new LinkedHashMap<>();
      root.path("parameters")
          .properties()
          .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
      Optional<String> checklist =
          root.has("checklist") ? Optional.of(root.path("checklist").asString()) : Optional.empty();
      double pace = root.path("pace").asDouble(1);
      if (!(pace > 0)) {
        problem(
            "pace",
            "%s is not more than 0".formatted(root.path("pace")),
            "1 is as written, 60 makes minutes seconds");
      }
      Map<String, Bound> steps = new LinkedHashMap<>();
      root.path("steps")
          .properties()
          .forEach(entry -> bound(entry.getKey(), entry.getValue(), steps));
      Optional<Local> local = local(root.path("target"));
      keys(root.path("router"), "router", Set.of("proxy"));
      Optional<String> proxy =
          root.path("router").has("proxy")
              ? Optional.of(root.path("router").path("proxy").asString())
              : Optional.empty();
      if (!problems.isEmpty()) {
        throw new UsageException(problems);
      }
      return new BindingFile(Optional.of(path), checklist, parameters, steps, local, proxy, pace);
    }

    private Optional<Local> local(JsonNode target) {
      keys(target, "target", Set.of("local"));
      JsonNode local = target.path("local");
      if (local.isMissingNode()) {
        return Optional.empty();
      }
      keys(local, "target.local", Set.of("slots", "command"));
      Map<String, String> slots = new LinkedHashMap<>();
      local
          .path("slots")
          .properties()
          .forEach(entry -> slots.put(entry.getKey(), entry.getValue().asString()));
      List<String> command = new ArrayList<>();
      local.path("command").forEach(word -> command.add(word.asString()));
      if (slots.size() != 2) {
        problem(
            "target.local.slots",
            "%d slots".formatted(slots.size()),
            "name two, each with its port");
      }
      if (command.isEmpty()) {
        problem("target.local.command", "there is none", "a list: the program, then its arguments");
      }
      return Optional.of(new Local(slots, command));
    }

    private void bound(String wording, JsonNode node, Map<String, Bound> into) {
      String where = "steps.'" + wording + "'";
      if (!node.isObject() || node.size() != 1) {
        problem(where, "it must do one thing", "one of deploy, retire, restore, notify, attest");
        return;
      }
      String verb = node.propertyNames().iterator().next();
      String value = node.path(verb).asString("");
      switch (verb) {
        case "deploy" -> into.put(wording, new Bound.Deploy(value));
        case "retire" ->
            part(value)
                .ifPresentOrElse(
                    part -> into.put(wording, new Bound.Retire(part)),
                    () -> problem(where, "retire: " + value, "stable or candidate"));
        case "restore" -> into.put(wording, new Bound.Restore());
        case "notify" -> into.put(wording, new Bound.Notify(value));
        case "attest" -> into.put(wording, new Bound.Attest(value));
        default ->
            problem(where, "unknown key " + verb, "one of deploy, retire, restore, notify, attest");
      }
    }

    private static Optional<Work.Part> part(String word) {
      return switch (word) {
        case "stable" -> Optional.of(Work.Part.STABLE);
        case "candidate" -> Optional.of(Work.Part.CANDIDATE);
        default -> Optional.empty();
      };
    }

    private void keys(JsonNode node, String where, Set<String> known) {
      for (String key : node.propertyNames()) {
        if (!known.contains(key)) {
          problem(
              where.isEmpty() ? key : where + "." + key,
              "unknown key",
              "known here: " + String.join(", ", known.stream().sorted().toList()));
        }
      }
    }

    private void problem(String where, String what, String remedy) {
      problems.add("%s: %s: %s - %s".formatted(path, where, what, remedy));
    }
  }
}
