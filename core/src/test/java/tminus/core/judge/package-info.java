@NullMarked
package tminus.core.judge;

import org.jspecify.annotations.NullMarked;
