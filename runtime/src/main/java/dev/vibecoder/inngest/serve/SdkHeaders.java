package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SdkVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The headers of every answer (specification, section 4.1.1). */
record SdkHeaders(InngestOptions options, String framework) {
  private static final String REQUEST_VERSION = "2";

  /** To somebody who has not proved to be the server: nothing that tells what runs here. */
  Map<String, String> unauthenticated() {
    return Map.of("Content-Type", "application/json", ProtocolHeaders.SDK_HANDLED, "true");
  }

  Map<String, String> all(Optional<ServerKind> serverKind) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", SdkVersion.HEADER);
    headers.put(ProtocolHeaders.SDK, SdkVersion.HEADER);
    headers.put(ProtocolHeaders.SDK_HANDLED, "true");
    headers.put(ProtocolHeaders.FRAMEWORK, framework);
    headers.put(ProtocolHeaders.REQUEST_VERSION, REQUEST_VERSION);
    options.environment().ifPresent(name -> headers.put(ProtocolHeaders.ENV, name));
    options.platform().ifPresent(name -> headers.put(ProtocolHeaders.PLATFORM, name));
    serverKind.ifPresent(kind -> headers.put(ProtocolHeaders.EXPECTED_SERVER_KIND, kind.wire()));
    return headers;
  }
}
