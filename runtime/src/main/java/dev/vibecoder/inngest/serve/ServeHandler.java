package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.internal.execution.CallOutcome;
import dev.vibecoder.inngest.internal.execution.FunctionExecutor;
import dev.vibecoder.inngest.internal.execution.RunServices;
import dev.vibecoder.inngest.internal.http.ServerApi;
import dev.vibecoder.inngest.internal.http.SyncException;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.MalformedBodyException;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.SyncReply;
import dev.vibecoder.inngest.spi.StepInterceptor;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of an Inngest server (SDK specification, section 4): {@code GET} tells what
 * the app is, {@code PUT} has it register its functions, {@code POST} calls one of them.
 *
 * <p>In cloud mode, the default, every call must carry a valid signature and every answer to a
 * signed request is signed with the same key; without, the answer is 401 and says nothing more.
 *
 * <p>Functions run on the thread that calls {@link #handle}; it never throws. Safe for use by many
 * threads.
 */
public final class ServeHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServeHandler.class);
  private static final String DISCOVERY = "step";

  private final InngestOptions options;
  private final FunctionRegistry functions;
  private final FunctionExecutor executor;
  private final ServerApi api;
  private final Registration registration;
  private final Clock clock;
  private final Optional<URI> servedAt;
  // Whoever asks may ask often; the log says once what is wrong with the configuration.
  private final AtomicBoolean noKeyReported = new AtomicBoolean();
  private final AtomicBoolean noUrlReported = new AtomicBoolean();
  private final AtomicBoolean strangersSync = new AtomicBoolean();

  private ServeHandler(Inngest client, FunctionRegistry functions, String framework, Clock clock) {
    this.options = client.options();
    this.functions = functions;
    this.api = new ServerApi(options);
    this.executor =
        new FunctionExecutor(
            new RunServices(
                options.appId(),
                client::sendEnvelopes,
                api::signal,
                StepInterceptor.none(),
                clock));
    this.registration = new Registration(options, functions, framework);
    this.clock = clock;
    this.servedAt = Optional.empty();
  }

  private ServeHandler(ServeHandler other, URI servedAt) {
    this.options = other.options;
    this.functions = other.functions;
    this.executor = other.executor;
    this.api = other.api;
    this.registration = other.registration;
    this.clock = other.clock;
    this.servedAt = Optional.of(servedAt);
  }

  /**
   * A handler for the functions of an app.
   *
   * @param client the app's client, whose options hold
   * @param functions the app's functions
   * @return the handler
   */
  public static ServeHandler of(Inngest client, FunctionRegistry functions) {
    return of(client, functions, "java", Clock.systemUTC());
  }

  /**
   * A handler for the functions of an app behind a given HTTP server.
   *
   * @param client the app's client, whose options hold
   * @param functions the app's functions
   * @param framework names the HTTP server or framework on the wire
   * @param clock tells the present, against which signatures are checked
   * @return the handler
   */
  public static ServeHandler of(
      Inngest client, FunctionRegistry functions, String framework, Clock clock) {
    return new ServeHandler(
        client,
        Objects.requireNonNull(functions, "functions"),
        Objects.requireNonNull(framework, "framework"),
        Objects.requireNonNull(clock, "clock"));
  }

  /**
   * This handler, knowing where the server reaches the app. Whoever asks for a sync without a
   * signature cannot choose the URL: in cloud mode it is this one, with the origin and path that
   * are set in the options, and without either such a sync is refused.
   *
   * @param url the URL that the app registers itself with
   * @return a handler for the same functions
   */
  public ServeHandler servedAt(URI url) {
    return new ServeHandler(this, Objects.requireNonNull(url, "url"));
  }

  /**
   * Answers one request.
   *
   * @param request the request
   * @return the answer, to be sent as it is
   */
  public ServeResponse handle(ServeRequest request) {
    Caller caller = identify(request);
    Answer answer;
    try {
      answer = answer(request, caller);
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot answer a {} request: this is a defect of the library", request.method(), e);
      answer =
          caller.trusted()
              ? Answer.internal(500, "InternalError", "The SDK failed: " + e)
              : Answer.unauthenticated(500, Map.of("code", "internal_server_error"));
    }
    return sign(answer, request, caller);
  }

  /**
   * Registers the functions with the server now.
   *
   * @param url where the server reaches the app
   * @return whether anything changed on the server
   * @throws InngestException if the server refuses, or cannot be reached
   */
  public boolean register(URI url) {
    try {
      return api.register(registration.request(url), null, null).modified();
    } catch (SyncException e) {
      throw new InngestException(String.valueOf(e.getMessage()), e);
    }
  }

  // --- who asks ---

  /**
   * Who sent a request.
   *
   * @param key the key that signed it, or null
   * @param trusted whether it may call functions
   */
  private record Caller(@Nullable SigningKey key, boolean trusted) {}

  private Caller identify(ServeRequest request) {
    if (options.dev()) {
      return new Caller(null, true);
    }
    Optional<SigningKey> key =
        RequestSignature.verify(
            request.header(ProtocolHeaders.SIGNATURE).orElse(null),
            request.body(),
            options.signingKeys(),
            clock.instant());
    return new Caller(key.orElse(null), key.isPresent());
  }

  private ServeResponse sign(Answer answer, ServeRequest request, Caller caller) {
    byte[] body = answer.body();
    SdkHeaders headers = new SdkHeaders(options, registration.framework());
    if (!caller.trusted() || !answer.trusted()) {
      return new ServeResponse(answer.status(), headers.unauthenticated(), body);
    }
    Map<String, String> all = headers.all(ServerKind.of(request));
    all.putAll(answer.headers());
    if (caller.key() != null) {
      all.put(
          ProtocolHeaders.SIGNATURE, RequestSignature.sign(body, caller.key(), clock.instant()));
    }
    return new ServeResponse(answer.status(), all, body);
  }

  // --- what is asked ---

  private Answer answer(ServeRequest request, Caller caller) {
    String method = request.method();
    boolean known = method.equals("GET") || method.equals("PUT") || method.equals("POST");
    if (!known) {
      return Answer.json(405, Map.of("message", "Method not allowed"));
    }
    if (!options.dev() && options.signingKeys().isEmpty()) {
      if (noKeyReported.compareAndSet(false, true)) {
        LOG.error(
            "No request can be answered: there is no signing key. Set INNGEST_SIGNING_KEY, or"
                + " INNGEST_DEV=1 for a development server.");
      }
      return Answer.unauthenticated(500, Map.of("code", "internal_server_error"));
    }
    boolean openSync = method.equals("PUT") && options.unauthenticatedSync();
    if (!caller.trusted() && !openSync) {
      return unauthorized();
    }
    return switch (method) {
      case "GET" -> Answer.json(200, registration.introspection(caller.key() != null));
      case "PUT" -> sync(request, caller);
      default -> post(request);
    };
  }

  private static Answer unauthorized() {
    return Answer.unauthenticated(401, Map.of("message", "Unauthorized"));
  }

  private Answer sync(ServeRequest request, Caller caller) {
    // A stranger's Host header must not lead the server's calls, events and all, to a stranger.
    URI asked = caller.trusted() ? request.url() : servedAt.orElseGet(request::path);
    Optional<URI> url = registration.publicUrl(asked);
    if (url.isPresent()) {
      return caller.trusted()
          ? sync(request, caller, url.get())
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
    return unauthorized();
  }

  /** One at a time: a thread waits for the server meanwhile, and strangers may be many. */
  private Answer strangersSync(ServeRequest request, Caller caller, URI url) {
    if (!strangersSync.compareAndSet(false, true)) {
      return Answer.unauthenticated(
          503, Map.of("message", "A sync is under way", "modified", false));
    }
    try {
      return sync(request, caller, url);
    } finally {
      strangersSync.set(false);
    }
  }

  private Answer sync(ServeRequest request, Caller caller, URI url) {
    try {
      SyncReply reply =
          api.register(
              registration.request(url),
              request.query("deployId").orElse(null),
              ServerKind.of(request).map(ServerKind::wire).orElse(null));
      return Answer.json(
              200, Map.of("message", "Successfully registered", "modified", reply.modified()))
          .with(ProtocolHeaders.SYNC_KIND, "out_of_band");
    } catch (SyncException e) {
      LOG.warn("{}", e.getMessage());
      // Only the server is told why: the reason names where it is.
      String message = caller.trusted() ? String.valueOf(e.getMessage()) : "Failed to register";
      return Answer.json(
              e.status() >= 400 ? e.status() : 500, Map.of("message", message, "modified", false))
          .with(ProtocolHeaders.SYNC_KIND, "out_of_band");
    }
  }

  private Answer post(ServeRequest request) {
    Optional<String> probe = request.query("probe");
    if (probe.isPresent()) {
      return probe.get().equals("trust")
          ? Answer.empty(200)
          : Answer.internal(400, "Error", "Unknown probe \"" + probe.get() + "\"");
    }
    Optional<String> fnId = request.query("fnId");
    if (fnId.isEmpty()) {
      return Answer.internal(500, "Error", "No function id (query parameter fnId) in the request");
    }
    Optional<FunctionDefinition> function = registration.find(fnId.get());
    if (function.isEmpty()) {
      return Answer.internal(
          500,
          "Error",
          "Function \""
              + fnId.get()
              + "\" was not found in app \""
              + options.appId()
              + "\", which has "
              + functions.all().size()
              + " functions; is the app synced?");
    }
    String step = request.query("stepId").orElse(DISCOVERY);
    return call(function.get(), request.body(), step.equals(DISCOVERY) ? null : step);
  }

  private Answer call(FunctionDefinition function, byte[] body, @Nullable String target) {
    CallRequest call;
    try {
      call = CallRequest.read(body);
      if (call.version() == 0) {
        return Answer.internal(
            500,
            "Error",
            "The run has protocol version 0, which is not supported; the newest SDKs speak 2.");
      }
      if (call.useApi()) {
        call = fetched(call);
      }
    } catch (MalformedBodyException e) {
      return Answer.internal(500, "MalformedBody", String.valueOf(e.getMessage()));
    } catch (SyncException e) {
      return Answer.internal(500, "StateUnavailable", String.valueOf(e.getMessage()));
    }
    CallOutcome outcome = executor.execute(function, call, target);
    return Answer.of(outcome);
  }

  private CallRequest fetched(CallRequest call) throws SyncException, MalformedBodyException {
    byte[] actions = api.actions(call.runId());
    try {
      return call.withMemos(actions);
    } catch (MalformedBodyException e) {
      throw new MalformedBodyException(
          "The server's answer for the steps of run " + call.runId() + ": " + e.getMessage());
    }
  }
}
