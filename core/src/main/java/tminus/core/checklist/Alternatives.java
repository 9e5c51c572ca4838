package tminus.core.checklist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Family.Kind;
import tminus.core.checklist.Family.Option;

/// Finds ways of which one is chosen before the run. What is found is left out of runs, so in doubt
/// nothing is.
public final class Alternatives {

  /// `Method 2: Rolling update`, `Option B - …`.
  private static final Pattern NUMBERED =
      Pattern.compile(
          "^(method|option|alternative|variant|approach|strategy) (?:\\d{1,2}|[a-z])\\b(?:\\s*[:.)–—-]\\s*(.*))?.*");

  /// `Automatic rollback`, `Manual rollback (…)`; manual and automated tests are both done.
  private static final Pattern DRIVEN =
      Pattern.compile(
          "^((?:automatic|automated|manual|emergency) (rollback|roll-back|back-?out|deployment|release|rollout|cut-?over|switch-?over|fail-?over|recovery|restore)\\b[^(]*).*");

  /// `Canary deployment` beside `Blue-green deployment`.
  private static final Pattern STRATEGY =
      Pattern.compile(
          "^((?:blue[-/ ]green|canary|rolling|recreate|in-place|big[- ]bang) (deployment|update|release|rollout)s?)$");

  /// `The way back (canary)`.
  private static final Pattern BRACKETED =
      Pattern.compile("^(.{3,80}?) \\(((?!.*\\d)[^()]{2,40})\\)$");

  /// What brackets say when they say how; others say where, when or for whom.
  private static final Set<String> HOW =
      Set.of(
          "blue green",
          "canary",
          "rolling",
          "recreate",
          "in place",
          "big bang",
          "automatic",
          "automated",
          "manual");

  private static final Pattern PRAISE =
      Pattern.compile("\\s*[\\[(](?:recommended|preferred|default)\\b[^)\\]]*[)\\]]");

  private static final Pattern PRAISED =
      Pattern.compile("(?i)(?<!not )\\b(?:recommended|preferred)\\b");

  /// `Recommendation: Use blue-green`.
  private static final Pattern RECOMMENDATION =
      Pattern.compile(
          "(?i)^(?:(?:our )?recommendation|recommended)\\s?:\\s*(.+)|^we recommend (.+)");

  /// `Alternative: take the migrations back by hand`.
  private static final Pattern INSTEAD =
      Pattern.compile("^(?:alternatively|alternative)\\s?[:,]\\s?(.+)");

  private final List<List<String>> recommendations = new ArrayList<>();
  private final List<Family> families = new ArrayList<>();
  private final Set<String> ways = new HashSet<>(HOW);

  private Alternatives() {}

  /// All of a document's, in its order: of two of which one stands in the other, the outer one
  /// first.
  public static List<Family> of(Checklist checklist) {
    Alternatives alternatives = new Alternatives();
    alternatives.prepare(checklist.root().content());
    alternatives.visit(checklist.root(), checklist.title());
    return List.copyOf(alternatives.families);
  }

  /// A title taken apart.
  ///
  /// @param family what it has in common with the others
  /// @param name what sets it apart
  private record Title(String family, String name) {}

  /// Collects what is recommended, and what numbered ways are called: brackets may name them.
  private void prepare(List<Node> content) {
    for (Node node : content) {
      switch (node) {
        case Section section -> {
          numbered(section.title()).ifPresent(title -> ways.add(Family.key(title.name())));
          prepare(section.content());
        }
        case Item item -> prepare(item.content());
        case Line line -> {
          Matcher matcher = RECOMMENDATION.matcher(line.text());
          if (matcher.matches()) {
            List<String> words =
                Family.words(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            if (!words.contains("not") && !words.contains("avoid")) {
              recommendations.add(words);
            }
          }
        }
        case Script _, Template _ -> {}
      }
    }
  }

  private void visit(Section section, String heading) {
    content(section.content(), heading, section.purpose() == Section.Purpose.ROLLBACK);
  }

  private void content(List<Node> content, String heading, boolean rollback) {
    List<List<Section>> together = together(content);
    for (int at = 0; at < content.size(); at++) {
      switch (content.get(at)) {
        case Section section -> {
          together.stream()
              .filter(family -> family.getFirst().span().equals(section.span()))
              .forEach(family -> add(family, heading));
          visit(section, section.title());
        }
        case Item item -> content(item.content(), item.line().text(), rollback);
        case Script script -> script(script, heading, rollback);
        case Line line -> {
          boolean between =
              at > 0
                  && at + 1 < content.size()
                  && content.get(at - 1) instanceof Script before
                  && content.get(at + 1) instanceof Script after
                  && !before.commands().isEmpty()
                  && !after.commands().isEmpty();
          if (between && instead(line.text()).isPresent()) {
            between(content.subList(at - 1, at + 2), heading, rollback);
          }
        }
        case Template _ -> {}
      }
    }
  }

  /// The sections among these that are each other's alternatives.
  private List<List<Section>> together(List<Node> content) {
    Map<String, List<Section>> together = new LinkedHashMap<>();
    for (Node node : content) {
      if (node instanceof Section section) {
        title(section.title())
            .ifPresent(title ->
                together.computeIfAbsent(title.family(), _ -> new ArrayList<>()).add(section));
      }
    }
    return together.values().stream().filter(family -> family.size() > 1).toList();
  }

  private void add(List<Section> sections, String heading) {
    List<Option> options = new ArrayList<>();
    for (Section section : sections) {
      Set<Integer> lines = new HashSet<>();
      lines(section, lines);
      String name = title(section.title()).orElseThrow().name();
      boolean praised = PRAISED.matcher(section.title()).find();
      options.add(new Option(section.title(), name, List.of(section.span()), lines, praised));
    }
    boolean rollback =
        sections.stream().allMatch(section -> section.purpose() == Section.Purpose.ROLLBACK);
    boolean driven =
        rollback
            && options.size() == 2
            && options.stream().filter(option -> isAutomatic(option)).count() == 1
            && options.stream().filter(option -> isManual(option)).count() == 1;
    boolean praise = rollback || options.stream().anyMatch(Option::recommended);
    families.add(
        new Family(
            heading,
            driven ? Kind.DRIVEN : Kind.WAYS,
            rollback,
            praise ? options : recommended(options)));
  }

  /// Whether a machine begins it.
  public static boolean isAutomatic(Option option) {
    return Family.words(option.name()).stream().anyMatch(word -> word.startsWith("automat"));
  }

  private static boolean isManual(Option option) {
    return Family.words(option.name()).contains("manual");
  }

  /// The options, with the one the document's own words recommend, if they mean one alone.
  private List<Option> recommended(List<Option> options) {
    for (List<String> words : recommendations) {
      List<Option> meant =
          options.stream().filter(o -> words.containsAll(List.of(o.key().split(" ", -1)))).toList();
      if (meant.size() == 1) {
        Option one = meant.getFirst();
        return options.stream()
            .map(option ->
                new Option(
                    option.title(),
                    option.name(),
                    option.spans(),
                    option.lines(),
                    option.equals(one)))
            .toList();
      }
    }
    return options;
  }

  private static void lines(Node node, Set<Integer> lines) {
    lines.add(node.span().line());
    switch (node) {
      case Section section -> section.content().forEach(each -> lines(each, lines));
      case Item item -> {
        lines.add(item.line().span().line());
        item.content().forEach(each -> lines(each, lines));
      }
      case Script script -> script.commands().forEach(each -> lines.add(each.span().line()));
      case Line _, Template _ -> {}
    }
  }

  private Optional<Title> title(String title) {
    Optional<Title> numbered = numbered(title);
    if (numbered.isPresent()) {
      return numbered;
    }
    String written = withoutPraise(title);
    Matcher driven = DRIVEN.matcher(written.toLowerCase(Locale.ROOT));
    if (driven.matches()) {
      return Optional.of(new Title(driven.group(2), part(written, driven, 1)));
    }
    Matcher strategy = STRATEGY.matcher(written.toLowerCase(Locale.ROOT));
    if (strategy.matches()) {
      return Optional.of(new Title(strategy.group(2), part(written, strategy, 1)));
    }
    Matcher bracketed = BRACKETED.matcher(written.toLowerCase(Locale.ROOT));
    return bracketed.matches() && ways.contains(Family.key(bracketed.group(2)))
        ? Optional.of(new Title(bracketed.group(1), part(written, bracketed, 2)))
        : Optional.empty();
  }

  private static Optional<Title> numbered(String title) {
    String written = withoutPraise(title);
    Matcher matcher = NUMBERED.matcher(written.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean named = matcher.group(2) != null && !matcher.group(2).isBlank();
    return Optional.of(
        new Title(matcher.group(1), named ? part(written, matcher, 2) : written.strip()));
  }

  private static String withoutPraise(String title) {
    Matcher praise = PRAISE.matcher(title.toLowerCase(Locale.ROOT));
    return praise.find() && title.length() == title.toLowerCase(Locale.ROOT).length()
        ? title.substring(0, praise.start()) + title.substring(praise.end())
        : title;
  }

  /// A group of what matched the lower-case words, as it is written.
  private static String part(String written, Matcher matcher, int group) {
    return matcher.end() == written.length()
        ? written.substring(matcher.start(group), matcher.end(group)).strip()
        : written;
  }

  /// What these words offer instead of what stands above them.
  public static Optional<String> instead(String words) {
    Matcher matcher = INSTEAD.matcher(words.toLowerCase(Locale.ROOT));
    return matcher.matches() && words.length() == matcher.end()
        ? Optional.of(words.substring(matcher.start(1)))
        : Optional.empty();
  }

  /// Commands under `# Alternative: …` come instead of those under the comment before it.
  private void script(Script script, String heading, boolean rollback) {
    List<List<Command>> groups = new ArrayList<>();
    for (Command command : script.commands()) {
      if (groups.isEmpty() || !isSameGroup(groups.getLast().getLast(), command)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(command);
    }
    List<Option> options = new ArrayList<>();
    for (List<Command> group : groups) {
      Optional<String> instead = instead(group.getFirst().label());
      if (instead.isEmpty()) {
        close(options, heading, rollback);
      }
      options.add(option(group, instead));
    }
    close(options, heading, rollback);
  }

  private static boolean isSameGroup(Command before, Command command) {
    int next = before.span().line() + (int) before.text().lines().count();
    return before.label().equals(command.label())
        && (!command.label().isEmpty() || command.span().line() == next);
  }

  private static Option option(List<Command> group, Optional<String> instead) {
    Set<Integer> lines = new HashSet<>();
    group.forEach(command -> lines.add(command.span().line()));
    Command first = group.getFirst();
    String title =
        first.label().isBlank() ? first.text().lines().findFirst().orElse("") : first.label();
    return new Option(
        title,
        instead.orElse(title),
        group.stream().map(Command::span).toList(),
        lines,
        PRAISED.matcher(title).find());
  }

  /// The first of a family is no `Alternative` itself, unless its script begins with one.
  private void close(List<Option> options, String heading, boolean rollback) {
    if (options.size() > 1 && instead(options.getFirst().title()).isEmpty()) {
      families.add(new Family(heading, Kind.INSTEAD, rollback, options));
    }
    options.clear();
  }

  /// A script, a line that offers another one instead, and that one.
  private void between(List<Node> nodes, String heading, boolean rollback) {
    Script first = (Script) nodes.getFirst();
    Line line = (Line) nodes.get(1);
    Option main = option(first.commands(), Optional.empty());
    Set<Integer> lines = new HashSet<>();
    nodes.subList(1, 3).forEach(node -> lines(node, lines));
    Set<Integer> own = new HashSet<>();
    lines(first, own);
    families.add(
        new Family(
            heading,
            Kind.INSTEAD,
            rollback,
            List.of(
                new Option(
                    main.title(), main.name(), List.of(first.span()), own, main.recommended()),
                new Option(
                    line.text(),
                    instead(line.text()).orElseThrow(),
                    List.of(line.span(), nodes.getLast().span()),
                    lines,
                    PRAISED.matcher(line.text()).find()))));
  }
}
