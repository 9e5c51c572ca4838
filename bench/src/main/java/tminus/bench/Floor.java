package tminus.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// The least that being durable costs here: nothing that survives a power cut can be quicker.
final class Floor {

  /// What a step leaves in a journal: two entries, of some 230 bytes with their hashes.
  static final int BYTES_A_STEP = 460;

  private Floor() {}

  /// Appends to a file and waits until it is on the disk (`fdatasync`).
  record File(FileChannel channel) implements Contender {

    static File in(Path folder) throws IOException {
      return new File(
          FileChannel.open(
              folder.resolve("floor"), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    @Override
    public Duration run(int steps) throws IOException {
      ByteBuffer step = ByteBuffer.allocateDirect(BYTES_A_STEP);
      for (int i = 0; i < steps; i++) {
        channel.write(step.rewind());
        channel.force(false);
      }
      return Duration.ZERO;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// Commits one row of PostgreSQL, by a statement prepared before.
  record Row(Connection connection, PreparedStatement insertion) implements Contender {

    static Row in(String jdbcUrl) throws SQLException {
      Connection connection = DriverManager.getConnection(jdbcUrl);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE floor (id BIGSERIAL PRIMARY KEY, body BYTEA)");
      }
      return new Row(
          connection, connection.prepareStatement("INSERT INTO floor (body) VALUES (?)"));
    }

    @Override
    public Duration run(int steps) throws SQLException {
      byte[] body = new byte[BYTES_A_STEP];
      for (int i = 0; i < steps; i++) {
        insertion.setBytes(1, body);
        insertion.executeUpdate();
      }
      return Duration.ZERO;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
