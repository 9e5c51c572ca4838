package tminus.server.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.PlanWords;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.server.page.PlanPage.Chapter;
import tminus.server.page.PlanPage.Heading;
import tminus.server.page.PlanPage.Part;
import tminus.server.page.PlanPage.Piece;
import tminus.server.page.PlanPage.PrintedChoice;
import tminus.server.page.PlanPage.PrintedCommand;
import tminus.server.page.PlanPage.PrintedStep;
import tminus.server.page.PlanPage.Words;

/// Lays steps out for paper: numbered, under the document's headings, a step above its parts as the
/// document has them. (The plan has a step after its parts, since it is done when they are.)
final class PrintedSteps {

  /// A place to write, as documents have it; `__init__` is none.
  private static final Pattern LINE = Pattern.compile("(?<![\\p{L}\\p{N}_])_{2,}(?![\\p{L}_])");

  /// Words, or a place to write.
  private static final Pattern REST = Pattern.compile("[\\p{L}\\p{N}_]");

  /// Deeper parts than that are not moved in any further.
  private static final int DEEPEST = 4;

  private final Plan plan;
  private final People people;
  private final String prefix;
  private final Map<StepId, Step> steps = new HashMap<>();
  private final Map<StepId, String> numbers = new HashMap<>();
  private final List<Chapter> chapters = new ArrayList<>();
  private List<PrintedStep> open = new ArrayList<>();
  private List<String> path = List.of();
  private String due = "";

  /// Who holds a role.
  interface People {
    Part of(String role);
  }

  private PrintedSteps(Plan plan, People people, String prefix) {
    this.plan = plan;
    this.people = people;
    this.prefix = prefix;
  }

  /// These steps of the plan, in chapters.
  ///
  /// @param prefix what their numbers begin with
  static PrintedSteps of(List<Step> course, Plan plan, People people, String prefix) {
    PrintedSteps printed = new PrintedSteps(plan, people, prefix);
    Set<StepId> parts = new HashSet<>();
    for (Step step : course) {
      printed.steps.put(step.id(), step);
      parts.addAll(step.parts());
    }
    course.stream().filter(step -> !parts.contains(step.id())).forEach(printed::root);
    return printed;
  }

  List<Chapter> chapters() {
    return List.copyOf(chapters);
  }

  /// A step's number on paper.
  String number(Step step) {
    return numbers.getOrDefault(step.id(), "");
  }

  private void root(Step step) {
    List<String> next = path(step);
    if (!next.equals(path) || chapters.isEmpty()) {
      open = new ArrayList<>();
      chapters.add(new Chapter(headings(step, next), open));
      path = next;
    }
    add(step, 0);
  }

  private void add(Step step, int depth) {
    if (numbers.containsKey(step.id())) {
      return;
    }
    numbers.put(step.id(), prefix + (numbers.size() + 1));
    open.add(printed(step, depth));
    for (StepId id : step.parts()) {
      Optional.ofNullable(steps.get(id)).ifPresent(part -> add(part, depth + 1));
    }
  }

  // ---- headings --------------------------------------------------------------------------------

  /// The headings above a step, without the document's own title.
  private List<String> path(Step step) {
    List<String> all = step.section();
    boolean titled = !all.isEmpty() && all.getFirst().equals(plan.title());
    return titled ? all.subList(1, all.size()) : all;
  }

  private List<Heading> headings(Step step, List<String> next) {
    int same = 0;
    while (same < Math.min(path.size(), next.size() - 1) && path.get(same).equals(next.get(same))) {
      same++;
    }
    boolean takes = step.timing().stream().anyMatch(Timing.Takes.class::isInstance);
    String when = PlanWords.due(step).map(words -> takes ? words : "due " + words).orElse("");
    List<Heading> headings = new ArrayList<>();
    for (int i = same; i < next.size(); i++) {
      boolean last = i == next.size() - 1;
      boolean said = same > 0 && when.equals(due);
      headings.add(new Heading(Math.min(i + 2, 4), next.get(i), last && !said ? when : ""));
    }
    due = when;
    return headings;
  }

  // ---- one step --------------------------------------------------------------------------------

  private PrintedStep printed(Step step, int depth) {
    List<String> context = new ArrayList<>(step.context());
    context.removeIf(text -> text.isBlank() || isRole(text, step.roles()));
    List<PrintedChoice> choices =
        step.form().choices().stream().map(choice -> choice(choice, context)).toList();
    Words title = words(title(step));
    List<Words> beside = context.stream().map(PrintedSteps::words).toList();
    boolean gate = step.action() instanceof Action.Gate;
    List<Part> parts = step.roles().stream().map(people::of).toList();
    return new PrintedStep(
        numbers.getOrDefault(step.id(), ""),
        Math.min(depth, DEEPEST),
        gate,
        title,
        facts(step, gate ? List.of() : parts),
        what(step) + approval(step),
        beside,
        step.action().commands().stream().map(PrintedSteps::command).toList(),
        step.action() instanceof Action.Notify(_, String body) ? body.strip() : "",
        choices,
        fields(step, title, beside),
        gate ? (parts.isEmpty() ? List.of(new Part("", "")) : parts) : List.of());
  }

  private static List<String> facts(Step step, List<Part> parts) {
    List<String> facts = new ArrayList<>();
    facts.add(kind(step));
    parts.stream().map(PrintedSteps::name).forEach(facts::add);
    facts.add("line " + step.line());
    return facts;
  }

  /// The step's kind, in words where its name is not enough.
  private static String kind(Step step) {
    boolean signed = !step.form().signatures().isEmpty();
    boolean asks = !step.form().choices().isEmpty() || !step.form().fields().isEmpty();
    return switch (step.action()) {
      case Action.Attest _ when signed -> "sign";
      case Action.Attest _ when asks -> "fill in";
      case Action.Attest _ -> "confirm";
      case Action.Parts _ -> "done when its parts are";
      case Action.Check(var commands) when commands.size() == 1 ->
          "check: a command, which only looks";
      case Action.Check(var commands) ->
          "check: %d commands, which only look".formatted(commands.size());
      case Action.Act(Work.Shell(var commands), _) when commands.size() == 1 ->
          "act: a command, which may change something";
      case Action.Act(Work.Shell(var commands), _) ->
          "act: %d commands, which may change something".formatted(commands.size());
      case Action.Act _,
          Action.Shift _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ ->
          step.action().kind();
    };
  }

  static String name(Part part) {
    return part.holders().isEmpty()
        ? part.role()
        : "%s (%s)".formatted(part.role(), part.holders());
  }

  /// What it takes to pass a gate.
  private String approval(Step step) {
    if (!(step.action() instanceof Action.Gate)) {
      return "";
    }
    Approval approval = plan.rules().approval(step.id());
    String people =
        approval.quorum() == 1 ? "One person" : "%d people".formatted(approval.quorum());
    return " %s must say go, within %s of being asked; else it is no-go."
        .formatted(people, PlanWords.words(approval.deadline()));
  }

  /// What it does, unless its kind or its commands say so already.
  private static String what(Step step) {
    String detail = PlanWords.detail(step.action()).orElse("");
    return switch (step.action()) {
      case Action.Wait _ -> "Wait " + detail + ".";
      case Action.Bake _ -> "Watch for " + detail + ".";
      case Action.Gate _ -> "Nothing goes on before this is decided.";
      case Action.Act _, Action.Shift _, Action.Notify _ ->
          detail.isEmpty() ? "" : capital(detail) + ".";
      case Action.Attest _, Action.Parts _, Action.Check _ -> "";
    };
  }

  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static PrintedCommand command(ShellCommand command) {
    String expected =
        command
            .expectation()
            .map(expectation -> {
              String words = PlanWords.expectation(expectation);
              boolean person = expectation instanceof Expectation.Prose;
              return person ? words + " (a person judges)" : words;
            })
            .orElse("");
    return new PrintedCommand(command.label(), command.text(), expected, command.missing());
  }

  // ---- forms -----------------------------------------------------------------------------------

  /// Whether a line says nothing but whose step it is, which stands beside the title.
  private static boolean isRole(String text, List<String> roles) {
    int colon = text.indexOf(':');
    return colon > 0 && colon < 30 && roles.contains(text.substring(colon + 1).strip());
  }

  /// A step's title, without the outcomes that its boxes repeat.
  static String title(Step step) {
    return step.form().choices().stream()
        .flatMap(choice -> before(choice, step.title()).stream())
        .filter(before -> !before.isEmpty())
        .findFirst()
        .orElse(step.title());
  }

  /// A choice in boxes. The line of the document that offers it is taken from the context.
  private static PrintedChoice choice(Mark.Choice choice, List<String> context) {
    List<String> labels = choice.options().stream().map(Mark.Choice.Option::label).toList();
    for (int i = 0; i < context.size(); i++) {
      Optional<String> about = before(choice, context.get(i));
      if (about.isPresent()) {
        context.remove(i);
        return new PrintedChoice(about.get(), labels);
      }
    }
    return new PrintedChoice("", labels);
  }

  /// The words before a choice in a text that offers it and ends with it.
  private static Optional<String> before(Mark.Choice choice, String text) {
    List<String> labels = choice.options().stream().map(Mark.Choice.Option::label).toList();
    Optional<String> before = Optional.empty();
    int at = 0;
    for (String label : labels) {
      int found = text.indexOf(label, at);
      if (found < 0) {
        return Optional.empty();
      }
      if (before.isEmpty()) {
        before = Optional.of(text.substring(0, found));
      }
      at = found + label.length();
    }
    String rest = text.substring(at);
    return before
        .filter(_ -> !REST.matcher(rest).find())
        .map(words -> words.replace("[ ]", "").replaceAll("[^\\p{L}\\p{N}?)%]+$", "").strip());
  }

  /// The names of what is written down, unless title and context have a line for each already.
  private static List<String> fields(Step step, Words title, List<Words> context) {
    List<String> names = new ArrayList<>();
    step.form().signatures().forEach(blank -> names.add(blank.name()));
    step.form().fields().forEach(blank -> names.add(blank.name()));
    return lines(title) + context.stream().mapToLong(PrintedSteps::lines).sum() >= names.size()
        ? List.of()
        : List.copyOf(names);
  }

  private static long lines(Words words) {
    return words.pieces().stream().filter(Piece::isLine).count();
  }

  static Words words(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    int from = 0;
    while (line.find()) {
      piece(text.substring(from, line.start()), pieces);
      pieces.add(new Piece(""));
      from = line.end();
    }
    piece(text.substring(from), pieces);
    return new Words(pieces);
  }

  private static void piece(String text, List<Piece> into) {
    if (!text.isEmpty()) {
      into.add(new Piece(text));
    }
  }
}
