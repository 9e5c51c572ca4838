/// Local processes as slots; the built-in proxy as router and metric source.
///
/// Three parts that know each other by HTTP alone, so that each can die without the others: the
/// [tminus.adapter.local.Proxy], a process of its own that carries the traffic; the
/// [tminus.adapter.local.ProxyClient], through which the engine steers and watches it; and
/// [tminus.adapter.local.LocalProcesses], which starts and stops the versions behind it.
@NullMarked
package tminus.adapter.local;

import org.jspecify.annotations.NullMarked;
