package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.internal.json.CanonicalJson;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who asks, and turns away who may not (specification, sections 4.1.3 and 4.1.4). */
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  // The server sends no larger ones; to read one costs more than to hash it.
  private static final int MAX_CANONICAL_BYTES = 4 * 1024 * 1024;

  private final InngestOptions options;
  private final Clock clock;
  // Whoever asks may ask often; the log says once what is wrong with the configuration.
  private final AtomicBoolean noKeyReported = new AtomicBoolean();

  Door(InngestOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  Caller identify(ServeRequest request) {
    if (options.dev()) {
      return new Caller(null, true);
    }
    String signature = request.header(ProtocolHeaders.SIGNATURE).orElse(null);
    Optional<SigningKey> key = verify(signature, request.body());
    return new Caller(key.orElse(null), key.isPresent());
  }

  private Optional<SigningKey> verify(@Nullable String signature, byte[] body) {
    Instant now = clock.instant();
    Optional<SigningKey> key = RequestSignature.verify(signature, body, options.signingKeys(), now);
    if (key.isPresent()
        || body.length == 0
        || body.length > MAX_CANONICAL_BYTES
        || !RequestSignature.isPlausible(signature, now)) {
      return key;
    }
    // A proxy may have written the body anew; what is signed is its canonical form then.
    return CanonicalJson.of(body)
        .flatMap(
            canonical -> RequestSignature.verify(signature, canonical, options.signingKeys(), now));
  }

  /** The answer to who may not come in, as far as it is known without the body. */
  Optional<Answer> refusal(String method, Map<String, String> headers) {
    boolean signed =
        options.dev()
            || RequestSignature.isPlausible(
                headers.get(ProtocolHeaders.SIGNATURE), clock.instant());
    return refusal(method, headers, signed);
  }

  /** The answer to a caller who may not come in. */
  Optional<Answer> refusal(ServeRequest request, Caller caller) {
    return refusal(request.method(), request.headers(), caller.trusted());
  }

  private Optional<Answer> refusal(String method, Map<String, String> headers, boolean trusted) {
    if (!method.equals("GET") && !method.equals("PUT") && !method.equals("POST")) {
      return Optional.of(Answer.json(405, Map.of("message", "Method not allowed")));
    }
    if (!options.dev() && options.signingKeys().isEmpty()) {
      if (noKeyReported.compareAndSet(false, true)) {
        LOG.error(
            "No request can be answered: there is no signing key. Set INNGEST_SIGNING_KEY, or"
                + " INNGEST_DEV=1 for a development server.");
      }
      return Optional.of(Answer.unauthenticated(500, Map.of("code", "internal_server_error")));
    }
    boolean openSync =
        method.equals("PUT")
            && options.unauthenticatedSync()
            && !(options.inBandSync() && SyncEndpoint.isInBand(headers));
    return trusted || openSync ? Optional.empty() : Optional.of(unauthorized());
  }

  static Answer unauthorized() {
    return Answer.unauthenticated(401, Map.of("message", "Unauthorized"));
  }
}
