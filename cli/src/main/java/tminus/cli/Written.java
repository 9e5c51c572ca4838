package tminus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tminus.cli.Place.Located;
import tminus.core.calendar.Calendar;
import tminus.core.calendar.Freeze;
import tminus.core.calendar.Window;
import tminus.core.plan.Binding;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Selection;

/// What one place of a binding says, with where it says so.
///
/// A further key is a component here, with its line in [#referringTo] and [#over], and one in
/// [BindingReader]; the tests then ask for its line in the schema and its section in
/// `docs/binding.md`.
///
/// @param checklist the document it is about, as a path beside it
/// @param parameters by name
/// @param people who holds which role
/// @param choose which ways are taken; what stands first counts
/// @param steps what items do, by wording
/// @param local how versions are put into slots as processes of this machine
/// @param proxy the admin address of the built-in proxy
/// @param pace how many times faster than written waits are
/// @param windows when a run may begin to act
/// @param freezes when it may not, whatever the windows say
/// @param policy what it says of gates, triggers and the way back
/// @param references the names it refers to as `$NAME`
record Written(
    Optional<Located<String>> checklist,
    Map<String, Parameter> parameters,
    Map<String, Located<List<String>>> people,
    List<Located<Selection>> choose,
    Map<String, Located<Bound>> steps,
    Optional<Local> local,
    Optional<String> proxy,
    Optional<Double> pace,
    Optional<List<Window>> windows,
    Optional<List<Freeze>> freezes,
    WrittenPolicy policy,
    List<Located<String>> references) {

  static final Written NOTHING = referringTo(List.of());

  /// One that refers to these names, and says nothing.
  static Written referringTo(List<Located<String>> references) {
    return new Written(
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        WrittenPolicy.NOTHING,
        references);
  }

  /// What is known of a parameter.
  ///
  /// @param place of its name
  /// @param value its value, unless it is to be given with each run
  /// @param pattern what its value must look like, whoever gives it
  record Parameter(Place place, Optional<String> value, Optional<Located<Pattern>> pattern) {}

  /// Versions as processes on loopback.
  ///
  /// @param slots each slot's port, as written: a number, or a `$NAME`
  /// @param command the program and its arguments, with `{port}`, `{version}` and `{slot}` filled
  ///   in later
  record Local(Map<String, String> slots, List<String> command) {}

  /// Both together. What both say is as this one says it; names are the same as in [Binding].
  Written over(Written other) {
    return new Written(
        checklist.or(other::checklist),
        merged(parameters, other.parameters, name -> name),
        merged(people, other.people, Binding::role),
        joined(choose, other.choose),
        merged(steps, other.steps, Binding::fold),
        local.or(other::local),
        proxy.or(other::proxy),
        pace.or(other::pace),
        windows.or(other::windows),
        freezes.or(other::freezes),
        policy.over(other.policy),
        joined(other.references, references));
  }

  /// When a run may begin to act.
  Calendar calendar() {
    return new Calendar(windows.orElse(List.of()), freezes.orElse(List.of()));
  }

  /// The same, referring to these names as well.
  Written referring(List<Located<String>> more) {
    return referringTo(more).over(this);
  }

  /// Both together, by wordings; what both say is as the first one says it.
  static <T> Map<String, T> byWording(Map<String, T> first, Map<String, T> second) {
    return merged(first, second, Binding::fold);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  private static <T> Map<String, T> merged(
      Map<String, T> first, Map<String, T> second, UnaryOperator<String> sameness) {
    Map<String, T> merged = new LinkedHashMap<>(second);
    merged
        .keySet()
        .removeIf(name ->
            first.keySet().stream()
                .anyMatch(other -> sameness.apply(other).equals(sameness.apply(name))));
    merged.putAll(first);
    return merged;
  }
}
