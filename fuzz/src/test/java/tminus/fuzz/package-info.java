/// What must hold for any input, as targets for a fuzzer. Each target's known inputs stand in the
/// resources, in the folder of its class and method, and run with the other tests.
@NullMarked
package tminus.fuzz;

import org.jspecify.annotations.NullMarked;
