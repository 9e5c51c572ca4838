/// Beside the command line, so that the targets reach what is its own.
@NullMarked
package tminus.cli;

import org.jspecify.annotations.NullMarked;
