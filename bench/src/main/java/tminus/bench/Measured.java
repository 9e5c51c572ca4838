package tminus.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What something took: by the clock, of the processors, and of memory. The processor time is what
/// can be compared when the machine is busy with other things too.
///
/// @param millis by the clock
/// @param worked of the processors, of all threads, in milliseconds
/// @param peak the most memory the process has had at once by then, in MB; 0 where the system does
///   not say
record Measured(double millis, double worked, double peak) {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final Path STATUS = Path.of("/proc/self/status");

  /// Something to be measured; returns the processor time it took outside this process.
  @FunctionalInterface
  interface Body {
    Duration run() throws Exception;
  }

  static Measured of(Body body) throws Exception {
    long worked = SYSTEM.getProcessCpuTime();
    long began = System.nanoTime();
    Duration outside = body.run();
    long ended = System.nanoTime();
    return new Measured(
        (ended - began) / 1e6,
        (SYSTEM.getProcessCpuTime() - worked + outside.toNanos()) / 1e6,
        peakMegabytes());
  }

  private static double peakMegabytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /// The middle ones of several measurements.
  static Measured median(List<Measured> several) {
    return new Measured(
        median(several, Measured::millis),
        median(several, Measured::worked),
        median(several, Measured::peak));
  }

  private static double median(List<Measured> several, ToDoubleFunction<Measured> part) {
    return median(several.stream().mapToDouble(part).toArray());
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// Says it to the process that started this one: see [Child#measure].
  void print(String name) {
    System.out.printf(Locale.ROOT, "%s %.4f %.4f %.1f%n", name, millis, worked, peak);
    System.out.flush();
  }

  /// As a table shows it.
  String cell(int digits) {
    return String.format(
        Locale.ROOT, "%.{d}f (%.{d}f)".replace("{d}", "" + digits), millis, worked);
  }
}
