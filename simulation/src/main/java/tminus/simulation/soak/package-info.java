/// The engine's proof: plans nobody would write, in a world where everything goes wrong, against
/// the promises of every run.
@NullMarked
package tminus.simulation.soak;

import org.jspecify.annotations.NullMarked;
