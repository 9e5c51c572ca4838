package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// The state of a simulated world, and what was done to it by whom. Confined to one thread.
///
/// What is done takes effect at the moment its caller has come to ([Agenda#moment]), which may lie
/// ahead: until then it can still be stopped. Whoever did it sees it at once, as one who waited for
/// it would.
public final class Reality {

  /// Something that was done.
  public record Done(Instant at, Doing by, Deed deed) {}

  /// A version in a slot.
  ///
  /// @param readyAt from when on it takes traffic
  record Occupant(String version, Instant readyAt) {}

  private record Pending(Instant at, Doing by, Deed deed) {}

  private final Agenda agenda;
  private final Map<Slot, Weight> weights = new LinkedHashMap<>();
  private final Map<Slot, Occupant> slots = new LinkedHashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<Done> log = new ArrayList<>();
  private final List<Consumer<Done>> asked = new ArrayList<>();
  private final List<Consumer<Done>> before = new ArrayList<>();
  private final List<Consumer<Done>> after = new ArrayList<>();
  private Doing doing = Doing.byHand();
  private Instant lastRouting = Instant.MIN;
  private Duration slowStart = Duration.ZERO;

  Reality(Agenda agenda, Slot stable, Slot candidate, String version) {
    this.agenda = agenda;
    weights.put(stable, Weight.ALL);
    weights.put(candidate, Weight.NONE);
    slots.put(stable, new Occupant(version, Instant.MIN));
  }

  /// Puts a version into a slot as if it had always been there.
  public void settled(Slot slot, String version) {
    slots.put(slot, new Occupant(version, Instant.MIN));
  }

  /// The time it lives in.
  public Agenda agenda() {
    return agenda;
  }

  /// Everything that was done, in order.
  public List<Done> log() {
    return List.copyOf(log);
  }

  /// Hears of everything when it is asked for, which may be some time before it takes effect.
  public void asked(Consumer<Done> observer) {
    asked.add(observer);
  }

  /// Hears of everything just before it takes effect.
  void before(Consumer<Done> observer) {
    before.add(observer);
  }

  /// Hears of everything just after it took effect.
  public void after(Consumer<Done> observer) {
    after.add(observer);
  }

  /// Says who does what follows.
  void doing(Doing next) {
    doing = next;
  }

  /// Who does what is being done.
  Doing doing() {
    return doing;
  }

  /// How long a version needs from its start until it takes traffic.
  void slowStart(Duration time) {
    slowStart = time;
  }

  // ---- Doing

  /// Does something, at the moment its caller has come to.
  void act(Deed deed) {
    act(deed, Duration.ZERO);
  }

  /// Does something that takes effect later.
  void act(Deed deed, Duration lag) {
    Instant at = agenda.moment().plus(lag);
    if (deed instanceof Deed.Routed) {
      // A router that is late still does one thing after the other.
      at = at.isBefore(lastRouting) ? lastRouting : at;
      lastRouting = at;
    }
    Done wanted = new Done(agenda.instant(), doing, deed);
    asked.forEach(observer -> observer.accept(wanted));
    Pending next = new Pending(at, doing, deed);
    pending.add(next);
    agenda.at(
        at,
        () -> {
          if (pending.remove(next)) {
            commit(new Done(next.at(), next.by(), next.deed()));
          }
        });
  }

  private void commit(Done done) {
    before.forEach(observer -> observer.accept(done));
    apply(done.deed(), done.at(), weights, slots);
    log.add(done);
    after.forEach(observer -> observer.accept(done));
  }

  private void apply(
      Deed deed, Instant at, Map<Slot, Weight> routed, Map<Slot, Occupant> occupied) {
    switch (deed) {
      case Deed.Routed(Map<Slot, Weight> wanted) -> {
        routed.replaceAll((_, _) -> Weight.NONE);
        routed.putAll(wanted);
      }
      case Deed.Deployed(Slot slot, String version) ->
          occupied.put(slot, new Occupant(version, at.plus(slowStart)));
      case Deed.Retired(Slot slot) -> occupied.remove(slot);
      case Deed.Ran _, Deed.Told _ -> {}
    }
  }

  /// Stops what somebody has begun: what has not taken effect yet never will.
  void stop(Doing by) {
    Instant now = agenda.instant();
    pending.removeIf(other -> other.by() == by && other.at().isAfter(now));
  }

  /// Ends what somebody has begun as the end of a process does: a request that is on its way may
  /// still arrive, and nothing comes after it.
  ///
  /// @param arrives whether what is on its way arrives
  void die(Doing by, boolean arrives) {
    Instant now = agenda.instant();
    Optional<Pending> onItsWay =
        pending.stream().filter(other -> other.by() == by && other.at().isAfter(now)).findFirst();
    pending.removeIf(other ->
        other.by() == by
            && other.at().isAfter(now)
            && !(arrives && Optional.of(other).equals(onItsWay)));
  }

  // ---- Looking

  /// How the traffic is split, as whoever has come to this moment finds it.
  Map<Slot, Weight> weights() {
    if (pending.isEmpty()) {
      return Map.copyOf(weights);
    }
    Map<Slot, Weight> seen = new LinkedHashMap<>(weights);
    Map<Slot, Occupant> ignored = new LinkedHashMap<>();
    due().forEach(next -> apply(next.deed(), next.at(), seen, ignored));
    return seen;
  }

  /// What is in a slot, as whoever has come to this moment finds it.
  Optional<Occupant> occupant(Slot slot) {
    if (pending.isEmpty()) {
      return Optional.ofNullable(slots.get(slot));
    }
    Map<Slot, Occupant> seen = new LinkedHashMap<>(slots);
    Map<Slot, Weight> ignored = new LinkedHashMap<>();
    due().forEach(next -> apply(next.deed(), next.at(), ignored, seen));
    return Optional.ofNullable(seen.get(slot));
  }

  private List<Pending> due() {
    Instant moment = agenda.moment();
    return pending.stream()
        .filter(next -> !next.at().isAfter(moment))
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .toList();
  }

  /// The slot's real share of the traffic now.
  public Weight weight(Slot slot) {
    return weights.getOrDefault(slot, Weight.NONE);
  }

  /// The version that is really in the slot; empty when there is none.
  public Optional<String> version(Slot slot) {
    return Optional.ofNullable(slots.get(slot)).map(Occupant::version);
  }

  /// Whether the slot really holds something that takes traffic now.
  public boolean isReady(Slot slot) {
    Occupant occupant = slots.get(slot);
    return occupant != null && !agenda.instant().isBefore(occupant.readyAt());
  }
}
