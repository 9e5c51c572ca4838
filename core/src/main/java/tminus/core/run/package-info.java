/// One execution of a plan as a pure state machine: [tminus.core.run.Decider] says which events
/// follow from a command, [tminus.core.run.RunState#evolve] says what they make of the run.
@NullMarked
package tminus.core.run;

import org.jspecify.annotations.NullMarked;
