package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.devserver.DevServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DoorTest {
  private static DevServer server;

  @BeforeAll
  static void start() {
    server = DevServer.builder().port(0).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String sent(DevServer to, String host, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    all[0] = "Host: " + host.replace("PORT", String.valueOf(to.port()));
    for (int i = 0; i < headers.length; i++) {
      all[i + 1] = headers[i].replace("PORT", String.valueOf(to.port()));
    }
    return RawHttp.answer(to.port(), "POST /e/test", "{\"name\":\"a\"}", all)
        .lines()
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:PORT",
        "http://127.0.0.1:PORT",
        "http://127.1.2.3:PORT",
        "http://[::1]:PORT"
      })
  void takesWhatItsOwnPagesSend(String origin) throws IOException {
    assertThat(sent(server, "localhost:PORT", "Origin: " + origin)).contains(" 200 ");
    assertThat(sent(server, "[::1]:PORT", "Origin: " + origin)).contains(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000",
        "http://localhost",
        "https://localhost:PORT",
        "http://evil.localhost:PORT",
        "https://evil.localhost",
        "http://evil.example:PORT",
        "http://evil.example",
        "null",
        "http://"
      })
  void refusesWhatOtherPagesSend(String origin) throws IOException {
    assertThat(sent(server, "localhost:PORT", "Origin: " + origin)).contains(" 403 ");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:PORT, 200",
    "LOCALHOST:PORT, 200",
    "127.0.0.1:PORT, 200",
    "127.9.9.9:PORT, 200",
    "[::1]:PORT, 200",
    "evil.example, 403",
    "evil.example:PORT, 403",
    "evil.localhost:PORT, 403",
    "127.0.0.1.evil.example, 403",
    "192.168.1.1:PORT, 403"
  })
  void answersOnlyToItsOwnNames(String host, int status) throws IOException {
    assertThat(sent(server, host)).contains(" " + status + " ");
  }

  @Test
  void answersToTheHostItWasGivenAndToLoopbackButToNoOtherName() throws IOException {
    try (DevServer everywhere = DevServer.builder().host("0.0.0.0").port(0).start()) {
      assertThat(sent(everywhere, "localhost:PORT")).contains(" 200 ");
      assertThat(sent(everywhere, "192.168.1.1:PORT")).contains(" 200 ");
      assertThat(sent(everywhere, "evil.example:PORT")).contains(" 403 ");
      assertThat(sent(everywhere, "evil.example:PORT", "Origin: http://evil.example:PORT"))
          .contains(" 403 ");
    }
    assertThat(sent(server, "localhost:PORT", "Origin: http://evil.example")).contains(" 403 ");
  }

  @Test
  void tellsAHostThatIsNoneFromABusyPort() {
    assertThatThrownBy(() -> DevServer.builder().host("nonsense.invalid").port(0).start())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("nonsense.invalid")
        .hasMessageContaining("--host")
        .hasMessageNotContaining("in use");
    assertThatThrownBy(() -> DevServer.builder().host("192.0.2.7").port(0).start())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("192.0.2.7")
        .hasMessageContaining("--host")
        .hasMessageNotContaining("in use");
  }
}
