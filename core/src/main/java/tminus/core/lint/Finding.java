package tminus.core.lint;

import java.util.Optional;

/// One place where a rule found something.
///
/// @param line where, from 1
/// @param message what is wrong there, as a sentence without a full stop
/// @param fix what to do, as a sentence without a full stop
/// @param edit the fix as a change to the text, where one is safe
public record Finding(Rule rule, int line, String message, String fix, Optional<Edit> edit) {

  public Finding {
    if (line < 1) {
      throw new IllegalArgumentException("finding: line %d - lines count from 1".formatted(line));
    }
  }
}
