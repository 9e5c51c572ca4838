package tminus.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// Something that goes through a number of steps in sequence, each of them durable before the next
/// begins. Closing it ends what it started.
interface Contender extends AutoCloseable {

  /// Goes through so many steps that do nothing.
  ///
  /// @return the processor time it took outside this process, by programs that have ended
  Duration run(int steps) throws Exception;

  @Override
  default void close() throws IOException, SQLException {}
}
