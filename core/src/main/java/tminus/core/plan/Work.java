package tminus.core.plan;

import java.util.List;

/// Something that changes the world.
public sealed interface Work {

  /// What it does, in a few words.
  String words();

  /// The document's own commands.
  record Shell(List<ShellCommand> commands) implements Work {

    public Shell {
      commands = List.copyOf(commands);
    }

    @Override
    public String words() {
      return commands.size() == 1 ? "run a command" : "run %d commands".formatted(commands.size());
    }
  }

  /// Puts a version into the slot that plays this part.
  record Deploy(Part part, String version) implements Work {

    @Override
    public String words() {
      return "put %s into the %s slot".formatted(version, part.words());
    }
  }

  /// Takes away what is in the slot that plays this part, after draining it.
  record Retire(Part part) implements Work {

    @Override
    public String words() {
      return "retire the %s slot".formatted(part.words());
    }
  }

  /// Puts the version that was stable when the run started back into its slot: the undo of retiring
  /// it.
  record Revive() implements Work {

    @Override
    public String words() {
      return "put the stable version back into its slot";
    }
  }

  /// All traffic back to the stable version.
  record Restore() implements Work {

    @Override
    public String words() {
      return "all traffic back to the stable version";
    }
  }

  /// The part a slot plays in a run. Which slot that is comes from what serves when the run starts.
  enum Part {
    /// In production when the run starts.
    STABLE,
    /// The one coming in.
    CANDIDATE;

    /// As written in sentences.
    public String words() {
      return this == STABLE ? "stable" : "candidate";
    }
  }
}
