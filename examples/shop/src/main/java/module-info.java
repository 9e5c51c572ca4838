/// The service that the demo deploys, and the load that its customers put on it. Nothing here knows
/// Tminus: it is an ordinary program with a production checklist.
module tminus.examples.shop {
  requires static transitive org.jspecify;
  requires java.net.http;
  requires jdk.httpserver;

  exports tminus.examples.shop;
}
