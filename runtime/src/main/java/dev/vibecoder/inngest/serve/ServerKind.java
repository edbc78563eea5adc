package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.util.Optional;

/** Which kind of server asks; what else a client may send in that header goes nowhere. */
enum ServerKind {
  DEV("dev"),
  CLOUD("cloud");

  private final String wire;

  ServerKind(String wire) {
    this.wire = wire;
  }

  static Optional<ServerKind> of(ServeRequest request) {
    String header = request.header(ProtocolHeaders.SERVER_KIND).orElse("");
    for (ServerKind kind : values()) {
      if (kind.wire.equals(header)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The kind as it is on the wire. */
  String wire() {
    return wire;
  }
}
