@NullMarked
package tminus.core.calendar;

import org.jspecify.annotations.NullMarked;
