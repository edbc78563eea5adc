package dev.vibecoder.inngest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  @Test
  void aPortIsTakenWhileSomethingListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      assertThat(Ports.isAvailable(port)).isFalse();
      assertThat(Ports.nextAvailable(port)).isGreaterThan(port);
    }
  }

  @Test
  void aPortIsTakenWhileSomethingListensOnAllAddresses() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      assertThat(Ports.isAvailable(socket.getLocalPort())).isFalse();
    }
  }

  @Test
  void nextAvailableBeginsWithTheGivenPort() {
    int free = Ports.nextAvailable(20_000);
    assertThat(Ports.nextAvailable(free)).isGreaterThanOrEqualTo(free);
    assertThat(free).isBetween(20_000, 65_535);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void whatIsNoPortIsRefused(int port) {
    assertThatThrownBy(() -> Ports.isAvailable(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(port));
    assertThatThrownBy(() -> Ports.nextAvailable(port))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
