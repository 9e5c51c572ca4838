/// Local processes as slots, and the built-in proxy as router and metric source.
module tminus.adapter.local {
  requires static org.jspecify;
  requires transitive tminus.engine;
  requires io.vertx.core;
  requires java.net.http;
  requires tools.jackson.databind;

  exports tminus.adapter.local;
}
