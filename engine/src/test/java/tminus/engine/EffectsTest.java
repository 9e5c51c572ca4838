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
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.Router;

@Timeout(60)
class EffectsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:15:00Z");

  @TempDir Path folder;

  private final SimpleWorld world = new SimpleWorld();

  private Outcome perform(Action action, Instant began) throws InterruptedException {
    return new Effects(world.world(folder), InstantSource.fixed(NOW))
        .perform(action, Plans.SLOTS, Plans.GREEN, began, _ -> {});
  }

  private Outcome perform(Work work) throws InterruptedException {
    return perform(world.world(folder), work);
  }

  private static Outcome perform(World world, Work work) throws InterruptedException {
    return new Effects(world, InstantSource.fixed(NOW)).perform(work, Plans.SLOTS, _ -> {});
  }

  private void shift(int percent) throws InterruptedException {
    world.deploy(Plans.GREEN, "v2");
    Outcome outcome = perform(new Action.Shift(new Weight(percent)), NOW);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  // ---- Traffic

  @Test
  void aShiftTellsWhatTheRouterSays() throws InterruptedException {
    world.deploy(Plans.GREEN, "v2");
    assertThat(perform(new Action.Shift(new Weight(10)), NOW))
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
            world.world(folder).shell(),
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
    assertThat(perform(new Action.Notify("Hello", ""), NOW))
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

  /// The bake of a minute began so many seconds ago.
  private Outcome bake(long ago, Condition... conditions) throws InterruptedException {
    return perform(
        new Action.Bake(Duration.ofMinutes(1), List.of(conditions)), NOW.minusSeconds(ago));
  }

  @Test
  void aBakeIsDoneWhenItsTimeIsOverAndEveryConditionIsMet() throws InterruptedException {
    shift(10);
    assertThat(bake(60, condition("error rate", 1)))
        .isEqualTo(new Outcome.Done("every condition is met", List.of()));
    assertThat(bake(60))
        .isEqualTo(new Outcome.Done("the time is over, no trigger fired", List.of()));
  }

  @Test
  void aBakeFailsWhenAConditionIsNotMet() throws InterruptedException {
    shift(10);
    world.errorRate(0.5);
    Outcome outcome = bake(60, condition("error rate", 1));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(outcome.detail()).startsWith("not met: error rate < 1 %: it is 50 %");
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
    Outcome outcome = bake(180, condition(metric, 1));
    assertThat(outcome).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(outcome.detail()).startsWith(told);
  }

  @Test
  void aBakeWhoseClockWasSetBackStillLooks() throws InterruptedException {
    shift(10);
    Outcome outcome =
        perform(new Action.Bake(Duration.ZERO, List.of(condition("error rate", 1))), NOW);
    assertThat(outcome).isEqualTo(new Outcome.Done("every condition is met", List.of()));
  }

  @Test
  void aWaitThatIsOverIsDoneAtOnce() throws InterruptedException {
    assertThat(perform(new Action.Wait(Duration.ofHours(1)), NOW.minusSeconds(3600)))
        .isEqualTo(new Outcome.Done("the time is over", List.of()));
  }
}
