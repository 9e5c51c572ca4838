/// Reads Markdown into checklists, and writes runs back into the text.
///
/// The Markdown parser finds the blocks ([Blocks]), and nothing of it is seen beyond that; words
/// lose their markup here and keep their places ([Inlines], [Words]); [BlockReader] makes sections,
/// items and lines of both, [Scripts] reads the shell in them, and [LineMarks] finds in each line
/// what it asks for. Every rule of reading is a case in the tests' `reading-*.txt`.
@NullMarked
package tminus.markdown;

import org.jspecify.annotations.NullMarked;
