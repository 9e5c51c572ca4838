/// A world that can be driven: virtual time, a service, a router, numbers, a database, people, and
/// faults in all of them. What plans are rehearsed in, and the engine is proved with.
module tminus.simulation {
  requires static org.jspecify;
  requires transitive tminus.core;
  requires transitive tminus.engine;

  exports tminus.simulation;
  exports tminus.simulation.soak;
}
