/// What a checklist says that proves nothing, hides a failure or contradicts itself, rule by rule.
@NullMarked
package tminus.core.lint;

import org.jspecify.annotations.NullMarked;
