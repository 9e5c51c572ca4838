package tminus.simulation;

import java.util.regex.Pattern;

/// What a command does to a database, by its words.
enum DatabaseWork {
  /// Takes a copy that can be restored.
  BACKS_UP,
  /// Changes the schema or the data.
  MIGRATES,
  /// Puts a copy back: what was written since is lost.
  RESTORES,
  /// Nothing.
  NONE;

  private static final Pattern RESTORE =
      Pattern.compile(
          "\\bpg_restore\\b|\\bmongorestore\\b|restore-db|gunzip[^|]*\\|\\s*(psql|mysql)|"
              + "(psql|mysql)[^\\n]*<[^\\n]*(backup|dump)|\\brestore\\b[^\\n]*\\b(backup|snapshot|dump|database|db)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BACKUP =
      Pattern.compile(
          "\\bpg_dump(all)?\\b|\\bmysqldump\\b|\\bmongodump\\b|create-db-(cluster-)?snapshot|\\bpg_basebackup\\b|\\bbackup\\b[^\\n]*\\b(create|run|database|db)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MIGRATION =
      Pattern.compile(
          "\\bmigrat(e|ion|ions)\\b|\\bflyway\\b|\\bliquibase\\b|\\balembic\\b|\\bpsql\\b[^\\n]*\\s-f\\b|\\bprisma\\b|\\bknex\\b",
          Pattern.CASE_INSENSITIVE);

  /// By the command's words.
  static DatabaseWork of(String command) {
    if (RESTORE.matcher(command).find()) {
      return RESTORES;
    }
    if (BACKUP.matcher(command).find()) {
      return BACKS_UP;
    }
    return MIGRATION.matcher(command).find() ? MIGRATES : NONE;
  }
}
