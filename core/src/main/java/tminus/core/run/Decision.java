package tminus.core.run;

import java.util.List;

/// What follows from a command.
public sealed interface Decision {

  /// These events; possibly none.
  record Accepted(List<Event> events) implements Decision {

    public Accepted {
      events = List.copyOf(events);
    }
  }

  /// Nothing, because it cannot be.
  ///
  /// @param reason what is wrong and what to do, for the person who said it
  record Refused(String reason) implements Decision {}
}
