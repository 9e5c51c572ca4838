package tminus.simulation.soak;

import java.util.OptionalInt;
import tminus.simulation.VirtualDriver;

/// Ends a process at one of the lines it goes through: once it has been lit, so many lines further
/// on. Confined to one thread.
final class Fuse {

  private OptionalInt left = OptionalInt.empty();

  /// Lights it.
  ///
  /// @param lines after how many lines the process ends; 0 for the next one
  void light(int lines) {
    left = OptionalInt.of(lines);
  }

  /// Puts it out.
  void putOut() {
    left = OptionalInt.empty();
  }

  /// The process comes to a line.
  ///
  /// @throws VirtualDriver.Killed when it ends there
  void pass(String line) {
    if (left.isEmpty()) {
      return;
    }
    if (left.getAsInt() == 0) {
      left = OptionalInt.empty();
      throw new VirtualDriver.Killed("killed " + line);
    }
    left = OptionalInt.of(left.getAsInt() - 1);
  }
}
