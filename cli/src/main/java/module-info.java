/// The `tminus` command: everything a person types, and the wiring of all the parts.
module tminus.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires java.net.http;
  requires org.jline;
  requires org.snakeyaml.engine;
  requires tminus.adapter.local;
  requires tminus.engine;
  requires tminus.examples.shop;
  requires tminus.server;
  requires tminus.simulation;
  requires tminus.markdown;
  requires tools.jackson.databind;

  opens tminus.cli to
      info.picocli;
}
