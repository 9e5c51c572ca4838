@NullMarked
package tminus.markdown;

import org.jspecify.annotations.NullMarked;
