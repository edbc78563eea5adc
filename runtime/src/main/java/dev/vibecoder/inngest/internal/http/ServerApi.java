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
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the API of the server that an app is configured for. Safe for use by many threads. */
public final class ServerApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REPLY_BYTES = 1024 * 1024;
  // The server keeps up to 32 MiB of a run, and its answer has a little around that.
  private static final int MAX_STATE_BYTES = 64 * 1024 * 1024;

  private final InngestOptions options;

  public ServerApi(InngestOptions options) {
    this.options = options;
  }

  /** The one HTTP client; its threads are daemons, its connections are kept. */
  static HttpClient client() {
    return Client.SHARED;
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
    String query =
        deployId == null ? "" : "?deployId=" + URLEncoder.encode(deployId, StandardCharsets.UTF_8);
    URI url = URI.create(options.apiUrl() + "/fn/register" + query);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", SdkVersion.HEADER)
            .header(ProtocolHeaders.SDK, SdkVersion.HEADER)
            .header(ProtocolHeaders.FRAMEWORK, sync.framework() == null ? "" : sync.framework())
            .header(ProtocolHeaders.SYNC_KIND, "out_of_band")
            .POST(BodyPublishers.ofByteArray(Json.encode(sync)));
    options.environment().ifPresent(name -> request.header(ProtocolHeaders.ENV, name));
    options.platform().ifPresent(name -> request.header(ProtocolHeaders.PLATFORM, name));
    if (serverKind != null) {
      request.header(ProtocolHeaders.EXPECTED_SERVER_KIND, serverKind);
    }
    HttpResponse<byte[]> response = authorised(request, url, MAX_REPLY_BYTES, "Failed to register");
    JsonNode body = ReplyBody.json(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new SyncException(
          response.statusCode(),
          "Failed to register with "
              + options.apiUrl()
              + ": "
              + body.path("error").asText("status " + response.statusCode())
              + (body.path("data").isValueNode() && !body.path("data").isNull()
                  ? " (" + body.path("data").asText() + ")"
                  : ""));
    }
    try {
      if (body.isObject()) {
        return Json.decode(body, SyncReply.class);
      }
    } catch (NonRetriableException unreadable) {
      // Reported below, in the same words as an answer that is no JSON.
    }
    throw new SyncException(
        0, "Failed to register; what answers at " + options.apiUrl() + " is no Inngest server");
  }

  /** Fetches what is remembered of a run's steps. */
  public byte[] actions(String runId) throws SyncException {
    String what = "Cannot fetch the steps of run " + runId;
    String path = "/v0/runs/" + URLEncoder.encode(runId, StandardCharsets.UTF_8) + "/actions";
    URI url = URI.create(options.apiUrl() + path);
    HttpResponse<byte[]> response =
        authorised(HttpRequest.newBuilder(url).timeout(TIMEOUT).GET(), url, MAX_STATE_BYTES, what);
    if (response.statusCode() != 200) {
      throw new SyncException(
          response.statusCode(), what + "; the server answered " + response.statusCode());
    }
    return response.body();
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(ProtocolHeaders.SDK, SdkVersion.HEADER)
            .POST(BodyPublishers.ofByteArray(Json.encode(body)));
    options.environment().ifPresent(name -> request.header(ProtocolHeaders.ENV, name));
    HttpResponse<byte[]> response;
    try {
      response = authorised(request, url, MAX_REPLY_BYTES, what);
    } catch (SyncException e) {
      throw new InngestException(String.valueOf(e.getMessage()), e);
    }
    if (response.statusCode() == 404) {
      return null;
    }
    JsonNode reply = ReplyBody.json(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new InngestException(
          what
              + "; the server answered "
              + response.statusCode()
              + ": "
              + reply.path("error").asText("no reason given"));
    }
    return reply.path("data").path("run_id").asText(null);
  }

  /** Sends with the first key and, if the server does not know it, with the second. */
  private HttpResponse<byte[]> authorised(
      HttpRequest.Builder request, URI url, int maxBytes, String what) throws SyncException {
    List<SigningKey> keys = options.signingKeys();
    HttpResponse<byte[]> response =
        send(authorise(request, keys.stream().findFirst()), url, maxBytes, what);
    boolean refused = response.statusCode() == 401 || response.statusCode() == 403;
    return refused && keys.size() > 1
        ? send(authorise(request, Optional.of(keys.get(1))), url, maxBytes, what)
        : response;
  }

  private static HttpRequest authorise(HttpRequest.Builder request, Optional<SigningKey> key) {
    key.ifPresent(present -> request.setHeader("Authorization", "Bearer " + present.bearerToken()));
    return request.build();
  }

  private static HttpResponse<byte[]> send(HttpRequest request, URI url, int maxBytes, String what)
      throws SyncException {
    try {
      return client().send(request, ReplyBody.atMost(maxBytes));
    } catch (IOException e) {
      if (ReplyBody.wasTooLarge(e)) {
        throw new SyncException(
            0,
            what + "; the reply of " + origin(url) + " is larger than " + maxBytes + " bytes",
            e);
      }
      throw new SyncException(0, what + "; " + origin(url) + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InngestException("Interrupted while the server was called", e);
    }
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getAuthority();
  }

  private static final class Client {
    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }
}
