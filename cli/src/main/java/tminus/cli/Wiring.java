package tminus.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.adapter.local.Address;
import tminus.adapter.local.LocalOptions;
import tminus.adapter.local.LocalProcesses;
import tminus.adapter.local.ProxyClient;
import tminus.cli.Place.Located;
import tminus.core.plan.Parameters;
import tminus.core.plan.Work;
import tminus.core.run.Event.Slots;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.Secrets;
import tminus.engine.Shell;
import tminus.engine.World;
import tminus.engine.port.PortException;

/// Puts the parts together: from a binding to the world a run acts on.
final class Wiring {

  /// How long a retired slot's last requests are waited for.
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final Console console;

  Wiring(Console console) {
    this.console = console;
  }

  /// Where and how a run acts.
  ///
  /// @param folder where the document's commands run
  /// @param state where local processes are remembered
  /// @param commandLimit how long one command may take
  record Setting(Path folder, Path state, Duration commandLimit) {}

  /// The world of a binding. Nothing acts on a name in place of its value.
  World world(BindingFile binding, Map<String, String> parameters, Setting setting) {
    Problems problems = new Problems();
    for (Located<String> reference : binding.references()) {
      if (!parameters.containsKey(reference.value())) {
        problems.add(
            reference.place(),
            "$%s has no value".formatted(reference.value()),
            "give it with --param %s=VALUE".formatted(reference.value()));
      }
    }
    problems.check();
    Secrets secrets = Secrets.of(console.environment());
    Shell shell = new Shell(setting.folder(), setting.commandLimit(), secrets);
    return new World(shell, this::deliver, delivery(binding, parameters, setting));
  }

  /// The terminal is the first channel: the message is in the journal and on the screen.
  private String deliver(String key, String title, String body) {
    return "only printed here, no channel is bound: " + title;
  }

  private Optional<World.Delivery> delivery(
      BindingFile binding, Map<String, String> parameters, Setting setting) {
    if (binding.local().isEmpty() || binding.proxy().isEmpty()) {
      return Optional.empty();
    }
    Written.Local local = binding.local().get();
    Map<Slot, Integer> ports = new LinkedHashMap<>();
    local
        .slots()
        .forEach((name, port) ->
            ports.put(
                new Slot(name),
                port("target.local.slots." + name, Parameters.fillReferences(port, parameters))));
    List<String> command =
        local.command().stream().map(word -> Parameters.fillReferences(word, parameters)).toList();
    Address admin = address(Parameters.fillReferences(binding.proxy().get(), parameters));
    ProxyClient proxy = new ProxyClient(admin, DRAIN, console.clock());
    LocalProcesses target =
        new LocalProcesses(
            LocalOptions.of(command, ports, setting.state().resolve("local")), proxy::move);
    return Optional.of(new World.Delivery(target, proxy, proxy));
  }

  private static Address address(String text) {
    String bare = text.replaceFirst("^http://", "");
    try {
      return Address.parse(bare);
    } catch (IllegalArgumentException | PortException e) {
      throw new UsageException(
          "router.proxy: %s is no address (%s) - host:port of the proxy's admin side"
              .formatted(text, e.getMessage()));
    }
  }

  private static int port(String where, String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException _) {
      throw new UsageException(
          "%s: %s is not a port - a number, or a $NAME given with --param".formatted(where, text));
    }
  }

  /// Which slot is which: the one with most of the traffic is stable, the other one is where the
  /// candidate goes.
  static Slots slots(World.Delivery delivery) {
    Map<Slot, Weight> weights = delivery.router().weights();
    if (weights.size() != 2) {
      throw new UsageException(
          "the router has the slots %s - two are needed".formatted(weights.keySet()));
    }
    Slot stable =
        weights.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    Slot candidate =
        weights.keySet().stream().filter(slot -> !slot.equals(stable)).findFirst().orElseThrow();
    String version =
        delivery
            .target()
            .observe(stable)
            .orElseThrow(() ->
                new UsageException(
                    "slot %s has %s of the traffic and nothing of ours runs in it - deploy the %s version first"
                        .formatted(stable, weights.get(stable), Work.Part.STABLE.words())))
            .version();
    return new Slots(stable, candidate, version);
  }
}
