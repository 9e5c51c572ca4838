/// The rules of the house: what the modules may know of each other, what a file may look like, and
/// how the launcher behaves.
@NullMarked
package tminus.house;

import org.jspecify.annotations.NullMarked;
