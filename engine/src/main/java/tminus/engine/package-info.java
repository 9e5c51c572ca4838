/// The journal, the loop that carries a run through, and the watches over it.
@NullMarked
package tminus.engine;

import org.jspecify.annotations.NullMarked;
