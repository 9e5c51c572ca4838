package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells whether SQL given to a database's command line only looks.
final class Queries {

  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\s*(SELECT|SHOW|EXPLAIN|WITH|TABLE|VALUES|DESCRIBE|DESC)\\b.*", Pattern.DOTALL);

  /// `\d`, `\dt+ orders`, `\l`: psql's own words that list what is there.
  private static final Pattern LISTS =
      Pattern.compile("\\\\(d\\w*|l|conninfo|sf)\\b\\+?[^\\\\;`]*");

  /// Words that change something wherever they stand in a statement, a common table expression for
  /// example; and a quoted name before a parenthesis, which may be any function's.
  private static final Pattern CHANGES =
      Pattern.compile(
          "\\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|DROP|ALTER|CREATE|GRANT|REVOKE|INTO|CALL|DO|COPY|VACUUM|REINDEX"
              + "|REFRESH|CLUSTER|LOCK|SET|RESET|NOTIFY|LISTEN|COMMENT|IMPORT|EXECUTE|PREPARE|OUTFILE|DUMPFILE)\\b|''\\s*\\(");

  /// Quoted text says nothing about what a statement does. `'it''s'` counts as two.
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

  private static final Pattern FUNCTION = Pattern.compile("\\b([A-Z_][A-Z0-9_]*)\\s*\\(");

  /// Functions and words before a parenthesis that read; any other may do anything.
  private static final Set<String> READS =
      Set.of(
          ("ABS ALL AND ANY ARRAY ARRAY_AGG AS AVG BETWEEN BOOL_AND BOOL_OR BY CASE CAST CEIL COALESCE CONCAT COUNT"
                  + " CHAR CURRENT_DATABASE CURRENT_SETTING DATE DATE_PART DATE_TRUNC DISTINCT ELSE EXISTS EXPLAIN EXTRACT"
                  + " FILTER FLOOR FROM GREATEST GROUP HAVING IFNULL IN INTERVAL JOIN JSON_AGG LEAST LEFT LENGTH LIKE LIMIT"
                  + " LOWER MAX MD5 MIN NOT NOW NULLIF NUMERIC ON OR OVER PERCENTILE_CONT PG_CURRENT_WAL_LSN PG_DATABASE_SIZE"
                  + " PG_INDEXES_SIZE PG_IS_IN_RECOVERY PG_LAST_WAL_RECEIVE_LSN PG_LAST_WAL_REPLAY_LSN"
                  + " PG_LAST_XACT_REPLAY_TIMESTAMP PG_POSTMASTER_START_TIME PG_RELATION_SIZE PG_SIZE_PRETTY PG_TABLE_SIZE"
                  + " PG_TOTAL_RELATION_SIZE PG_WAL_LSN_DIFF RANK ROUND ROW_NUMBER SELECT STRING_AGG SUBSTRING SUM"
                  + " THEN TO_CHAR TO_TIMESTAMP TRIM UNION UPPER USING VALUES VARCHAR VERSION WHEN WHERE WITHIN")
              .split(" "));

  /// Flags of psql that read no file and write none, and then its other options that do neither.
  private static final String PSQL_FLAGS = "-[AtqXxwWlVeEbna10]*";

  private static final String PSQL_OPTIONS =
      PSQL_FLAGS
          + "|-[hpUdvFPR].+"
          + "|--(host|port|username|dbname|set|variable|field-separator|record-separator|pset)=.*"
          + "|--(no-align|tuples-only|quiet|no-psqlrc|expanded|no-password|list|csv|echo-all|single-transaction)";

  /// A backslash, a comment or a dollar quote could make what follows mean something else.
  private static final Pattern CONFUSES = Pattern.compile("\\\\|--|/\\*|\\$\\w*\\$");

  private Queries() {}

  /// Whether `psql` with these arguments only looks.
  static boolean psqlLooks(List<String> arguments) {
    List<String> queries = new ArrayList<>();
    boolean lists = false;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean last = i + 1 == arguments.size();
      if (word.matches(PSQL_FLAGS + "c|--command") && !last) {
        queries.add(arguments.get(++i));
      } else if (word.startsWith("--command=")) {
        queries.add(word.substring("--command=".length()));
      } else if (word.matches(PSQL_FLAGS + "[hpUdvFPR]")) {
        i++;
      } else if (!word.startsWith("-") || word.matches(PSQL_OPTIONS)) {
        lists |= word.matches("-l|--list|-V");
      } else {
        return false;
      }
    }
    return queries.isEmpty() ? lists : queries.stream().allMatch(Queries::onlyLooks);
  }

  /// Whether `mysql` with these arguments only looks.
  static boolean mysqlLooks(List<String> arguments) {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.matches("-[NBst]*e|--execute") && i + 1 < arguments.size()) {
        queries.add(arguments.get(++i));
      } else if (word.startsWith("--execute=")) {
        queries.add(word.substring("--execute=".length()));
      } else if (word.matches("--(init-command|tee).*")) {
        return false;
      }
    }
    return !queries.isEmpty() && queries.stream().allMatch(Queries::onlyLooks);
  }

  private static boolean onlyLooks(String sql) {
    if (LISTS.matcher(sql.strip()).matches()) {
      return true;
    }
    if (CONFUSES.matcher(sql).find()) {
      return false;
    }
    String bare = QUOTED.matcher(sql).replaceAll("''").toUpperCase(Locale.ROOT);
    for (String statement : bare.split(";", -1)) {
      boolean looks =
          STATEMENT.matcher(statement).matches()
              && !CHANGES.matcher(statement).find()
              && FUNCTION
                  .matcher(statement)
                  .results()
                  .map(found -> found.group(1))
                  .allMatch(READS::contains);
      if (!statement.isBlank() && !looks) {
        return false;
      }
    }
    return !bare.isBlank();
  }
}
