package tminus.core.run;

import java.time.Instant;

/// A named person's go at a gate.
///
/// @param by who
/// @param at when
/// @param seen the journal entry up to which the run was shown to them: what they signed. The hash
///   chain up to it covers the plan and all evidence
/// @param option what they chose, in the document's words
public record SignOff(String by, Instant at, long seen, String option) {}
