/// The words of Tminus as records and sealed types, and everything that is decided about them.
///
/// Nothing in here reads a clock, a file, a socket or a random number, starts a thread or writes a
/// log: what it needs to know comes in as a value, what it decides goes out as a value. That is
/// what makes runs replayable.
module tminus.core {
  requires static transitive org.jspecify;

  exports tminus.core.calendar;
  exports tminus.core.checklist;
  exports tminus.core.judge;
  exports tminus.core.lint;
  exports tminus.core.plan;
  exports tminus.core.run;
  exports tminus.core.schedule;
  exports tminus.core.traffic;
}
