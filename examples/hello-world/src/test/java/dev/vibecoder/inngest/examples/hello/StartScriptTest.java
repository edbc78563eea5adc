package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartScriptTest {
  private static final String SCRIPT = "scripts/start-inngest.sh";

  @Test
  void shellCheckFindsNothing() throws Exception {
    Tool.Outcome outcome = Tool.run(Map.of(), Tool.require("shellcheck"), SCRIPT, ".ci/run");
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void explainsItself() throws Exception {
    Tool.Outcome help = Tool.run(Map.of(), Tool.require("bash"), SCRIPT, "--help");
    assertThat(help.status()).isZero();
    assertThat(help.output()).contains("--auto", "--cli", "INNGEST_DEV_PORT");
    Tool.Outcome unknown = Tool.run(Map.of(), "bash", SCRIPT, "--nonsense");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.output()).contains("unknown option --nonsense");
  }

  @Test
  void namesABusyPortAndOffersFreeOnes() throws Exception {
    Tool.require("bash");
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(busy.getLocalPort());
      Tool.Outcome outcome =
          Tool.run(Map.of("INNGEST_DEV_PORT", port, "INNGEST_CONNECT_PORT", "1"), "bash", SCRIPT);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.output()).contains("Port " + port + " is held by", "--auto");
    }
  }

  @Test
  void refusesWhatIsNoPort() throws Exception {
    Tool.Outcome outcome =
        Tool.run(Map.of("INNGEST_DEV_PORT", "nine"), Tool.require("bash"), SCRIPT);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains("INNGEST_DEV_PORT is \"nine\", which is no port");
  }
}
