package tminus.core.plan;

import java.util.Optional;
import tminus.core.judge.Condition;

/// A condition that rolls back.
///
/// @param line where it stands in the document, from 1
/// @param text its words
/// @param condition what is judged, at the run's pace; empty when only people can judge it
public record Trigger(int line, String text, Optional<Condition> condition) {}
