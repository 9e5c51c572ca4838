package tminus.adapter.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.adapter.local.ServiceProbe.Readiness;
import tminus.core.traffic.Slot;
import tminus.engine.port.PortException;
import tminus.engine.port.Target;

/// Slots that are processes on this machine, each on a loopback port.
///
/// The processes do not depend on the controller: they run on when it ends, and another one with
/// the same state folder finds them there, also when this one died while it started one: a process
/// runs its command only once it is noted down.
///
/// Safe for concurrent use; what is done to one slot is done one after the other.
public final class LocalProcesses implements Target {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  // Begins so that no program takes it for an option, and has no slash, so that it names no file
  // but
  // where the template wants it to.
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~:@=-]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(port|version|slot)}");

  private final LocalOptions options;
  private final BiConsumer<Slot, Address> moved;
  private final ServiceProbe probe;
  private final Map<Slot, ReentrantLock> locks = new LinkedHashMap<>();

  /// A target for the options' slots.
  ///
  /// @param moved told where a slot is each time a version was deployed into it, before the
  ///   deployment returns: what routes to it may need to know, [ProxyClient#move] for one
  public LocalProcesses(LocalOptions options, BiConsumer<Slot, Address> moved) {
    this.options = options;
    this.moved = moved;
    this.probe = new ServiceProbe(options);
    options.ports().keySet().forEach(slot -> locks.put(slot, new ReentrantLock()));
  }

  @Override
  public void deploy(Slot slot, String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new PortException(
          ("slot %s: \"%s\" is not a version - begin it with a letter or digit, and go on with"
                  + " letters, digits and . _ + ~ : @ = -")
              .formatted(slot, version));
    }
    alone(
        slot,
        () -> {
          bring(slot, version);
          return Optional.empty();
        });
  }

  @Override
  public Optional<Deployed> observe(Slot slot) {
    return alone(slot, () -> look(slot));
  }

  @Override
  public void retire(Slot slot) {
    alone(
        slot,
        () -> {
          stop(slot);
          return Optional.empty();
        });
  }

  /// Where the slot's process was told to listen, or empty when none runs.
  public Optional<Address> address(Slot slot) {
    return alone(slot, () -> running(slot).map(occupant -> Address.loopback(occupant.port())));
  }

  private void bring(Slot slot, String version) throws InterruptedException {
    Optional<Occupant> there = running(slot);
    if (there.isPresent() && look(slot).equals(Optional.of(new Deployed(version, true)))) {
      moved.accept(slot, Address.loopback(there.get().port()));
      return;
    }
    stop(slot);
    int port = port(slot);
    DetachedProcess held = hold(slot, version, port);
    Process process = held.process();
    boolean done = false;
    try {
      var started = process.info().startInstant();
      if (started.isPresent()) {
        file(slot).write(new Occupant(process.pid(), started.get(), version, port));
      }
      letGo(slot, held);
      awaitReady(slot, version, port, process);
      moved.accept(slot, Address.loopback(port));
      done = true;
    } finally {
      if (!done) {
        undo(slot, process.toHandle());
      }
    }
  }

  /// Ends what was started and forgets it, also when interrupted: that is when it matters.
  private void undo(Slot slot, ProcessHandle process) {
    boolean interrupted = Thread.interrupted();
    try {
      end(slot, process);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      file(slot).delete();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private DetachedProcess hold(Slot slot, String version, int port) {
    Map<String, String> values =
        Map.of("port", Integer.toString(port), "version", version, "slot", slot.name());
    List<String> command =
        options.command().stream().map(argument -> filled(argument, values)).toList();
    try {
      return DetachedProcess.hold(command, log(slot));
    } catch (IOException e) {
      throw cannotBeStarted(slot, e);
    }
  }

  private static void letGo(Slot slot, DetachedProcess held) {
    try {
      held.letGo();
    } catch (IOException e) {
      throw cannotBeStarted(slot, e);
    }
  }

  private static PortException cannotBeStarted(Slot slot, IOException e) {
    return new PortException(
        "slot %s: the command cannot be started (%s) - check that it is installed, and the path"
            .formatted(slot, e.getMessage()),
        e);
  }

  /// In one pass: a value that looks like a placeholder stays as it is.
  private static String filled(String argument, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(argument)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }

  private void awaitReady(Slot slot, String version, int port, Process process)
      throws InterruptedException {
    long deadline = System.nanoTime() + options.readyTimeout().toNanos();
    Readiness readiness = new Readiness(false, "not asked");
    while (!readiness.ready()) {
      if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(
            slot,
            "%s ended with exit code %d before it was ready"
                .formatted(version, process.exitValue()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw failed(
            slot,
            "%s was not ready within %s (%s says %s)"
                .formatted(version, options.readyTimeout(), options.readyPath(), readiness.said()));
      }
      readiness = probe.readiness(port);
    }
    Optional<String> told = probe.version(port);
    if (!told.equals(Optional.of(version))) {
      throw failed(
          slot,
          "%s was asked for, but %s says %s"
              .formatted(version, options.versionPath(), told.orElse("nothing of a version")));
    }
  }

  private PortException failed(Slot slot, String what) {
    String lines = String.join("\n  ", new LogTail(log(slot)).lines());
    return new PortException(
        "slot %s: %s - see %s, which ends:\n  %s".formatted(slot, what, log(slot), lines));
  }

  private Optional<Deployed> look(Slot slot) throws InterruptedException {
    Optional<Occupant> there = running(slot);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    int port = there.get().port();
    Optional<String> told = probe.version(port);
    boolean ready = told.isPresent() && probe.readiness(port).ready();
    // One that does not tell runs all the same, and is not ready.
    return Optional.of(new Deployed(told.orElse(there.get().version()), ready));
  }

  private Optional<Occupant> running(Slot slot) throws InterruptedException {
    return file(slot).read().filter(occupant -> occupant.process().isPresent());
  }

  private void stop(Slot slot) throws InterruptedException {
    Optional<ProcessHandle> process = file(slot).read().flatMap(Occupant::process);
    if (process.isPresent()) {
      end(slot, process.get());
    }
    file(slot).delete();
  }

  private void end(Slot slot, ProcessHandle process) throws InterruptedException {
    if (!new ProcessTree(process).end(options.stopTimeout())) {
      throw new PortException(
          "slot %s: process %d does not end, although it was killed - end it by hand"
              .formatted(slot, process.pid()));
    }
  }

  /// The slot's port, which is free.
  private int port(Slot slot) {
    int wanted = options.ports().getOrDefault(slot, 0);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PortException(
          "slot %s: port %d is in use by a process that is not the slot's - stop that process"
              .formatted(slot, wanted),
          e);
    }
  }

  private OccupantFile file(Slot slot) {
    return new OccupantFile(options.state(), slot);
  }

  private Path log(Slot slot) {
    return options.state().resolve(slot.name() + ".log");
  }

  private <T> Optional<T> alone(Slot slot, Work<T> work) {
    ReentrantLock lock = locks.get(slot);
    if (lock == null) {
      throw new PortException(
          "slot %s: unknown to the local target - use one of %s"
              .formatted(slot, options.ports().keySet()));
    }
    try {
      lock.lockInterruptibly();
      try {
        return work.run();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortException("slot %s: interrupted - ask again what it holds".formatted(slot), e);
    }
  }

  private interface Work<T> {
    Optional<T> run() throws InterruptedException;
  }
}
