package tminus.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.cli.Place.Located;
import tminus.cli.Written.Parameter;
import tminus.core.checklist.Span;
import tminus.core.plan.Binding;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Selection;

/// The binding, read: what connects a checklist to the real world.
///
/// @param path the file `tminus.yaml`; empty when there is none
/// @param written what it says
/// @param items what it says of single items, by the place of their box
record BindingFile(Optional<Path> path, Written written, Map<Span, Located<Bound>> items) {

  /// The name of the file beside a document.
  static final String NAME = "tminus.yaml";

  static final BindingFile NONE = new BindingFile(Optional.empty(), Written.NOTHING, Map.of());

  /// The binding of a document: the file given, else `tminus.yaml` in the document's folder if it
  /// is about that document.
  ///
  /// @param folder where a relative path begins
  /// @param given the file, as the user named it
  static BindingFile of(Path folder, Optional<Path> given, Document document, Problems problems) {
    Path shown = given.orElse(Path.of(document.name()).resolveSibling(NAME));
    Path file = folder.resolve(shown).normalize();
    if (given.isEmpty() && !Files.isRegularFile(file)) {
      return NONE;
    }
    Problems own = new Problems();
    Written written = read(file, shown.toString(), own);
    if (given.isEmpty() && !isAbout(file, written, document.path(), own)) {
      return NONE;
    }
    problems.addAll(own);
    return new BindingFile(Optional.of(file), written, Map.of());
  }

  private static boolean isAbout(Path file, Written written, Path document, Problems problems) {
    if (written.checklist().isEmpty()) {
      return true;
    }
    Located<String> named = written.checklist().get();
    Path checklist = file.resolveSibling(named.value()).normalize();
    if (!Files.exists(checklist)) {
      problems.add(
          named.place(),
          "there is no file %s".formatted(named.value()),
          "name the checklist by its path from here");
      return true;
    }
    return checklist.equals(document);
  }

  /// The binding a run was started with, read again. What fences say is in the run's plan.
  ///
  /// @param document the document, whose front matter counts while it is there
  /// @param path the file; empty when there was none
  static BindingFile again(Path document, Optional<Path> path) {
    Problems problems = new Problems();
    Written file = path.map(it -> read(it, it.toString(), problems)).orElse(Written.NOTHING);
    Written front =
        Files.isRegularFile(document)
            ? InDocument.frontMatter(
                Document.read(document.getRoot(), document.toString()), problems)
            : Written.NOTHING;
    problems.check();
    return new BindingFile(path, front.over(file), Map.of());
  }

  private static Written read(Path path, String shown, Problems problems) {
    try {
      String text = Files.readString(path);
      String bare = text.startsWith("\ufeff") ? text.substring(1) : text;
      return new BindingReader(new YamlText(bare, new Place(shown, 1, 1), problems)).read();
    } catch (CharacterCodingException _) {
      throw new UsageException("%s: is not UTF-8 text - save it as UTF-8".formatted(shown));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be read (%s) - check the path".formatted(shown, e.getMessage()));
    }
  }

  /// How versions are put into slots as processes of this machine, if they are.
  Optional<Written.Local> local() {
    return written.local();
  }

  /// The admin address of the built-in proxy, if it is the router.
  Optional<String> proxy() {
    return written.proxy();
  }

  /// How many times faster than written waits are.
  double pace() {
    return written.pace().orElse(1.0);
  }

  /// What a run has to itself, if anything is named.
  Optional<String> environment() {
    return written.policy().environment().map(Located::value);
  }

  /// The names it refers to as `$NAME`.
  List<Located<String>> references() {
    return written.references();
  }

  /// The values it gives to parameters.
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : written.parameters().entrySet()) {
      entry.getValue().value().ifPresent(value -> values.put(entry.getKey(), value));
    }
    return values;
  }

  /// As planning needs it.
  ///
  /// @param parameters all values
  Binding planning(Map<String, String> parameters, double atPace) {
    Map<String, List<String>> people = new LinkedHashMap<>();
    written.people().forEach((role, names) -> people.put(role, names.value()));
    Map<String, Bound> steps = new LinkedHashMap<>();
    written.steps().forEach((wording, bound) -> steps.put(wording, bound.value()));
    Map<Span, Bound> placed = new HashMap<>();
    items.forEach((box, bound) -> placed.put(box, bound.value()));
    boolean traffic = proxy().isPresent() && local().isPresent();
    List<Selection> choose = written.choose().stream().map(Located::value).toList();
    return new Binding(
        parameters,
        people,
        steps,
        placed,
        choose,
        traffic,
        atPace,
        written.policy().planning(),
        written.calendar());
  }
}
