package tminus.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tminus.adapter.local.Address;
import tminus.adapter.local.Proxy;
import tminus.adapter.local.ProxyOptions;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Runs the built-in proxy in the foreground: the data plane, a process of its own.
@Command(
    name = "proxy",
    description = {
      "Run the built-in proxy, which splits traffic between slots by weight.",
      "It counts what each slot answers, and goes on when the process that steers it does not."
    })
final class ProxyCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where requests come in (default: ${DEFAULT-VALUE}).")
  private String listen = "127.0.0.1:8080";

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "Where it is steered, on loopback (default: ${DEFAULT-VALUE}).")
  private String admin = "127.0.0.1:8081";

  @Option(
      names = "--slot",
      required = true,
      paramLabel = "NAME=HOST:PORT",
      description = "A slot and where it answers; at least two.")
  private Map<String, String> slots = new LinkedHashMap<>();

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "NAME=PERCENT",
      description = "Shares at the start; they add up to 100.")
  private Map<String, Integer> weights = new LinkedHashMap<>();

  @Option(
      names = "--exit-with",
      paramLabel = "PID",
      hidden = true,
      description = "End when that process has ended.")
  private @Nullable Long exitWith;

  ProxyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Proxy proxy = Proxy.start(options())) {
      console.line("listening on http://%s, steered on http://%s", proxy.listen(), proxy.admin());
      console.out().flush();
      proxy.awaitClose();
    }
    return ExitCode.DONE.code();
  }

  private ProxyOptions options() {
    Map<Slot, Address> upstreams = new LinkedHashMap<>();
    Map<Slot, Weight> shares = new LinkedHashMap<>();
    try {
      slots.forEach((name, address) -> upstreams.put(new Slot(name), Address.parse(address)));
      weights.forEach((name, percent) -> shares.put(new Slot(name), new Weight(percent)));
      return new ProxyOptions(
          Address.parse(listen),
          Address.parse(admin),
          upstreams,
          shares,
          ProxyOptions.ANSWER_TIMEOUT,
          exitWith == null ? OptionalLong.empty() : OptionalLong.of(exitWith));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
