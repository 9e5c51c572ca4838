/// Pages on paper: HTML to PDF. Nothing but the reports' `pdf` comes here, so that no other command
/// loads the libraries for it.
@NullMarked
package tminus.server.print;

import org.jspecify.annotations.NullMarked;
