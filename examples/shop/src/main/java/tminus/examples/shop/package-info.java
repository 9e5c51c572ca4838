/// A small shop over HTTP, with releases that can carry a fault, and a generator of steady load.
@NullMarked
package tminus.examples.shop;

import org.jspecify.annotations.NullMarked;
