/// The record of a run as one page.
@NullMarked
package tminus.server.report;

import org.jspecify.annotations.NullMarked;
