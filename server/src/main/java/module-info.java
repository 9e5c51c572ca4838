/// What is read in a browser: the report of a run, and its charts.
module tminus.server {
  requires static org.jspecify;
  requires gg.jte.runtime;
  requires transitive tminus.engine;

  exports tminus.server.chart;
  exports tminus.server.report;
}
