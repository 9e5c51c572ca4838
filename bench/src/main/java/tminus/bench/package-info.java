/// Measurements against peers and limits. Run by hand; what they print depends on the machine.
@NullMarked
package tminus.bench;

import org.jspecify.annotations.NullMarked;
