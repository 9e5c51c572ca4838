package tminus.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tminus.core.checklist.Checklist;
import tminus.core.lint.Linter;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.run.Decider;
import tminus.core.run.Event;
import tminus.core.run.FilledDocument;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.markdown.MarkdownReader;

/// How long reading, planning, filling in and linting take for each megabyte of a document, and how
/// much of it stays in memory. What is linear takes as long for each megabyte of a long document as
/// of a short one.
///
/// Arguments: shapes by their names, or parts of them; sizes in kB, each a number. Without shapes,
/// checklists only; `all` means all. Without sizes, 10 kB to 50 MB.
public final class ReadingBenchmark {

  private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000, 50_000);

  /// A small document is read so often that it adds up to this many characters; a large one once.
  private static final int READ_AT_LEAST = 3_000_000;

  /// What takes longer for a megabyte is not tried on a longer document.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PrintStream out;

  private ReadingBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.matches("\\d{1,6}")) {
        sizes.add(Integer.valueOf(argument));
      } else {
        names.add(argument);
      }
    }
    new ReadingBenchmark(System.out)
        .run(names.isEmpty() ? List.of("checklist") : names, sizes.isEmpty() ? SIZES : sizes);
  }

  private void run(List<String> names, List<Integer> sizes) {
    warmUp();
    out.printf(
        "%-24s %8s %9s %9s %9s %9s %10s%n",
        "CPU ms for each MB", "size", "read", "plan", "fill", "lint", "kept MB/MB");
    for (Map.Entry<String, IntFunction<String>> shape : Shapes.all().entrySet()) {
      boolean wanted =
          names.stream().anyMatch(name -> name.equals("all") || shape.getKey().contains(name));
      for (int i = 0; wanted && i < sizes.size(); i++) {
        wanted = measure(shape.getKey(), shape.getValue().apply(sizes.get(i) * 1_000));
      }
    }
  }

  /// Until the compiler has done with what is hot.
  private static void warmUp() {
    String text = Shapes.all().values().iterator().next().apply(50_000);
    for (int i = 0; i < 60; i++) {
      Checklist checklist = MarkdownReader.read("bench.md", text);
      Planner.plan(checklist, Binding.NONE);
      Linter.lint(checklist, text, Binding.NONE);
    }
  }

  /// One line; whether a longer document can be tried.
  private boolean measure(String name, String text) {
    int times = Math.max(1, READ_AT_LEAST / text.length());
    long before = used();
    Timed<Checklist> read = timed(times, () -> MarkdownReader.read("bench.md", text));
    Timed<Plan> plan = timed(times, () -> Planner.plan(read.value, Binding.NONE));
    long kept = used() - before;
    RunState state = begun(plan.value);
    Timed<String> filled =
        timed(times, () -> new FilledDocument(text, read.value, state, List.of()).text());
    Timed<?> lint = timed(times, () -> Linter.lint(read.value, text, Binding.NONE));
    double megabytes = text.length() / 1e6;
    out.printf(
        Locale.ROOT,
        "%-24s %5d kB %9.1f %9.1f %9.1f %9.1f %10.1f%n",
        name,
        text.length() / 1_000,
        read.millis / megabytes,
        plan.millis / megabytes,
        filled.millis / megabytes,
        lint.millis / megabytes,
        kept / 1e6 / megabytes);
    double slowest =
        Math.max(Math.max(read.millis, plan.millis), Math.max(filled.millis, lint.millis));
    return slowest / megabytes < PATIENCE.toMillis();
  }

  /// A run that has just begun.
  private static RunState begun(Plan plan) {
    RunCommand.Start start =
        new RunCommand.Start(plan, "hash", Event.CommandPolicy.NEVER, Optional.empty());
    return RunState.start(new Recorded(Instant.EPOCH, "Ada", Decider.begin(start)));
  }

  private record Timed<T>(T value, double millis) {}

  /// What it gives, and how long the processor works for it on average, the collector included:
  /// unlike the time that passes, that does not tell of what else the machine does.
  private static <T> Timed<T> timed(int times, Supplier<T> work) {
    Duration begin = worked();
    T value = work.get();
    for (int i = 1; i < times; i++) {
      value = work.get();
    }
    return new Timed<>(value, worked().minus(begin).toNanos() / 1e6 / times);
  }

  private static Duration worked() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
