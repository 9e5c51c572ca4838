/// Charts over time, drawn as SVG by a little code of our own: the report and the page use the
/// same.
@NullMarked
package tminus.server.chart;

import org.jspecify.annotations.NullMarked;
