/// A whole deployment in virtual time: the real engine, and a world that is made up.
///
/// [tminus.simulation.Rehearsal] goes through a plan; [tminus.simulation.Fault] says what goes
/// wrong on the way; [tminus.simulation.CheckProof] shows which checks would notice a broken
/// service at all. The parts can be had one by one: [tminus.simulation.Agenda] is time,
/// [tminus.simulation.SimulatedWorld] implements the ports of the engine, and
/// [tminus.simulation.VirtualDriver] drives a run in it.
///
/// One thread and one seed: the same seed gives the same run, event by event. Nothing here is safe
/// for use by several threads; several simulations side by side are.
@NullMarked
package tminus.simulation;

import org.jspecify.annotations.NullMarked;
