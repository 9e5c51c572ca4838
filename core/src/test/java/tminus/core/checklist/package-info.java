@NullMarked
package tminus.core.checklist;

import org.jspecify.annotations.NullMarked;
