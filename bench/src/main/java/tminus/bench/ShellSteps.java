package tminus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A loop of bash as somebody in a hurry would write it: do the step, write down that it is done,
/// and see to it that this is on the disk.
record ShellSteps(Path folder) implements Contender {

  private static final String LOOP =
      """
      TIMEFORMAT='%3U %3S'
      time for ((i = 0; i < $1; i++)); do
        true && echo "step $i: done" >>done.txt && sync --data done.txt || exit
      done
      """;

  @Override
  public Duration run(int steps) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-c", LOOP, "bash", Integer.toString(steps))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (bash.waitFor() != 0) {
      throw new IOException("bash failed: " + said);
    }
    double seconds = 0;
    for (String part : said.split(" ", -1)) {
      seconds += Double.parseDouble(part);
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
