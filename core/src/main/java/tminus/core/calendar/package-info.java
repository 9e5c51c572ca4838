/// When a run may act: the windows it may act in, and the freezes in which it may not.
@NullMarked
package tminus.core.calendar;

import org.jspecify.annotations.NullMarked;
