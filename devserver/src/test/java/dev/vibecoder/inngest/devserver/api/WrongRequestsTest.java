package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;

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
class WrongRequestsTest {
  private static DevServer server;

  @BeforeAll
  static void start() {
    server = DevServer.builder().port(0).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String answer(String requestLine, String body) throws IOException {
    return RawHttp.answer(server.port(), requestLine, body, "Host: localhost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/dashboard/api/runs?limit=%zz | parameter limit is wrongly encoded",
        "/dashboard/api/runs?limit=-5 | parameter limit is no whole number",
        "/dashboard/api/runs?offset=x | parameter offset is no whole number",
        "/dashboard/api/runs?offset=-1 | parameter offset is no whole number",
        "/dashboard/api/runs?status=BOGUS | parameter status is none of SCHEDULED, RUNNING,",
        "/dashboard/api/events?name=%a | parameter name is wrongly encoded",
        "/v1/events?limit=99999999999 | parameter limit is no whole number"
      })
  void namesTheParameterThatIsWrong(String path, String message) throws IOException {
    assertThat(answer("GET " + path, "")).contains(" 400 ").contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard/api/runs?limit=9999&offset=100000&status=completed",
        "/dashboard/api/runs?limit=&other=%zz"
      })
  void takesTheOthers(String path) throws IOException {
    assertThat(answer("GET " + path, "")).contains(" 200 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/e/test | { | it ends too early",
        "/e/test | {'name': x} | at line 1, column",
        "/e/test | {} x | at line 1, column",
        "/fn/register | {\"appName\":\"a\",\"functions\":5} | functions is not of the kind",
        "/fn/register | {\"appName\":\"a\",\"functions\":[{\"id\":[]}]} | functions[0].id is not",
        "/fn/register | [] | Invalid request"
      })
  void tellsWhatIsWrongWithJsonInItsOwnWords(String path, String body, String message)
      throws IOException {
    assertThat(answer("POST " + path, body))
        .contains(" 400 ")
        .contains(message)
        .doesNotContain("Source", "java.", "dev.vibecoder", "jackson", "StreamReadFeature");
  }

  @Test
  void saysThatNestingIsTooDeepWithoutNamingItsParts() throws IOException {
    assertThat(answer("POST /e/test", "{\"name\":\"a\",\"data\":" + "[".repeat(2_000)))
        .contains(" 400 ", "nested too deeply")
        .doesNotContain("StreamReadConstraints");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/p", "file://h/etc", "nourl", "http://", "mailto:a", "http://h:99999/"})
  void refusesAnAppThatCannotBeCalled(String url) throws IOException {
    assertThat(
            answer(
                "POST /fn/register",
                "{\"appName\":\"a\",\"url\":\"" + url + "\",\"functions\":[]}"))
        .contains(" 400 ")
        .contains("is no http or https URL");
    assertThat(answer("GET /api/inngest", "")).contains(" 404 ");
  }
}
