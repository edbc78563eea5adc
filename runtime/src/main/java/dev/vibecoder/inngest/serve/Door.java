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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who asks, and turns away who may not (specification, sections 4.1.3 and 4.1.4). */
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  // Whoever asks has not shown a key when a body is written in its canonical form: it must stay
  // cheap. The server's own bodies have that form, so it takes a proxy to need it.
  private static final int MAX_CANONICAL_BYTES = 1024 * 1024;
  private static final int MAX_CANONICAL_TOKENS = 100_000;
  private static final int CANONICAL_AT_ONCE = 2;

  private final InngestOptions options;
  private final Clock clock;
  private final Function<byte[], Optional<byte[]>> canonicalForm;
  private final Semaphore canonical = new Semaphore(CANONICAL_AT_ONCE);
  // Whoever asks may ask often; the log says once what is wrong with the configuration.
  private final AtomicBoolean noKeyReported = new AtomicBoolean();

  Door(InngestOptions options, Clock clock) {
    this(options, clock, body -> CanonicalJson.of(body, MAX_CANONICAL_TOKENS));
  }

  /**
   * A door.
   *
   * @param canonicalForm of a body, or empty if it has none that is cheap to make
   */
  Door(InngestOptions options, Clock clock, Function<byte[], Optional<byte[]>> canonicalForm) {
    this.options = options;
    this.clock = clock;
    this.canonicalForm = canonicalForm;
  }

  Caller identify(ServeRequest request) {
    if (options.dev()) {
      return Caller.anybody();
    }
    String signature = request.header(ProtocolHeaders.SIGNATURE).orElse(null);
    byte[] body = request.body();
    Instant now = clock.instant();
    Optional<SigningKey> key = RequestSignature.verify(signature, body, options.signingKeys(), now);
    if (key.isPresent()
        || body.length == 0
        || body.length > MAX_CANONICAL_BYTES
        || options.signingKeys().isEmpty()
        || !RequestSignature.isPlausible(signature, now)) {
      return Caller.of(key.orElse(null));
    }
    return identifyRewritten(signature, body, now);
  }

  /** A proxy may have written the body anew; what is signed is its canonical form then. */
  private Caller identifyRewritten(@Nullable String signature, byte[] body, Instant now) {
    if (!canonical.tryAcquire()) {
      return Caller.unknown();
    }
    try {
      return Caller.of(
          canonicalForm
              .apply(body)
              .flatMap(text -> RequestSignature.verify(signature, text, options.signingKeys(), now))
              .orElse(null));
    } finally {
      canonical.release();
    }
  }

  /** The answer to who may not come in, as far as it is known without the body. */
  Optional<Answer> refusal(String method, Map<String, String> headers) {
    boolean signed =
        options.dev()
            || RequestSignature.isPlausible(
                headers.get(ProtocolHeaders.SIGNATURE), clock.instant());
    return refusal(method, headers, new Caller(null, signed, false));
  }

  /** The answer to a caller who may not come in. */
  Optional<Answer> refusal(ServeRequest request, Caller caller) {
    return refusal(request.method(), request.headers(), caller);
  }

  private Optional<Answer> refusal(String method, Map<String, String> headers, Caller caller) {
    if (!method.equals("GET") && !method.equals("PUT") && !method.equals("POST")) {
      return Optional.of(Answer.json(405, Map.of("message", "Method not allowed")));
    }
    if (options.dev() && !method.equals("GET") && !Origins.mayCall(headers.get("origin"))) {
      return Optional.of(
          Answer.unauthenticated(
              403, Map.of("message", "Web pages of another origin may not call the app")));
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
    if (caller.trusted() || openSync) {
      return Optional.empty();
    }
    return Optional.of(
        caller.undecided()
            ? Answer.unauthenticated(
                503, Map.of("message", "Too many signatures are being verified"))
            : unauthorized());
  }

  static Answer unauthorized() {
    return Answer.unauthenticated(401, Map.of("message", "Unauthorized"));
  }
}
