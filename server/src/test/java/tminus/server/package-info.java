/// Runs to report, written by hand.
@NullMarked
package tminus.server;

import org.jspecify.annotations.NullMarked;
