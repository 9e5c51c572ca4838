package tminus.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Expectations;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;

/// Reads a fenced shell block: its commands, their labels, and what their output must be.
final class Scripts {

  private static final Set<String> SHELLS =
      Set.of("bash", "sh", "shell", "console", "zsh", "shell-session", "shellsession", "terminal");

  /// Words that begin a command so surely that a fence without a language is shell.
  private static final Set<String> COMMANDS =
      Set.of(
          "kubectl",
          "docker",
          "docker-compose",
          "helm",
          "curl",
          "wget",
          "git",
          "npm",
          "npx",
          "yarn",
          "pnpm",
          "psql",
          "pg_dump",
          "pg_restore",
          "mysql",
          "redis-cli",
          "aws",
          "gcloud",
          "az",
          "terraform",
          "ansible-playbook",
          "systemctl",
          "sudo",
          "ssh",
          "scp",
          "rsync",
          "make",
          "mvn",
          "./mvnw",
          "./gradlew",
          "gradle",
          "pytest",
          "dig",
          "openssl",
          "cd",
          "export",
          "echo",
          "ls");

  private final Source source;
  private final Setting setting;
  private final List<Words> lines;
  private final List<String> texts;
  private final List<Command> commands = new ArrayList<>();
  private final List<Line> notes = new ArrayList<>();
  private String label = "";
  private List<Mark> labelMarks = List.of();
  private boolean closes = true;

  private Scripts(Source source, Setting setting, List<Words> lines) {
    this.source = source;
    this.setting = setting;
    this.lines = lines;
    this.texts = lines.stream().map(Words::text).toList();
  }

  static boolean isShell(String language) {
    return SHELLS.contains(language);
  }

  /// Whether a fence without a language holds commands.
  static boolean looksLikeShell(List<Words> lines) {
    for (Words line : lines) {
      String text = line.text().strip();
      if (text.startsWith("#!") || text.startsWith("$ ")) {
        return true;
      }
      if (!text.isEmpty() && !text.startsWith("#")) {
        String first = text.split("\\s", 2)[0];
        return text.length() > first.length()
            && (COMMANDS.contains(first) || first.startsWith("./") || first.endsWith(".sh"));
      }
    }
    return false;
  }

  /// @param lines the lines between the fences, as they are
  static Script read(
      Source source, Setting setting, Span span, String language, List<Words> lines) {
    boolean prompts = lines.stream().anyMatch(line -> line.text().startsWith("$ "));
    Scripts reader = new Scripts(source, setting, prompts ? prompted(lines) : lines);
    reader.read();
    return new Script(span, language, reader.commands, reader.notes);
  }

  /// A session's commands without their prompts. What was printed in between shows how it looked
  /// once, and is nothing to run.
  private static List<Words> prompted(List<Words> lines) {
    List<Words> kept = new ArrayList<>();
    boolean continued = false;
    for (Words line : lines) {
      String text = line.text();
      if (text.startsWith("$ ")) {
        kept.add(line.slice(2, text.length()));
      } else if (continued || text.isBlank() || text.stripLeading().startsWith("#")) {
        kept.add(line);
      } else {
        continue;
      }
      continued = text.stripTrailing().endsWith("\\");
    }
    return kept;
  }

  private void read() {
    for (int i = 0; i < lines.size(); ) {
      String text = texts.get(i).strip();
      if (text.isEmpty()) {
        label = "";
        labelMarks = List.of();
        i++;
      } else if (isComment(text)) {
        int end = i;
        while (end < lines.size() && isComment(texts.get(end).strip())) {
          end++;
        }
        comments(i, end);
        i = end;
      } else {
        // What one command leaves open, the next ones cannot close either: no second search for it.
        ShellLines.Run run = closes ? ShellLines.command(texts, i) : ShellLines.continued(texts, i);
        closes = run.closed();
        command(run);
        i = run.to();
      }
    }
  }

  private static boolean isComment(String text) {
    return text.startsWith("#") && !text.startsWith("#!");
  }

  /// A paragraph of comments: what the command before must print, and what the next one is for.
  private void comments(int from, int to) {
    int rest = from + expectation(from, to);
    boolean labels = rest < to && to < lines.size() && !texts.get(to).isBlank();
    int name = to;
    if (labels) {
      name = to - 1;
      // `# Careful here` before `# 2. Switch …`: the numbered line begins the label.
      for (int i = rest; i < to; i++) {
        if (Numbering.length(comment(i).text()) > 0) {
          name = i;
        }
      }
      name = Numbering.length(comment(name).text()) > 0 ? name : rest;
      label(name, to);
    }
    // `# 2. Check metrics`, then `# Open the board`: the second line says more about the first.
    boolean numbered = false;
    for (int i = rest; i < name; i++) {
      Words comment = comment(i);
      boolean number = Numbering.length(comment.text()) > 0;
      numbered |= number;
      note(comment, number || (!numbered && Tasks.tells(comment.text())));
    }
  }

  private void label(int from, int to) {
    List<String> words = new ArrayList<>();
    labelMarks = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Words comment = comment(i);
      comment = comment.slice(Numbering.length(comment.text()), comment.length());
      if (!comment.isEmpty()) {
        words.add(comment.text());
        labelMarks.addAll(
            LineMarks.marks(comment, setting, LineMarks.Kind.COMMENT, Optional.empty()));
      }
    }
    label = String.join(" ", words);
  }

  /// @param task whether it tells to do something
  private void note(Words words, boolean task) {
    Words comment = words.slice(Numbering.length(words.text()), words.length());
    if (!comment.isEmpty()) {
      List<Mark> marks =
          new ArrayList<>(
              LineMarks.marks(comment, setting, LineMarks.Kind.COMMENT, Optional.empty()));
      if (task && setting.purpose() != Purpose.REFERENCE) {
        marks.addFirst(Tasks.task(comment));
      }
      notes.add(new Line(comment.span(), comment.text(), marks));
    }
  }

  /// A comment's words, without `#` and list bullets.
  private Words comment(int line) {
    Words words = lines.get(line);
    String text = words.text();
    int start = text.indexOf('#');
    while (start < text.length() && "# \t".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    if (text.startsWith("- ", start) || text.startsWith("* ", start)) {
      start += 2;
    }
    return words.slice(start, text.length());
  }

  /// Reads an expectation at the beginning of a comment paragraph for the command before it.
  ///
  /// @return how many lines it took
  private int expectation(int from, int to) {
    if (commands.isEmpty() || commands.getLast().expectation().isPresent()) {
      return 0;
    }
    List<String> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add(comment(i).text());
    }
    Command command = commands.getLast();
    int taken = Expectations.length(words);
    if (taken > 0) {
      Expectation expectation = Expectations.read(words.subList(0, taken), command.text());
      int last = from + taken - 1;
      Span span = source.span(comment(from).span().start(), lines.get(last).span().end());
      commands.set(commands.size() - 1, with(command, expectation, span));
    }
    return taken;
  }

  /// The script, its last command given the expectation that the line after it words: `- Expected:
  /// HTTP 201`. Any other line changes nothing.
  static Script expecting(Script script, Line line) {
    String words = line.text();
    if (script.commands().isEmpty()
        || script.commands().getLast().expectation().isPresent()
        || !Expectations.isNamed(words)) {
      return script;
    }
    List<Command> commands = new ArrayList<>(script.commands());
    Command last = commands.removeLast();
    commands.add(with(last, Expectations.read(List.of(words), last.text()), line.span()));
    return new Script(script.span(), script.language(), commands, script.notes());
  }

  private static Command with(Command command, Expectation expectation, Span span) {
    return new Command(
        command.span(),
        command.label(),
        command.text(),
        Optional.of(expectation),
        Optional.of(span),
        command.blanks(),
        command.marks());
  }

  private void command(ShellLines.Run run) {
    List<String> text = new ArrayList<>();
    List<Mark.Blank> blanks = new ArrayList<>();
    for (int i = run.from(); i < run.to(); i++) {
      text.add(texts.get(i));
      blanks.addAll(Blanks.placeholders(lines.get(i), Blanks.Brackets.UPPER_CASE));
      blanks.addAll(Blanks.elisions(lines.get(i)));
    }
    Words first = lines.get(run.from());
    Words last = lastWritten(run);
    int start = first.slice(0, first.length()).offset(0);
    Span end = last.span();
    Optional<Expectation> trailing = trailing(texts.get(run.to() - 1), run);
    commands.add(
        new Command(
            source.span(start, end.end()),
            label,
            String.join("\n", text).strip(),
            trailing,
            trailing.map(_ -> trailingSpan(lines.get(run.to() - 1))),
            blanks,
            labelMarks));
    labelMarks = List.of();
  }

  private static Span trailingSpan(Words line) {
    return line.slice(line.text().lastIndexOf(" # ") + 3, line.length()).span();
  }

  private Words lastWritten(ShellLines.Run run) {
    int last = run.to() - 1;
    while (texts.get(last).isBlank()) {
      last--;
    }
    return lines.get(last);
  }

  /// `kubectl get nodes # All nodes Ready`: the words beside a command that say how it must turn
  /// out.
  private Optional<Expectation> trailing(String line, ShellLines.Run run) {
    int at = line.lastIndexOf(" # ");
    if (at < 0 || run.to() - run.from() > 1) {
      return Optional.empty();
    }
    String words = line.substring(at + 3).strip();
    boolean says = Expectations.length(List.of(words)) > 0;
    boolean states = words.startsWith("All ") || words.startsWith("No ");
    return says
        ? Optional.of(Expectations.read(List.of(words), line))
        : states ? Optional.of(new Expectation.Prose(words)) : Optional.empty();
  }
}
