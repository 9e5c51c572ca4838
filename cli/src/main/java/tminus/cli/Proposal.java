package tminus.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Family;
import tminus.core.checklist.Family.Option;
import tminus.core.checklist.Item;
import tminus.core.checklist.Span;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Placeholders;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Selection;
import tminus.core.plan.Selector;
import tminus.core.plan.Spelling;
import tminus.core.plan.Step;
import tminus.engine.Secrets;

/// A first binding: the names the document uses, and what its items may be bound to, as comments.
final class Proposal {

  private static final Pattern DEPLOY =
      Pattern.compile("(?i)^(deploy|release|install|put)\\b.*(\\[\\w*VERSION\\w*]|version|slot)");
  private static final Pattern RETIRE =
      Pattern.compile(
          "(?i)^(retire|decommission|scale down|shut down|stop|remove)\\b.*\\b(old|previous|stable|blue|green)\\b");
  private static final Pattern RESTORE =
      Pattern.compile(
          "(?i)^(give|switch|shift|route|revert|restore)\\b.*\\btraffic\\b.*\\b(back|old|previous|stable|blue)\\b");
  private static final Pattern NOTIFY =
      Pattern.compile("(?i)\\b(announce\\w*|notif\\w+|told|tell|inform\\w*|message)\\b");

  private final String name;
  private final Checklist checklist;
  private final List<Step> steps;
  private final List<Item> items;
  private final List<Family> families;
  private final StringBuilder text = new StringBuilder();

  /// @param name the document's, without folders
  /// @param plan its whole plan, with nothing bound
  Proposal(String name, Checklist checklist, Plan plan) {
    this.name = name;
    this.checklist = checklist;
    this.families = Planner.families(checklist, plan);
    this.steps = Stream.concat(plan.steps().stream(), plan.rollback().stream()).toList();
    Set<Span> boxes =
        steps.stream()
            .filter(step -> !(step.action() instanceof Action.Gate))
            .flatMap(step -> step.form().box().stream())
            .collect(Collectors.toSet());
    this.items = checklist.items().stream().filter(item -> boxes.contains(item.box())).toList();
  }

  String text() {
    line(
        "# What connects the checklist to the real world. tminus schema says what can stand here;");
    line("# what begins with # is a proposal: take the # away to use it.");
    line("checklist: " + quoted(name));
    parameters();
    people();
    choose();
    steps();
    return text.toString();
  }

  private void line(String words) {
    text.append(words).append('\n');
  }

  private void parameters() {
    Map<String, Set<Integer>> lines = new TreeMap<>();
    Placeholders.places(checklist, Placeholders.all(checklist))
        .forEach(blank ->
            lines.computeIfAbsent(blank.name(), _ -> new TreeSet<>()).add(blank.span().line()));
    if (lines.isEmpty()) {
      return;
    }
    line("");
    line("# The document's placeholders. A value here, or with each run: --param NAME=VALUE.");
    line("parameters:");
    lines.forEach((placeholder, places) -> {
      String where = places.stream().map(String::valueOf).collect(Collectors.joining(", "));
      if (Secrets.isSecret(placeholder)) {
        line(
            "  # %s (line %s) is a secret by its name: it belongs into the environment"
                .formatted(oneLine(placeholder), where));
      } else {
        line("  %s: {} # line %s".formatted(quoted(placeholder), where));
      }
    });
  }

  private void people() {
    Map<String, String> roles = new TreeMap<>();
    steps.stream()
        .flatMap(step -> step.roles().stream())
        .forEach(role -> roles.putIfAbsent(Binding.role(role), oneLine(role)));
    roles.remove("");
    if (!roles.isEmpty()) {
      line("");
      line("# Who holds the roles the document names. Shown beside them in the plan.");
      line("# people:");
      roles.values().forEach(role -> line("#   %s: []".formatted(quoted(role))));
    }
  }

  private void choose() {
    if (families.isEmpty()) {
      return;
    }
    line("");
    line("# Where the document has several ways, a run takes one. --choose goes before this.");
    line("# choose:");
    for (Family family : families) {
      Option way =
          family.options().stream()
              .filter(Option::recommended)
              .findFirst()
              .orElse(family.options().getFirst());
      for (Option option : family.options()) {
        line(
            "#   # %s, line %d%s"
                .formatted(
                    quoted(oneLine(option.name())),
                    option.line(),
                    option.recommended() ? ": recommended by the document" : ""));
      }
      if (follows(family) || family.kind() == Family.Kind.DRIVEN) {
        line(
            "#   # %s: %s, unless said here"
                .formatted(
                    quoted(oneLine(family.heading())),
                    follows(family)
                        ? "as the way above"
                        : "the automatic one where Tminus measures, else the manual one"));
        continue;
      }
      String key =
          Stream.of(family.heading(), family.options().getFirst().title())
              .map(Proposal::oneLine)
              .filter(words -> means(words, way, family))
              .findFirst()
              .orElse("line " + family.line());
      line("#   %s: %s".formatted(quoted(key), quoted(oneLine(way.name()))));
    }
  }

  /// Whether its ways are those back of the ways there: a word here would keep it from following.
  private boolean follows(Family family) {
    return family.rollback()
        && families.stream()
            .filter(other -> !other.rollback())
            .flatMap(other -> other.options().stream())
            .anyMatch(
                there -> family.options().stream().anyMatch(o -> o.key().equals(there.key())));
  }

  private boolean means(String key, Option way, Family family) {
    return Selector.find(families, new Selection(Optional.of(key), oneLine(way.name())))
        .equals(new Selector.Found.One(family, Optional.of(way)));
  }

  private void steps() {
    List<String> proposals = new ArrayList<>();
    Set<String> left = new LinkedHashSet<>();
    for (Item item : items) {
      String words = oneLine(item.line().text());
      Optional<String> proposed = proposed(item);
      if (proposed.isPresent() && isAlone(item)) {
        proposals.add(
            "#   %s: { %s } # line %d: %s"
                .formatted(quoted(words), proposed.get(), item.span().line(), why(proposed.get())));
      } else {
        String fence =
            proposed
                .map(" (its words stand twice: a tminus fence under it with %s)"::formatted)
                .orElse("");
        left.add("#   line %d: %s%s".formatted(item.span().line(), words, fence));
      }
    }
    if (!proposals.isEmpty()) {
      line("");
      line("# What items do beyond what their own words and commands say.");
      line("# steps:");
      proposals.forEach(this::line);
    }
    if (!left.isEmpty()) {
      line("");
      line(
          "# With nothing to bind them to: done by people, by their own commands, or by their words.");
      left.forEach(this::line);
    }
  }

  private Optional<String> proposed(Item item) {
    String words = item.line().text();
    if (words.isBlank()) {
      return Optional.empty();
    }
    if (DEPLOY.matcher(words).find()) {
      return Optional.of("deploy: $VERSION");
    }
    if (RETIRE.matcher(words).find()) {
      return Optional.of("retire: stable");
    }
    if (RESTORE.matcher(words).find()) {
      return Optional.of("restore: stable");
    }
    if (NOTIFY.matcher(words).find()) {
      List<String> titles =
          Placeholders.templates(checklist).keySet().stream().filter(t -> !t.isBlank()).toList();
      Optional<String> title =
          Spelling.nearest(words, titles).or(() -> titles.stream().findFirst());
      return title.map(it -> "notify: " + quoted(oneLine(it)));
    }
    return steps.stream()
        .filter(step -> step.form().box().equals(Optional.of(item.box())))
        .filter(
            step -> step.action() instanceof Action.Act || step.action() instanceof Action.Check)
        .flatMap(step -> step.roles().stream())
        .filter(role -> !role.isBlank())
        .findFirst()
        .map(role -> "attest: " + quoted(oneLine(role)));
  }

  private static String why(String proposed) {
    return switch (proposed.substring(0, proposed.indexOf(':'))) {
      case "deploy" -> "it puts a version somewhere";
      case "retire" -> "it takes the old version away";
      case "restore" -> "it gives the traffic back";
      case "notify" -> "it tells somebody, and the document has this message";
      case "attest" -> "it has commands, and names who answers for it";
      default -> "its words say so";
    };
  }

  private boolean isAlone(Item item) {
    return items.stream()
            .filter(other -> Binding.occurs(item.line().text(), other.line().text()))
            .count()
        == 1;
  }

  private static String oneLine(String words) {
    return words.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  /// A single-quoted scalar of YAML: only its quote is doubled.
  static String quoted(String words) {
    return "'" + words.replace("'", "''") + "'";
  }
}
