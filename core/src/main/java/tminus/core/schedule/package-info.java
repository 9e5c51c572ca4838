/// When each step is due, what is late, what is critical, and when a run will end.
@NullMarked
package tminus.core.schedule;

import org.jspecify.annotations.NullMarked;
