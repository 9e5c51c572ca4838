package tminus.adapter.local;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A process that outlives the one that starts it: it reads nothing, writes to a file, and is not
/// reached by the terminal's Ctrl-C.
///
/// For the last, it is started through `setsid` where that is installed, as on every Linux; the
/// process keeps the id it is started with.
///
/// It begins held, and runs its command only when let go: whoever starts it notes it down first.
/// One that dies before leaves nothing behind, and one that dies after leaves a process that is
/// known.
final class DetachedProcess {

  /// Waits for a line, which never comes from one that died, and becomes the command.
  private static final String HELD = "read -r go && exec \"$@\" </dev/null";

  private final Process process;

  private DetachedProcess(Process process) {
    this.process = process;
  }

  /// Makes the process, which does not run its command yet.
  ///
  /// @param command the program and its arguments; no shell reads them
  /// @param log where what it says goes; a log of before is kept beside it, as `NAME.1`
  /// @throws IOException when there can be none, or the log not be written
  static DetachedProcess hold(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    if (Files.exists(log)) {
      Path before = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
    }
    var whole = new ArrayList<String>();
    if (isInstalled("setsid")) {
      whole.add("setsid");
    }
    whole.addAll(List.of("sh", "-c", HELD, "sh"));
    whole.addAll(command);
    return new DetachedProcess(
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /// The process; its id and its start stay the same when it is let go.
  Process process() {
    return process;
  }

  /// Lets it run its command.
  ///
  /// @throws IOException when it has ended
  void letGo() throws IOException {
    try (OutputStream word = process.getOutputStream()) {
      word.write('\n');
    }
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
