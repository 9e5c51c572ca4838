/// What all of the core has in common.
@NullMarked
package tminus.core;

import org.jspecify.annotations.NullMarked;
