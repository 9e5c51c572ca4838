package tminus.adapter.local;

import java.io.File;
import java.io.IOException;
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
public final class DetachedProcess {

  private static final File NOTHING = new File("/dev/null");

  private DetachedProcess() {}

  /// Starts it.
  ///
  /// @param command the program and its arguments; no shell reads them
  /// @param log where what it says goes; a log of before is kept beside it, as `NAME.1`
  /// @throws IOException when the program cannot be started, or the log not be written
  public static Process start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    if (Files.exists(log)) {
      Path before = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
    }
    var whole = new ArrayList<String>();
    if (isInstalled("setsid")) {
      whole.add("setsid");
    }
    whole.addAll(command);
    return new ProcessBuilder(whole)
        .redirectInput(NOTHING)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
