package dev.vibecoder.inngest.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.http.ServerApi;
import dev.vibecoder.inngest.internal.http.SyncException;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SyncReply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for a sync (specification, section 4.3): in-band with the registration itself,
 * out-of-band by having the app call the server.
 */
final class SyncEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SyncEndpoint.class);
  private static final String IN_BAND = "in_band";
  private static final String OUT_OF_BAND = "out_of_band";

  private final Registration registration;
  private final ServerApi api;
  private final Optional<URI> servedAt;
  private final AtomicBoolean noUrlReported = new AtomicBoolean();
  private final AtomicBoolean strangersSync = new AtomicBoolean();

  /**
   * The endpoint of an app.
   *
   * @param servedAt the URL that the app registers itself with, if it does
   */
  SyncEndpoint(Registration registration, ServerApi api, Optional<URI> servedAt) {
    this.registration = registration;
    this.api = api;
    this.servedAt = servedAt;
  }

  /** Whether the server wants the registration as the answer. */
  static boolean isInBand(Map<String, String> headers) {
    return IN_BAND.equals(headers.get(ProtocolHeaders.SYNC_KIND));
  }

  Answer answer(ServeRequest request, Caller caller) {
    return registration.options().inBandSync() && isInBand(request.headers())
        ? inBand(request, caller)
        : outOfBand(request, caller);
  }

  // --- in-band ---

  /** Only callers that are trusted come here, so the URL in the body can be believed. */
  private Answer inBand(ServeRequest request, Caller caller) {
    if (request.body().length == 0) {
      return Answer.error(
          500,
          "The body of the sync is missing. Does something before the app, such as a proxy, take"
              + " it away?");
    }
    Optional<URI> asked = url(request.body());
    if (asked.isEmpty()) {
      return Answer.json(
          400,
          Map.of(
              "code",
              "invalid_request",
              "message",
              "The body of the sync must be a JSON object with the app's URL under \"url\"."));
    }
    URI url = registration.publicUrl(asked.get()).orElse(asked.get());
    return Answer.json(200, registration.inBand(url, caller.key() != null))
        .with(ProtocolHeaders.SYNC_KIND, IN_BAND);
  }

  private static Optional<URI> url(byte[] body) {
    try {
      JsonNode url = Json.tree(body, 0, body.length).path("url");
      URI parsed = new URI(url.isTextual() ? url.textValue() : "");
      boolean http =
          "http".equalsIgnoreCase(parsed.getScheme())
              || "https".equalsIgnoreCase(parsed.getScheme());
      return http && parsed.getHost() != null ? Optional.of(parsed) : Optional.empty();
    } catch (IOException | URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  // --- out-of-band ---

  private Answer outOfBand(ServeRequest request, Caller caller) {
    // A stranger's Host header must not lead the server's calls, events and all, to a stranger.
    URI asked = caller.trusted() ? publicUrl(request) : servedAt.orElseGet(request::path);
    Optional<URI> url = registration.publicUrl(asked);
    if (url.isPresent()) {
      return caller.trusted()
          ? register(request, caller, url.get())
          : strangersSync(request, caller, url.get());
    }
    if (caller.trusted()) {
      return Answer.json(
          400,
          Map.of(
              "message",
              "The request does not say where the app is. Set INNGEST_SERVE_ORIGIN.",
              "modified",
              false));
    }
    if (noUrlReported.compareAndSet(false, true)) {
      LOG.warn(
          "An unsigned request for a sync was refused: it could have named any URL. Set"
              + " INNGEST_SERVE_ORIGIN to allow such requests.");
    }
    return Door.unauthorized();
  }

  /** The URL that the server called: what ends TLS before the app tells that it did. */
  private static URI publicUrl(ServeRequest request) {
    URI url = request.url();
    String forwarded = request.header("x-forwarded-proto").orElse("");
    // Of several proxies the first is the one that the server called.
    String scheme = forwarded.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      return url;
    }
    return URI.create(scheme + url.toString().substring(url.getScheme().length()));
  }

  /** One at a time: a thread waits for the server meanwhile, and strangers may be many. */
  private Answer strangersSync(ServeRequest request, Caller caller, URI url) {
    if (!strangersSync.compareAndSet(false, true)) {
      return Answer.unauthenticated(
          503, Map.of("message", "A sync is under way", "modified", false));
    }
    try {
      return register(request, caller, url);
    } finally {
      strangersSync.set(false);
    }
  }

  private Answer register(ServeRequest request, Caller caller, URI url) {
    try {
      SyncReply reply =
          api.register(
              registration.request(url),
              request.query("deployId").orElse(null),
              ServerKind.of(request).map(ServerKind::wire).orElse(null));
      return Answer.json(
              200, Map.of("message", "Successfully registered", "modified", reply.modified()))
          .with(ProtocolHeaders.SYNC_KIND, OUT_OF_BAND);
    } catch (SyncException e) {
      LOG.warn("{}", e.getMessage());
      // Only the server is told why: the reason names where it is.
      String message = caller.trusted() ? String.valueOf(e.getMessage()) : "Failed to register";
      return Answer.json(
              e.status() >= 400 ? e.status() : 500, Map.of("message", message, "modified", false))
          .with(ProtocolHeaders.SYNC_KIND, OUT_OF_BAND);
    }
  }
}
