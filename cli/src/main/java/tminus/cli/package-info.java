/// What a person types, and the wiring of all the parts.
@NullMarked
package tminus.cli;

import org.jspecify.annotations.NullMarked;
