package tminus.core.plan;

import java.util.List;
import java.util.regex.Pattern;

/// Tells which commands put older data in the place of newer. What such a command loses nothing
/// brings back, so it never runs by itself.
final class DataLoss {

  /// Tools and tasks by the names that their own documentation gives them.
  private static final List<Pattern> SIGNS =
      List.of(
          // Restores of a dump or snapshot.
          Pattern.compile("\\b(pg_restore|mongorestore|mysqlimport|impdp|restore-db[\\w-]*)\\b"),
          Pattern.compile("\\b(psql|mysql|sqlite3|sqlcmd)\\b[^|;&\\n]*<"),
          Pattern.compile("\\|\\s*(\\\\\\s*)?(psql|mysql|sqlite3)\\b"),
          // Migrations backwards.
          Pattern.compile(
              "\\b(migrate|migration|db|migrations):(rollback|down|undo|revert|restore)\\b"),
          Pattern.compile(
              "\\b(flyway\\s+undo|liquibase\\s+rollback|alembic\\s+downgrade|knex\\s+migrate:rollback)"),
          Pattern.compile("\\b(psql|mysql)\\b[^|;&\\n]*-f\\s*\\S*(rollback|down|revert|restore)"));

  private DataLoss() {}

  /// Whether one of these commands may lose data.
  static boolean isPossible(List<ShellCommand> commands) {
    return commands.stream()
        .anyMatch(command -> SIGNS.stream().anyMatch(sign -> sign.matcher(command.text()).find()));
  }
}
