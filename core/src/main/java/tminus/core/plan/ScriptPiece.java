package tminus.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tminus.core.checklist.Command;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.judge.Condition;

/// A piece of a script that is one step of the plan: the commands between two comments that ask for
/// something, or such a comment.
sealed interface ScriptPiece {

  /// Commands that run one after the other.
  record Run(List<Command> commands) implements ScriptPiece {

    public Run {
      commands = List.copyOf(commands);
    }
  }

  /// Lets time pass.
  ///
  /// @param line its words
  /// @param beside the comments that say what must hold meanwhile
  /// @param asked whether one of those asks a person to look
  record Pause(Line line, Duration duration, List<Line> beside, boolean asked)
      implements ScriptPiece {

    public Pause {
      beside = List.copyOf(beside);
    }

    /// What must hold, as far as it can be measured.
    List<Condition> conditions() {
      return Stream.concat(Stream.of(line), beside.stream())
          .flatMap(note -> note.marks(Mark.Threshold.class).stream())
          .map(Mark.Threshold::condition)
          .toList();
    }
  }

  /// Asks for something to be done.
  ///
  /// @param details the comments that say more about it
  /// @param measured whether a wait before it measures all that the details name
  record Ask(Line line, List<Line> details, boolean measured) implements ScriptPiece {

    public Ask {
      details = List.copyOf(details);
    }
  }

  /// Asks for something to be written down.
  record Form(Line line) implements ScriptPiece {}

  /// Says something.
  record Remark(Line line) implements ScriptPiece {}
}
