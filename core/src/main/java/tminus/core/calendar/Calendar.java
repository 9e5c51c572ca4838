package tminus.core.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tminus.core.calendar.Window.Stretch;

/// When a run may begin to act: within one of the windows, if there are any, and in none of the
/// freezes. Immutable. What has begun is finished or taken back whatever the calendar says.
///
/// @param windows when it may; without any, always
/// @param freezes when it may not, whatever the windows say
public record Calendar(List<Window> windows, List<Freeze> freezes) {

  /// At any time.
  public static final Calendar ALWAYS = new Calendar(List.of(), List.of());

  /// How far [#at] looks for the end of windows that touch each other: more than a year, so that
  /// each change of a clock is met.
  public static final Duration HORIZON = Duration.ofDays(400);

  public Calendar {
    windows = List.copyOf(windows);
    freezes = List.copyOf(freezes);
  }

  /// Whether a run may begin to act.
  public sealed interface State {

    /// It may.
    ///
    /// @param until when it may not any more; empty when that is not within [#HORIZON], or never
    record Open(Optional<Instant> until) implements State {}

    /// It may not.
    ///
    /// @param reason why, in a few words
    /// @param opens when it may again; empty when nobody knows: it never does as far as is said
    record Closed(String reason, Optional<Instant> opens) implements State {}
  }

  /// Whether a run may begin to act at that moment.
  public State at(Instant moment) {
    Optional<Freeze> freeze = freeze(moment);
    if (freeze.isPresent()) {
      return new State.Closed("freeze: " + freeze.get().words(), opens(moment));
    }
    if (!windows.isEmpty() && around(moment).isEmpty()) {
      return new State.Closed(
          "outside the windows: "
              + windows.stream().map(Window::words).collect(Collectors.joining("; ")),
          opens(moment));
    }
    return new State.Open(closes(moment));
  }

  private Optional<Freeze> freeze(Instant moment) {
    // Of several, the one that lasts longest: its reason is the one that counts.
    return freezes.stream()
        .filter(freeze -> freeze.contains(moment))
        .max(Comparator.comparing(freeze -> freeze.end().orElse(Instant.MAX)));
  }

  private Optional<Stretch> around(Instant moment) {
    return windows.stream()
        .flatMap(window -> window.around(moment).stream())
        .max(Comparator.comparing(Stretch::end));
  }

  private Optional<Stretch> after(Instant moment) {
    return windows.stream()
        .flatMap(window -> window.after(moment).stream())
        .min(Comparator.comparing(Stretch::begin));
  }

  /// The first moment from this one on that is open. It goes on from the end of a freeze or to the
  /// beginning of a window: between two freezes there is at most one such beginning, so the number
  /// of steps is bounded by that of the freezes.
  private Optional<Instant> opens(Instant from) {
    Instant moment = from;
    while (true) {
      Optional<Freeze> freeze = freeze(moment);
      if (freeze.isPresent()) {
        if (freeze.get().end().isEmpty()) {
          return Optional.empty();
        }
        moment = freeze.get().end().get();
      } else if (windows.isEmpty() || around(moment).isPresent()) {
        return Optional.of(moment);
      } else {
        Optional<Stretch> next = after(moment);
        if (next.isEmpty()) {
          return Optional.empty();
        }
        moment = next.get().begin();
      }
    }
  }

  private Optional<Instant> closes(Instant from) {
    List<Instant> ends = new ArrayList<>();
    freezes.stream().map(Freeze::begin).filter(begin -> begin.isAfter(from)).forEach(ends::add);
    if (!windows.isEmpty()) {
      windowsClose(from).ifPresent(ends::add);
    }
    return ends.stream().min(Comparator.naturalOrder());
  }

  /// The end of the windows that overlap or touch each other from this moment on.
  private Optional<Instant> windowsClose(Instant from) {
    Instant moment = from;
    while (Duration.between(from, moment).compareTo(HORIZON) < 0) {
      Optional<Stretch> stretch = around(moment);
      if (stretch.isEmpty()) {
        return Optional.of(moment);
      }
      moment = stretch.get().end();
    }
    return Optional.empty();
  }
}
