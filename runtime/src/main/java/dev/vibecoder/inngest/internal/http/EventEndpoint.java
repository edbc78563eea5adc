package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SdkVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where events go and what every request to there has.
 *
 * @param url with the key in it: never to be shown
 * @param headers the headers
 */
record EventEndpoint(URI url, Map<String, String> headers) {
  /**
   * The endpoint of an app.
   *
   * @throws InngestException if there is no event key
   */
  static EventEndpoint of(InngestOptions options) {
    String key =
        options
            .eventKey()
            .orElseThrow(
                () ->
                    new InngestException(
                        "There is no event key. Set INNGEST_EVENT_KEY, or INNGEST_DEV=1 to send to"
                            + " a development server."));
    String segment = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put(ProtocolHeaders.SDK, SdkVersion.HEADER);
    options.environment().ifPresent(name -> headers.put(ProtocolHeaders.ENV, name));
    options.platform().ifPresent(name -> headers.put(ProtocolHeaders.PLATFORM, name));
    return new EventEndpoint(URI.create(options.eventUrl() + "/e/" + segment), headers);
  }

  HttpCall call(
      byte[] body,
      String seed,
      @Nullable TraceHeaders trace,
      boolean compressed,
      int maxReplyBytes) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(ProtocolHeaders.EVENT_ID_SEED, seed);
    if (trace != null) {
      trace.addTo(all);
    }
    if (compressed) {
      all.put("Content-Encoding", "gzip");
    }
    return new HttpCall("POST", url, all, body, maxReplyBytes);
  }

  @Override
  public String toString() {
    return "EventEndpoint[hidden]";
  }
}
