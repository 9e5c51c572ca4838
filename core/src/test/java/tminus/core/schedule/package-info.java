@NullMarked
package tminus.core.schedule;

import org.jspecify.annotations.NullMarked;
