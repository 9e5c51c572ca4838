package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Work;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.Router;

@Timeout(60)
class EffectsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:15:00Z");

  @TempDir Path folder;

  private final SimpleWorld world = new SimpleWorld();

  private Outcome perform(Action action) throws InterruptedException {
    return new Effects(world.world(folder))
        .perform("run/step#1", action, Plans.SLOTS, Optional.empty(), _ -> {});
  }

  private Outcome perform(Work work) throws InterruptedException {
    return perform(world.world(folder), work);
  }

  private static Outcome perform(World world, Work work) throws InterruptedException {
    return new Effects(world).perform(work, Plans.SLOTS, Optional.empty(), _ -> {});
  }

  private void shift(int percent) throws InterruptedException {
    world.deploy(Plans.GREEN, "v2");
    Outcome outcome = perform(new Action.Shift(new Weight(percent)));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  // ---- Traffic

  @Test
  void aShiftTellsWhatTheRouterSays() throws InterruptedException {
    world.deploy(Plans.GREEN, "v2");
    assertThat(perform(new Action.Shift(new Weight(10))))
        .isEqualTo(new Outcome.Done("blue has 90 %, green has 10 %", List.of()));
    assertThat(perform(new Work.Restore()))
        .isEqualTo(new Outcome.Done("blue has 100 %, green has 0 %", List.of()));
  }

  @Test
  void aRouterThatDoesNotObeyIsFoundOut() throws InterruptedException {
    Router deaf =
        new Router() {
          @Override
          public Map<Slot, Weight> weights() {
            return Map.of(Plans.BLUE, Weight.NONE, Plans.GREEN, Weight.ALL);
          }

          @Override
          public void route(Map<Slot, Weight> weights) {}

          @Override
          public void drain(Slot slot) {}
        };
    World disobedient =
        new World(
            world.world(folder).commands(),
            world,
            Optional.of(new World.Delivery(world, deaf, world)));
    Outcome outcome = perform(disobedient, new Work.Restore());
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(outcome.detail())
        .startsWith("the router was told that blue has 100 %, green has 0 %, and says {");
  }

  @Test
  void aSlotWithTrafficIsNotRetired() throws InterruptedException {
    shift(10);
    assertThat(perform(new Work.Retire(Work.Part.CANDIDATE)))
        .isEqualTo(
            new Outcome.Failed(
                "green still has 10 % of the traffic - shift it away first", List.of()));
    assertThat(world.versions()).containsKey(Plans.GREEN);
    shift(0);
    assertThat(perform(new Work.Retire(Work.Part.CANDIDATE)))
        .isEqualTo(new Outcome.Done("green is drained and gone", List.of()));
    assertThat(perform(new Work.Retire(Work.Part.CANDIDATE))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void theOldVersionIsRevivedInItsSlot() throws InterruptedException {
    world.retire(Plans.BLUE);
    assertThat(perform(new Work.Revive()))
        .isEqualTo(new Outcome.Done("blue runs v1 and is ready", List.of()));
  }

  @Test
  void whatAPortCannotDoIsAFailure() throws InterruptedException {
    world.fail("deploy green", 1);
    Work deploy = new Work.Deploy(Work.Part.CANDIDATE, "v2");
    assertThat(perform(deploy)).isEqualTo(new Outcome.Failed("deploy green failed", List.of()));
    assertThat(perform(deploy))
        .isEqualTo(new Outcome.Done("green runs v2 and is ready", List.of()));
    assertThat(perform(new Action.Notify("Hello", "")))
        .isEqualTo(new Outcome.Done("receipt", List.of()));
  }

  // ---- Baking

  private static Condition condition(String metric, double percent) {
    return new Condition(
        metric,
        Optional.empty(),
        Comparison.LESS,
        new Quantity(percent, Quantity.Unit.PERCENT),
        Optional.empty());
  }

  /// What the bake of a minute that began so many seconds ago says at its end; if it goes on
  /// looking, a line that says when.
  private String bake(long ago, Condition... conditions) {
    Bake bake =
        new Bake(
            new Action.Bake(Duration.ofMinutes(1), List.of(conditions)),
            NOW.minusSeconds(ago),
            InstantSource.fixed(NOW),
            time -> new Effects(world.world(folder)).observe(Plans.GREEN, time),
            outcome -> new RunCommand.Report(Plans.id("bake"), 1, outcome));
    List<RunCommand> said = bake.look();
    if (said.isEmpty()) {
      return "again at " + bake.next().orElseThrow();
    }
    assertThat(bake.next()).isEmpty();
    Outcome outcome = ((RunCommand.Report) said.getFirst()).outcome();
    return outcome.getClass().getSimpleName() + ": " + outcome.detail();
  }

  @Test
  void aBakeIsDoneWhenItsTimeIsOverAndEveryConditionIsMet() throws InterruptedException {
    shift(10);
    assertThat(bake(60, condition("error rate", 1))).isEqualTo("Done: every condition is met");
    assertThat(bake(60)).isEqualTo("Done: the time is over, no trigger fired");
  }

  @Test
  void aBakeIsNotOverBeforeItsTime() throws InterruptedException {
    shift(10);
    world.errorRate(0.5);
    assertThat(bake(59, condition("error rate", 1))).isEqualTo("again at 2026-11-20T18:15:01Z");
  }

  @Test
  void aBakeFailsWhenAConditionIsNotMet() throws InterruptedException {
    shift(10);
    world.errorRate(0.5);
    assertThat(bake(60, condition("error rate", 1)))
        .startsWith("Failed: not met: error rate < 1 %: it is 50 %");
  }

  @ParameterizedTest
  @CsvSource({
    "0,  error rate, , not enough data: error rate < 1 %: 0 requests",
    "10, cpu usage,  , not measured: cpu usage < 1 %: nothing here measures",
    "10, error rate, no answer, not measured: no answer",
  })
  void aBakeThatCannotTellAsksAPersonWhenItsPatienceIsOver(
      int percent, String metric, String blind, String told) throws InterruptedException {
    shift(percent);
    world.blind(Optional.ofNullable(blind));
    assertThat(bake(179, condition(metric, 1))).isEqualTo("again at 2026-11-20T18:15:00.250Z");
    assertThat(bake(180, condition(metric, 1))).startsWith("NeedsPerson: " + told);
  }

  @Test
  void aBakeWhoseClockWasSetBackStillLooks() throws InterruptedException {
    shift(10);
    Bake bake =
        new Bake(
            new Action.Bake(Duration.ZERO, List.of(condition("error rate", 1))),
            NOW,
            InstantSource.fixed(NOW),
            time -> new Effects(world.world(folder)).observe(Plans.GREEN, time),
            outcome -> new RunCommand.Note(outcome.detail()));
    assertThat(bake.look()).containsExactly(new RunCommand.Note("every condition is met"));
  }

  @Test
  void aWaitThatIsOverIsDoneAtOnce() {
    RunCommand over = new RunCommand.Note("over");
    Pause pause = new Pause(NOW, InstantSource.fixed(NOW), over);
    assertThat(pause.look()).containsExactly(over);
    assertThat(pause.next()).isEmpty();
    Pause longer = new Pause(NOW.plusSeconds(1), InstantSource.fixed(NOW), over);
    assertThat(longer.look()).isEmpty();
    assertThat(longer.next()).contains(NOW.plusSeconds(1));
  }

  // ---- After a crash

  @Test
  void whetherACommandHappenedIsAskedOfItsProbe() throws InterruptedException {
    Effects effects = new Effects(world.world(folder));
    Action action = Plans.shell("x", "true").action();
    assertThat(effects.observe("key", action, Optional.of(Plans.command("true"))))
        .get()
        .isInstanceOf(Outcome.Done.class);
    assertThat(effects.observe("key", action, Optional.of(Plans.command("false"))))
        .as("it has not happened")
        .isEmpty();
    assertThat(effects.observe("key", action, Optional.empty()))
        .contains(new Outcome.Unknown(Effects.CUT_OFF));
  }

  @Test
  void trafficIsNotSentBackToWhereNothingServes() throws InterruptedException {
    shift(100);
    world.retire(Plans.BLUE);
    assertThat(perform(new Work.Restore()).detail())
        .isEqualTo(
            "blue, where the stable version v1 ran, is not ready to take traffic - bring it back, then retry");
    assertThat(world.weights().get(Plans.GREEN)).isEqualTo(Weight.ALL);
  }
}
