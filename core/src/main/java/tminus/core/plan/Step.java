package tminus.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;

/// One thing the plan does.
///
/// @param id its name within the plan
/// @param line where its words stand in the document, from 1
/// @param section the headings it stands under, outermost first
/// @param timing when its section is due, if the document says so
/// @param title its words
/// @param action what it does
/// @param roles who must do, sign or decide it, as the document names them; empty when it names
///   nobody
/// @param parts the steps of its parts, which come before it
/// @param form what the document leaves open in it, and where the answers go
/// @param context the document's words beside it: evidence asked for, criteria, expectations
///   without a command
/// @param timed how many of `section`'s headings lead to the one that says `timing`, itself
///   included; 0 when none does
public record Step(
    StepId id,
    int line,
    List<String> section,
    Optional<Timing> timing,
    String title,
    Action action,
    List<String> roles,
    List<StepId> parts,
    Form form,
    List<String> context,
    int timed) {

  /// A step whose time, if it has one, stands in its innermost heading.
  public Step(
      StepId id,
      int line,
      List<String> section,
      Optional<Timing> timing,
      String title,
      Action action,
      List<String> roles,
      List<StepId> parts,
      Form form,
      List<String> context) {
    this(
        id,
        line,
        section,
        timing,
        title,
        action,
        roles,
        parts,
        form,
        context,
        timing.isPresent() ? section.size() : 0);
  }

  public Step {
    section = List.copyOf(section);
    roles = List.copyOf(roles);
    parts = List.copyOf(parts);
    context = List.copyOf(context);
    boolean decidable =
        !form.choices().isEmpty() && form.choices().stream().allMatch(Mark.Choice::canBeGood);
    if (action instanceof Action.Gate && !decidable) {
      throw new IllegalArgumentException(
          "step %s: a gate that nobody can say go to - each of its choices needs a good option"
              .formatted(id));
    }
    if (timed < 0 || timed > section.size()) {
      throw new IllegalArgumentException(
          "step %s: its time is in heading %d of %d".formatted(id, timed, section.size()));
    }
  }

  /// The step with its time in that of its headings, counted from 1; 0 when it has none.
  Step timedBy(int heading) {
    return new Step(id, line, section, timing, title, action, roles, parts, form, context, heading);
  }

  /// Whether it changes something, so that it waits for the calendar to be open.
  public boolean changes() {
    return switch (action) {
      case Action.Act _, Action.Shift _ -> true;
      case Action.Attest _,
          Action.Parts _,
          Action.Check _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ ->
          false;
    };
  }

  /// The step with this form. Where all of it is computed, nobody is asked: the step follows.
  Step with(Form other) {
    Action follows =
        action instanceof Action.Attest && other.isComputed() ? new Action.Parts() : action;
    return new Step(id, line, section, timing, title, follows, roles, parts, other, context, timed);
  }

  /// The step in a plan that has only these steps: what is computed from others goes to people.
  Step among(Set<StepId> steps) {
    List<Computed> known =
        form.computed().stream().filter(one -> steps.containsAll(one.about())).toList();
    if (known.size() == form.computed().size()) {
      return this;
    }
    Action asks = form.isComputed() ? new Action.Attest() : action;
    Form other = form.with(known, form.limits());
    return new Step(id, line, section, timing, title, asks, roles, parts, other, context, timed);
  }

  /// Whether nothing after this step may start before it is settled.
  public boolean isBarrier() {
    return switch (action) {
      case Action.Act _,
          Action.Shift _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ ->
          true;
      case Action.Attest _, Action.Check _, Action.Parts _ -> false;
    };
  }

  /// The same step with another action.
  Step with(Action other) {
    return new Step(id, line, section, timing, title, other, roles, parts, form, context, timed);
  }

  /// What a step leaves open in the document.
  ///
  /// @param box the box to tick
  /// @param choices of which each gets one outcome
  /// @param fields the blanks learnt in the run
  /// @param signatures blanks a signer's name goes into; their spans are those of fields that are
  ///   not in `fields`
  /// @param computed what the run itself puts into some of the fields, unless a person says
  ///   otherwise
  /// @param limits what the values of some of the fields must be
  public record Form(
      Optional<Span> box,
      List<Mark.Choice> choices,
      List<Mark.Blank> fields,
      List<Mark.Blank> signatures,
      List<Computed> computed,
      List<Limit> limits) {

    /// Nothing to fill in.
    public static final Form NONE = new Form(Optional.empty(), List.of(), List.of(), List.of());

    public Form {
      choices = List.copyOf(choices);
      fields = List.copyOf(fields);
      signatures = List.copyOf(signatures);
      computed = List.copyOf(computed);
      limits = List.copyOf(limits);
    }

    /// A form of which nothing is computed.
    public Form(
        Optional<Span> box,
        List<Mark.Choice> choices,
        List<Mark.Blank> fields,
        List<Mark.Blank> signatures) {
      this(box, choices, fields, signatures, List.of(), List.of());
    }

    Form with(List<Computed> known, List<Limit> wanted) {
      return new Form(box, choices, fields, signatures, known, wanted);
    }

    /// What the run itself puts into the field at this position, if anything.
    public Optional<Computed> computed(int field) {
      return computed.stream().filter(one -> one.field() == field).findFirst();
    }

    /// What the value of the field at this position must be, if the document says so.
    public Optional<Limit> limit(int field) {
      return limits.stream().filter(one -> one.field() == field).findFirst();
    }

    /// The positions of the fields that only a person can fill.
    public List<Integer> asked() {
      return IntStream.range(0, fields.size())
          .filter(field -> computed(field).isEmpty())
          .boxed()
          .toList();
    }

    /// Whether all of it is computed: nothing is left to ask.
    public boolean isComputed() {
      return box.isEmpty()
          && choices.isEmpty()
          && signatures.isEmpty()
          && !fields.isEmpty()
          && asked().isEmpty();
    }
  }
}
