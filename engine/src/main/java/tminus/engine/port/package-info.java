/// The outside world as Tminus needs it: a handful of narrow interfaces, each with adapters
/// elsewhere.
///
/// Every method may be called from any thread and may block, up to the deadline its caller sets by
/// interrupting. What cannot be done or learnt is a [tminus.engine.port.PortException], whose
/// message says what and what to do.
@NullMarked
package tminus.engine.port;

import org.jspecify.annotations.NullMarked;
