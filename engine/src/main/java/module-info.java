/// Makes runs happen: the ports to the outside world, the journal, the loop and the watches.
module tminus.engine {
  requires static org.jspecify;
  requires transitive tminus.core;
  requires transitive java.sql;
  requires com.github.kagkarlsson.scheduler;
  requires com.zaxxer.hikari;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;
  requires tools.jackson.databind;

  exports tminus.engine;
  exports tminus.engine.port;
}
