package dev.vibecoder.inngest.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SdkVersion;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.SyncReply;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Calls the API of the server that an app is configured for. Safe for use by many threads. */
public final class ServerApi {
  private static final int MAX_REPLY_BYTES = 1024 * 1024;
  // The server keeps up to 32 MiB of a run, and its answer has a little around that.
  private static final int MAX_STATE_BYTES = 64 * 1024 * 1024;

  private final InngestOptions options;
  // While keys are rotated the server may know only the second: it is not asked twice each time.
  private volatile int goodKey;

  public ServerApi(InngestOptions options) {
    this.options = options;
  }

  /**
   * Tells the server which functions the app has.
   *
   * @param deployId to be passed on, or null
   * @param serverKind which kind of server asked for the sync, or null
   * @throws SyncException if the server refuses or cannot be reached
   */
  public SyncReply register(
      SyncRequest sync, @Nullable String deployId, @Nullable String serverKind)
      throws SyncException {
    String query = deployId == null ? "" : "?deployId=" + encoded(deployId);
    URI url = URI.create(options.apiUrl() + "/fn/register" + query);
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/json");
    headers.put(ProtocolHeaders.FRAMEWORK, sync.framework() == null ? "" : sync.framework());
    headers.put(ProtocolHeaders.SYNC_KIND, "out_of_band");
    if (serverKind != null) {
      headers.put(ProtocolHeaders.EXPECTED_SERVER_KIND, serverKind);
    }
    HttpReply response =
        await(
            authorised(new HttpCall("POST", url, headers, Json.encode(sync), MAX_REPLY_BYTES)),
            url,
            "Failed to register");
    JsonNode body = response.json();
    if (!response.succeeded()) {
      throw new SyncException(
          response.status(),
          "Failed to register with "
              + options.apiUrl()
              + ": "
              + body.path("error").asText("status " + response.status())
              + (body.path("data").isValueNode() && !body.path("data").isNull()
                  ? " (" + body.path("data").asText() + ")"
                  : ""));
    }
    try {
      if (body.isObject()) {
        SyncReply reply = Json.decode(body, SyncReply.class);
        if (reply.error() != null && !reply.error().isEmpty()) {
          throw new SyncException(
              0, "Failed to register with " + options.apiUrl() + ": " + reply.error());
        }
        return reply;
      }
    } catch (NonRetriableException unreadable) {
      // Reported below, in the same words as an answer that is no JSON.
    }
    throw new SyncException(
        0, "Failed to register; what answers at " + options.apiUrl() + " is no Inngest server");
  }

  /**
   * What a server keeps of a run that was left out of a call.
   *
   * @param events a JSON array of the events that started it
   * @param steps a JSON object of what is remembered of its steps
   */
  public record RunState(byte[] events, byte[] steps) {}

  /** Fetches the state of a run, both parts at the same time. */
  public RunState state(String runId) throws SyncException {
    String path = options.apiUrl() + "/v0/runs/" + encoded(runId);
    URI batch = URI.create(path + "/batch");
    URI actions = URI.create(path + "/actions");
    CompletableFuture<HttpReply> events = authorised(get(batch));
    CompletableFuture<HttpReply> steps = authorised(get(actions));
    try {
      return new RunState(
          content(events, batch, "Cannot fetch the events of run " + runId),
          content(steps, actions, "Cannot fetch the steps of run " + runId));
    } finally {
      events.cancel(true);
      steps.cancel(true);
    }
  }

  /**
   * Sends a signal.
   *
   * @return the run that waited for it, or null if none did
   * @throws InngestException if the server refuses or cannot be reached
   */
  public @Nullable String signal(String signal, JsonNode data) {
    String what = "Cannot send the signal \"" + signal + "\"";
    URI url = URI.create(options.apiUrl() + "/v1/signals");
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("signal", signal);
    body.set("data", data);
    Map<String, String> headers = headers();
    headers.put("Content-Type", "application/json");
    HttpReply reply;
    try {
      reply =
          await(
              authorised(new HttpCall("POST", url, headers, Json.encode(body), MAX_REPLY_BYTES)),
              url,
              what);
    } catch (SyncException e) {
      throw new InngestException(String.valueOf(e.getMessage()), e);
    }
    if (reply.status() == 404) {
      return null;
    }
    JsonNode answer = reply.json();
    if (!reply.succeeded()) {
      throw new InngestException(
          what
              + "; the server answered "
              + reply.status()
              + ": "
              + answer.path("error").asText("no reason given"));
    }
    return answer.path("data").path("run_id").asText(null);
  }

  private HttpCall get(URI url) {
    return new HttpCall("GET", url, headers(), null, MAX_STATE_BYTES);
  }

  private static byte[] content(CompletableFuture<HttpReply> pending, URI url, String what)
      throws SyncException {
    HttpReply reply = await(pending, url, what);
    if (reply.status() != 200) {
      throw new SyncException(
          reply.status(),
          what
              + "; the server answered "
              + reply.status()
              + (reply.status() == 410 ? ": the run has ended" : ""));
    }
    return reply.body();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ProtocolHeaders.SDK, SdkVersion.HEADER);
    options.environment().ifPresent(name -> headers.put(ProtocolHeaders.ENV, name));
    options.platform().ifPresent(name -> headers.put(ProtocolHeaders.PLATFORM, name));
    return headers;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends with the key that was good last and, if the server does not know it, with the other. */
  private CompletableFuture<HttpReply> authorised(HttpCall call) {
    List<SigningKey> keys = options.signingKeys();
    if (keys.isEmpty()) {
      return HttpTransport.send(call);
    }
    int first = Math.min(goodKey, keys.size() - 1);
    int other = 1 - first;
    return HttpTransport.send(authorised(call, keys.get(first)))
        .thenCompose(
            reply -> {
              boolean refused = reply.status() == 401 || reply.status() == 403;
              if (!refused || keys.size() < 2) {
                return CompletableFuture.completedFuture(reply);
              }
              return HttpTransport.send(authorised(call, keys.get(other)))
                  .thenApply(
                      second -> {
                        if (second.succeeded()) {
                          goodKey = other;
                        }
                        return second;
                      });
            });
  }

  private static HttpCall authorised(HttpCall call, SigningKey key) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put("Authorization", "Bearer " + key.bearerToken());
    return new HttpCall(call.method(), call.url(), headers, call.body(), call.maxReplyBytes());
  }

  private static HttpReply await(CompletableFuture<HttpReply> reply, URI url, String what)
      throws SyncException {
    String origin = url.getScheme() + "://" + url.getAuthority();
    try {
      return reply.get();
    } catch (ExecutionException e) {
      Optional<ReplyTooLargeException> tooLarge = ReplyTooLargeException.among(e.getCause());
      throw new SyncException(
          0,
          what
              + "; "
              + (tooLarge.isPresent()
                  ? "the reply of "
                      + origin
                      + " is larger than "
                      + tooLarge.get().maxBytes()
                      + " bytes"
                  : origin + " cannot be reached"),
          e.getCause());
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      throw new InngestException("Interrupted while the server was called", e);
    }
  }
}
