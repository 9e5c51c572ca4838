/// Local processes as slots; the built-in proxy as router and metric source.
@NullMarked
package tminus.adapter.local;

import org.jspecify.annotations.NullMarked;
