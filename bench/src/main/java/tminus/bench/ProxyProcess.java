package tminus.bench;

import java.util.Map;
import tminus.adapter.local.Address;
import tminus.adapter.local.Proxy;
import tminus.adapter.local.ProxyOptions;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// The built-in proxy as a process of its own: `ProxyProcess LISTEN ADMIN BLUE GREEN`, all ports on
/// loopback.
final class ProxyProcess {

  private ProxyProcess() {}

  public static void main(String[] ports) throws InterruptedException {
    var blue = new Slot("blue");
    var green = new Slot("green");
    var options =
        ProxyOptions.of(
            address(ports[0]),
            address(ports[1]),
            Map.of(blue, address(ports[2]), green, address(ports[3])),
            Map.of(blue, Weight.ALL));
    try (var proxy = Proxy.start(options)) {
      proxy.awaitClose();
    }
  }

  private static Address address(String port) {
    return Address.loopback(Integer.parseInt(port));
  }
}
