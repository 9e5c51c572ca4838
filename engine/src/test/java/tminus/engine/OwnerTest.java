package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {

  @Test
  void aLeaseNamesItsOwner() {
    Owner here = Owner.current();
    assertThat(Owner.parse(here.toString())).contains(here);
    assertThat(here.isGone()).isFalse();
  }

  @Test
  void aProcessThatEndedIsGone() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    Owner here = Owner.current();
    process.waitFor();
    assertThat(new Owner(here.host(), process.pid(), here.started()).isGone()).isTrue();
  }

  @Test
  void anotherProcessOfTheSameNumberIsAnother() {
    Owner here = Owner.current();
    Owner before = new Owner(here.host(), here.pid(), here.started().minus(Duration.ofDays(1)));
    assertThat(before.isGone()).isTrue();
  }

  @Test
  void ofAnotherMachineNobodyCanTell() {
    Owner here = Owner.current();
    Owner there = new Owner(here.host() + "-2", 1, here.started());
    assertThat(there.isGone()).isFalse();
    assertThat(Owner.parse(there.toString())).contains(there);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one",
        "process 1 on vm (started 1795571634820)",
        "process 99999999999999999999 on vm (started 2026-01-01T00:00:00Z)",
        "process 1 on vm (started 2026-13-01T00:00:00Z)"
      })
  void whatNamesNoProcessIsNoOwner(String text) {
    assertThat(Owner.parse(text)).isEmpty();
  }
}
