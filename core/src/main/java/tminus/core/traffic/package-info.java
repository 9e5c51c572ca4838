/// Slots and weights: where traffic can go, and how much of it goes there.
@NullMarked
package tminus.core.traffic;

import org.jspecify.annotations.NullMarked;
