/// What is read in a browser and on paper: the report of a run, its charts, the printed plan.
module tminus.server {
  requires static org.jspecify;
  requires gg.jte.runtime;
  requires java.desktop;
  requires java.logging;
  requires java.xml;
  requires openhtmltopdf.core;
  requires openhtmltopdf.pdfbox;
  requires org.apache.fontbox;
  requires org.apache.pdfbox;
  requires org.apache.pdfbox.io;
  requires transitive tminus.engine;

  exports tminus.server.chart;
  exports tminus.server.report;
}
