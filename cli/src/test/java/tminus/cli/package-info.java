@NullMarked
package tminus.cli;

import org.jspecify.annotations.NullMarked;
