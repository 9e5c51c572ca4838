/// The Markdown document, as read: sections, items, commands, blanks, each with its place in the
/// text.
@NullMarked
package tminus.core.checklist;

import org.jspecify.annotations.NullMarked;
