/// Reads Markdown into checklists, and writes runs back into the text.
@NullMarked
package tminus.markdown;

import org.jspecify.annotations.NullMarked;
