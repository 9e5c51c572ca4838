package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "[::1]:0", "shop.example.com:65535"})
  void whatIsReadIsWrittenTheSame(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", ":8080", "host", "host:", "host:x", "host:-1", "host:123456"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .hasMessage(
            "address: \"%s\" is not a host and a port - write it as 127.0.0.1:8080"
                .formatted(text));
  }

  @Test
  void aPortHasItsLimits() {
    assertThatThrownBy(() -> Address.parse("host:65536"))
        .hasMessage("address: 65536 is not a port - use 0 to 65535");
  }

  @Test
  void loopbackIsToldByTheAddressAndNotByAName() {
    assertThat(Address.parse("127.8.9.1:1").isLoopback()).isTrue();
    assertThat(Address.parse("[::1]:1").isLoopback()).isTrue();
    assertThat(Address.parse("localhost:1").isLoopback()).isTrue();
    assertThat(Address.parse("0.0.0.0:1").isLoopback()).isFalse();
    assertThat(Address.parse("127.0.0.1.example.com:1").isLoopback()).isFalse();
  }
}
