package tminus.adapter.local;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Copies the headers of a message that are meant for its receiver, and leaves out those meant for
/// the next hop alone (RFC 9110, section 7.6.1), among them whatever `Connection` names.
final class EndToEnd {

  // Expect is the server's to answer, which it did; the rest is RFC 9110's list.
  private static final Set<String> HOP_BY_HOP =
      caseless(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  private EndToEnd() {}

  static void copy(MultiMap from, MultiMap to) {
    Set<String> named = named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!HOP_BY_HOP.contains(name) && !named.contains(name)) {
        to.add(name, header.getValue());
      }
    }
  }

  private static Set<String> named(MultiMap headers) {
    String connection = headers.get(HttpHeaders.CONNECTION);
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return Set.of();
    }
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String value : headers.getAll(HttpHeaders.CONNECTION)) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private static Set<String> caseless(String... names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }
}
