/// What pages say, in words and in order; the templates only lay it out.
@NullMarked
package tminus.server.page;

import org.jspecify.annotations.NullMarked;
