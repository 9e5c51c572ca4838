package tminus.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// Where a store's tables are: the little in which the databases differ. Safe for concurrent use.
///
/// What [#write] returned from is durable.
interface Database extends AutoCloseable {

  /// What it is called in messages; without secrets.
  String name();

  /// Whether other machines write it too.
  boolean isShared();

  /// Put behind a query to keep the rows it found as they are until the transaction's end; empty
  /// where writing keeps everybody else out anyway.
  String rowLock();

  /// A placeholder for a moment, given in milliseconds since 1970.
  String moment();

  /// Connections for the scheduler of a server: it looks after them itself. Made when first asked
  /// for.
  DataSource connections();

  /// Looks something up.
  ///
  /// @throws LostException when the server cannot be reached
  /// @throws JournalException when it cannot be read
  <T> T read(Work<T> work);

  /// Changes something, in one transaction. Nothing stays when the work throws, or says so.
  ///
  /// @throws LostException when the connection was lost: nobody knows whether it was written
  /// @throws JournalException when it cannot be written, and was not
  <T> T write(Work<T> work);

  /// The same for work that is one statement, which is a transaction by itself.
  <T> T writeOne(Work<T> work);

  @Override
  void close();

  /// What is done with a connection.
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /// Puts values into a statement.
  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Makes a value of a row.
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// A connection in use, with the statements prepared on it. Confined to one thread at a time.
  final class Session implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private boolean undone;

    Session(Connection connection) {
      this.connection = connection;
    }

    /// Marks the transaction as one that leaves nothing.
    <T> T undo(T answer) {
      undone = true;
      return answer;
    }

    /// Whether it was marked so since this was asked last.
    boolean wasUndone() {
      boolean was = undone;
      undone = false;
      return was;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
      PreparedStatement known = kept.get(sql);
      if (known != null) {
        return known;
      }
      PreparedStatement made = connection.prepareStatement(sql);
      kept.put(sql, made);
      return made;
    }

    /// The rows of a query.
    <T> List<T> list(String sql, Binder binder, Reader<T> reader) throws SQLException {
      PreparedStatement statement = prepared(sql);
      binder.bind(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    }

    /// The first row of a query.
    <T> Optional<T> first(String sql, Binder binder, Reader<T> reader) throws SQLException {
      return list(sql, binder, reader).stream().findFirst();
    }

    /// Changes rows; returns how many.
    int update(String sql, Binder binder) throws SQLException {
      PreparedStatement statement = prepared(sql);
      binder.bind(statement);
      return statement.executeUpdate();
    }

    /// Runs a statement without values.
    void execute(String sql) throws SQLException {
      prepared(sql).execute();
    }

    @Override
    public void close() throws SQLException {
      for (PreparedStatement statement : kept.values()) {
        statement.close();
      }
      kept.clear();
    }
  }

  /// The server cannot be reached, or the connection to it was lost: it may be back in a moment.
  /// What was being written was written, or was not.
  final class LostException extends JournalException {

    private static final long serialVersionUID = 1L;

    LostException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
