package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.internal.execution.FunctionExecutor;
import dev.vibecoder.inngest.internal.execution.RunServices;
import dev.vibecoder.inngest.internal.http.ServerApi;
import dev.vibecoder.inngest.internal.http.SyncException;
import dev.vibecoder.inngest.internal.middleware.MiddlewareChain;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.MalformedBodyException;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private static final URI NOWHERE = URI.create("/");

  private final Registration registration;
  private final FunctionExecutor executor;
  private final ServerApi api;
  private final Clock clock;
  private final Optional<URI> servedAt;
  private final Door door;
  private final SyncEndpoint syncs;
  private final CallEndpoint calls;
  private final SdkHeaders headers;

  private ServeHandler(
      Registration registration,
      FunctionExecutor executor,
      ServerApi api,
      Clock clock,
      Optional<URI> servedAt) {
    this.registration = registration;
    this.executor = executor;
    this.api = api;
    this.clock = clock;
    this.servedAt = servedAt;
    this.door = new Door(registration.options(), clock);
    this.syncs = new SyncEndpoint(registration, api, servedAt);
    this.calls = new CallEndpoint(registration, executor, api);
    this.headers = new SdkHeaders(registration.options(), registration.framework());
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
    Objects.requireNonNull(clock, "clock");
    InngestOptions options = client.options();
    ServerApi api = new ServerApi(options);
    register(options, functions);
    return new ServeHandler(
        new Registration(
            options,
            Objects.requireNonNull(functions, "functions"),
            Objects.requireNonNull(framework, "framework"),
            false),
        new FunctionExecutor(
            new RunServices(
                options.appId(),
                client::sendEnvelopes,
                api::signal,
                MiddlewareChain.of(options.middleware()),
                clock)),
        api,
        clock,
        Optional.empty());
  }

  /** A function's handlers have its middleware, which is told of the function only. */
  private static void register(InngestOptions options, FunctionRegistry functions) {
    for (FunctionDefinition function : functions.all()) {
      if (function.companionOf().isEmpty()) {
        MiddlewareChain.of(function.middleware()).register(options.appId(), function.id());
      }
    }
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
    return new ServeHandler(
        registration, executor, api, clock, Optional.of(Objects.requireNonNull(url, "url")));
  }

  /**
   * This handler behind an HTTP server that begins answers before they are there where {@link
   * InngestOptions#streamAfter} says so: only then the server is told that the app does.
   *
   * @return a handler for the same functions
   */
  public ServeHandler streaming() {
    return new ServeHandler(
        new Registration(
            registration.options(), registration.functions(), registration.framework(), true),
        executor,
        api,
        clock,
        servedAt);
  }

  /**
   * Answers one request.
   *
   * @param request the request
   * @return the answer, to be sent as it is
   */
  public ServeResponse handle(ServeRequest request) {
    return open(request).answer();
  }

  /**
   * Finds out who asks and what, without answering yet; for HTTP servers that bound how many
   * functions run.
   *
   * @param request the request
   * @return to be answered once
   */
  public ServeExchange open(ServeRequest request) {
    Caller caller = identify(request);
    CallTarget target =
        request.method().equals("POST") && caller.trusted() ? calls.target(request) : null;
    return new ServeExchange(
        target != null && target.runsFunction(),
        () -> sign(answer(request, caller, target), request, caller),
        () -> new ServeResponse(201, headers.all(ServerKind.of(request)), new byte[0]),
        () -> described(request, target));
  }

  /** Whoever it is that sends what cannot be verified, there is an answer. */
  private Caller identify(ServeRequest request) {
    try {
      return door.identify(request);
    } catch (RuntimeException | Error e) {
      LOG.error("The sender of a {} request could not be verified", request.method(), e);
      return Caller.unknown();
    }
  }

  private static String described(ServeRequest request, @Nullable CallTarget target) {
    String function = target == null ? null : target.fnId();
    try {
      return "function \"" + function + "\", run " + CallRequest.read(request.body()).runId();
    } catch (MalformedBodyException unreadable) {
      return "function \"" + function + "\"";
    }
  }

  /**
   * The answer to a request that is refused whatever its body is, such as one without a signature
   * in cloud mode: the body need not be read then.
   *
   * @param method the method, upper case
   * @param requestHeaders the headers, names in any case
   * @return the answer, or empty if the body matters
   */
  public Optional<ServeResponse> refuse(String method, Map<String, String> requestHeaders) {
    ServeRequest head = new ServeRequest(method, NOWHERE, requestHeaders, new byte[0]);
    return door.refusal(method, head.headers())
        .map(answer -> sign(answer, head, new Caller(null, options().dev(), false)));
  }

  /**
   * The options of the app.
   *
   * @return the options
   */
  public InngestOptions options() {
    return registration.options();
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

  private Answer answer(ServeRequest request, Caller caller, @Nullable CallTarget target) {
    try {
      Optional<Answer> refusal = door.refusal(request, caller);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      if (target != null) {
        return calls.answer(request, target);
      }
      return request.method().equals("PUT")
          ? syncs.answer(request, caller)
          : Answer.json(200, registration.introspection(caller.key() != null));
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot answer a {} request: this is a defect of the library", request.method(), e);
      return caller.trusted()
          ? Answer.internal(500, "InternalError", "The SDK failed: " + e)
          : Answer.unauthenticated(500, Map.of("code", "internal_server_error"));
    }
  }

  private ServeResponse sign(Answer answer, ServeRequest request, Caller caller) {
    byte[] body = answer.body();
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
}
