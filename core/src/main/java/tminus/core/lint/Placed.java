package tminus.core.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tminus.core.Limits;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.lint.ShellText.Pipeline;
import tminus.core.lint.ShellText.Simple;
import tminus.core.lint.ShellText.Word;

/// A command where it stands, taken apart.
///
/// @param words what the document says it is for: its label, and the item or heading above it
/// @param raw its text, exactly as it stands in the document
/// @param editable whether places in `raw` are places in the document
record Placed(
    Command command,
    List<Section> path,
    String words,
    String raw,
    boolean editable,
    List<Pipeline> pipelines) {

  private static final Set<String> SHELL_WORDS =
      Set.of("do", "then", "else", "if", "elif", "while", "until", "!", "{", "time");
  private static final Set<String> WRAPPERS = Set.of("sudo", "nohup", "command", "exec", "env");

  private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=.*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  static Placed of(Command command, List<Section> path, String words, String document) {
    Span span = command.span();
    String raw = span.end() <= document.length() ? span.in(document) : command.text();
    boolean same = squeezed(raw).equals(squeezed(command.text()));
    String text = same ? raw : command.text();
    List<Pipeline> pipelines =
        text.length() > Limits.LINTED_COMMAND_MAX ? List.of() : ShellText.pipelines(text);
    return new Placed(command, List.copyOf(path), words, text, same, pipelines);
  }

  private static String squeezed(String text) {
    return BLANKS.matcher(text).replaceAll("");
  }

  boolean isReference() {
    return purpose() == Purpose.REFERENCE;
  }

  boolean isRollback() {
    return purpose() == Purpose.ROLLBACK;
  }

  private Purpose purpose() {
    return path.isEmpty() ? Purpose.PROCEDURE : path.getLast().purpose();
  }

  int line() {
    return command.span().line();
  }

  /// The line in which a word of it stands.
  int line(Word word) {
    return line() + (int) raw.substring(0, word.start()).chars().filter(c -> c == '\n').count();
  }

  /// Every program with its arguments, each with the words the shell's grammar needs taken off.
  List<Simple> programs() {
    return pipelines.stream().flatMap(p -> p.stages().stream()).map(Placed::program).toList();
  }

  /// The program itself, without `do`, `sudo` and `NAME=value` before it.
  static Simple program(Simple simple) {
    int from = 0;
    List<Word> words = simple.words();
    while (from < words.size() - 1 && isPrefix(words.get(from).text())) {
      from++;
    }
    return new Simple(words.subList(from, words.size()), simple.redirects());
  }

  private static boolean isPrefix(String word) {
    return SHELL_WORDS.contains(word)
        || WRAPPERS.contains(word)
        || ASSIGNMENT.matcher(word).matches();
  }

  /// The program's name; empty for none.
  static String name(Simple simple) {
    return simple.words().isEmpty() ? "" : simple.words().getFirst().text();
  }

  /// The texts of the words after the program's name.
  static List<String> arguments(Simple simple) {
    return simple.words().stream().skip(1).map(Word::text).toList();
  }

  /// Whether a machine compares its output with something that a failed command does not print.
  boolean isJudged() {
    return command
        .expectation()
        .filter(e -> !(e instanceof Expectation.Prose) && !(e instanceof Expectation.Empty))
        .isPresent();
  }

  boolean expectsNothing() {
    return command.expectation().filter(Expectation.Empty.class::isInstance).isPresent();
  }

  /// Whether a person judges its output.
  boolean isForPeople() {
    return command.expectation().filter(Expectation.Prose.class::isInstance).isPresent();
  }

  /// An edit that puts `text` in place of the characters of `raw` from `start` to `end`.
  Optional<Edit> edit(int start, int end, String text) {
    if (!editable) {
      return Optional.empty();
    }
    int line = line() + (int) raw.substring(0, start).chars().filter(c -> c == '\n').count();
    int base = command.span().start();
    return Optional.of(new Edit(new Span(line, base + start, base + end), text));
  }

  /// An edit that adds an option right after a word.
  Optional<Edit> insertAfter(Word word, String option) {
    return edit(word.end(), word.end(), " " + option);
  }
}
