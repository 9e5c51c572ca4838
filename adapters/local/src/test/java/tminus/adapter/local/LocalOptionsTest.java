package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.GREEN;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tminus.core.traffic.Slot;

class LocalOptionsTest {

  private static final Path STATE = Path.of("state");
  private static final List<String> COMMAND = List.of("service", "--port={port}");

  @Test
  void theUsualIsFilledIn() {
    var options = LocalOptions.of(COMMAND, Map.of(GREEN, 0), STATE);

    assertThat(options.readyPath()).isEqualTo("/ready");
    assertThat(options.versionPath()).isEqualTo("/version");
    assertThat(options.readyTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.stopTimeout()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThatThrownBy(() -> LocalOptions.of(List.of(), Map.of(GREEN, 1), STATE))
        .hasMessage("local: the command is empty - name the program and its arguments");
    assertThatThrownBy(() -> LocalOptions.of(COMMAND, Map.of(), STATE))
        .hasMessage("local: no slot - name at least one, with its port");
    assertThatThrownBy(() -> LocalOptions.of(List.of("service"), Map.of(GREEN, 0), STATE))
        .hasMessage(
            "local: slot green has its port assigned, but the command takes none - add {port} to"
                + " it");
    assertThatThrownBy(() -> LocalOptions.of(COMMAND, Map.of(new Slot("../x"), 1), STATE))
        .hasMessage("local: the slot \"../x\" becomes a file name - use letters, digits, _ and -");
    assertThatThrownBy(() -> LocalOptions.of(COMMAND, Map.of(GREEN, 70_000), STATE))
        .hasMessage("address: 70000 is not a port - use 0 to 65535");
    assertThatThrownBy(() ->
            LocalOptions.of(COMMAND, Map.of(GREEN, 1), STATE)
                .withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage(
            "local: the time-outs PT0S and PT1S must both be positive - 60 s and 15 s are usual");
  }
}
