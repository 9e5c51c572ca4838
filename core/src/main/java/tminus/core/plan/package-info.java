/// What will happen, in order: the plan, its steps and what each of them does.
@NullMarked
package tminus.core.plan;

import org.jspecify.annotations.NullMarked;
