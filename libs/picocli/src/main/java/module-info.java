/// The command line parser, under the module name it has in its own jar.
module info.picocli {
  requires static java.sql;

  exports picocli;
}
