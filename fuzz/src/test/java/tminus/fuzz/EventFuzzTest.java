package tminus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import tminus.core.plan.Plan;
import tminus.core.run.Event;
import tminus.engine.Json;
import tools.jackson.core.JacksonException;

/// Any text is the JSON of an event or of a plan, or is refused as Jackson refuses: the journal
/// says then where its file is damaged.
class EventFuzzTest {

  @FuzzTest
  void event(byte[] bytes) {
    check(Inputs.text(bytes));
  }

  static void check(String json) {
    read(json, Event.class);
    read(json, Plan.class);
  }

  private static <T> void read(String json, Class<T> type) {
    Optional<T> read;
    try {
      read = Optional.ofNullable(Json.read(json, type));
    } catch (JacksonException _) {
      return;
    }
    read.ifPresent(value -> assertThat(Json.read(Json.write(value), type)).isEqualTo(value));
  }
}
