package tminus.core.run;

import java.util.List;

/// What came of a step's effect.
public sealed interface Outcome {

  /// In a few words, for the timeline.
  String detail();

  /// The commands that ran, if it ran any.
  List<CommandResult> results();

  /// It did what it should.
  record Done(String detail, List<CommandResult> results) implements Outcome {

    public Done {
      results = List.copyOf(results);
    }
  }

  /// It did not.
  record Failed(String detail, List<CommandResult> results) implements Outcome {

    public Failed {
      results = List.copyOf(results);
    }
  }

  /// It is done, and whether that is good only a person can say.
  record NeedsPerson(String detail, List<CommandResult> results) implements Outcome {

    public NeedsPerson {
      results = List.copyOf(results);
    }
  }

  /// Nobody knows: it was under way when the process that ran it ended.
  record Unknown(String detail) implements Outcome {

    @Override
    public List<CommandResult> results() {
      return List.of();
    }
  }
}
