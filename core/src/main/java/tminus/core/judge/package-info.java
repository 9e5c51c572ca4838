/// Conditions, what was observed, and the verdicts that follow.
@NullMarked
package tminus.core.judge;

import org.jspecify.annotations.NullMarked;
