package dev.vibecoder.inngest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vibecoder.inngest.serve.ServeRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Methods, URLs and headers: a stranger is told nothing, and nobody breaks anything. */
class HeadersFuzzTest {
  private static final FuzzedApp CLOUD = FuzzedApp.cloud();
  private static final FuzzedApp DEV = FuzzedApp.dev();
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "get", "");
  private static final List<String> NAMES =
      List.of(
          "X-Inngest-Signature",
          "X-Inngest-Server-Kind",
          "X-Inngest-Sync-Kind",
          "Content-Type",
          "traceparent");

  @FuzzTest(maxDuration = "20s")
  void strangersAreRefused(FuzzedDataProvider data) {
    String method = data.pickValue(METHODS);
    Map<String, String> headers = new HashMap<>();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      headers.put(data.pickValue(NAMES), data.consumeString(60));
    }
    URI url;
    try {
      url = new URI("http://localhost:3000/" + data.consumeString(100));
    } catch (URISyntaxException e) {
      return;
    }
    ServeRequest request = new ServeRequest(method, url, headers, data.consumeRemainingAsBytes());

    assertThat(CLOUD.answer(request).status()).isIn(400, 401, 405);
    if (!method.equals("PUT")) {
      // A sync would be sent to a server that is not there.
      DEV.answer(request);
    }
  }
}
