package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.internal.execution.FunctionExecutor;
import dev.vibecoder.inngest.internal.http.ServerApi;
import dev.vibecoder.inngest.internal.http.SyncException;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.MalformedBodyException;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import dev.vibecoder.inngest.middleware.AppRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers calls of functions and probes (specification, sections 4.2 and 4.4). */
final class CallEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(CallEndpoint.class);
  private static final String DISCOVERY = "step";

  private final Registration registration;
  private final FunctionExecutor executor;
  private final ServerApi api;

  CallEndpoint(Registration registration, FunctionExecutor executor, ServerApi api) {
    this.registration = registration;
    this.executor = executor;
    this.api = api;
  }

  /** What a request asks for. */
  CallTarget target(ServeRequest request) {
    Optional<String> fnId = request.query("fnId");
    return new CallTarget(
        request.query("probe").orElse(null),
        fnId.orElse(null),
        fnId.flatMap(registration::find).orElse(null),
        request.query("stepId").filter(step -> !step.equals(DISCOVERY)).orElse(null));
  }

  Answer answer(ServeRequest request, CallTarget target) {
    String probe = target.probe();
    if (probe != null) {
      return probe.equals("trust")
          ? Answer.empty(200)
          : Answer.error(400, "Unknown probe \"" + probe + "\"");
    }
    if (target.fnId() == null) {
      return Answer.internal(500, "Error", "No function id (query parameter fnId) in the request");
    }
    FunctionDefinition function = target.function();
    if (function == null) {
      return Answer.internal(
          500,
          "Error",
          "Function \""
              + target.fnId()
              + "\" was not found in app \""
              + registration.options().appId()
              + "\", which has "
              + registration.functions().all().size()
              + " functions; is the app synced?");
    }
    return call(function, request, target.stepId());
  }

  private Answer call(FunctionDefinition function, ServeRequest request, @Nullable String target) {
    byte[] body = request.body();
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
        call = complete(call, api.state(call.runId()));
      }
    } catch (MalformedBodyException e) {
      return Answer.internal(500, "MalformedBody", String.valueOf(e.getMessage()));
    } catch (SyncException e) {
      return Answer.internal(500, "StateUnavailable", String.valueOf(e.getMessage()));
    } catch (InngestException interrupted) {
      // The thread is to answer, which it cannot do while it is interrupted.
      var unused = Thread.interrupted();
      LOG.warn(
          "A call of function \"{}\" was interrupted while the state of its run was fetched; the"
              + " server will make it again",
          function.id());
      return Answer.internal(500, "StateUnavailable", String.valueOf(interrupted.getMessage()));
    }
    CallRequest read = call;
    CallHooks hooks = executor.hooks(function, read, target);
    TraceHeaders trace = TraceHeaders.of(request.headers());
    return hooks == null
        ? Answer.of(executor.execute(function, read, target, null, trace))
        : within(
            hooks,
            request,
            () -> Answer.of(executor.execute(function, read, target, hooks, trace)));
  }

  private static Answer within(CallHooks hooks, ServeRequest request, Supplier<Answer> answer) {
    AppRequest seen =
        new AppRequest(request.method(), request.url(), request.headers(), request.body());
    try {
      return Answer.of(hooks.request(seen, () -> answer.get().response()));
    } catch (Exception e) {
      LOG.error(
          "Middleware failed in wrapRequest, run {} of function \"{}\"",
          hooks.runId(),
          hooks.functionId(),
          e);
      return Answer.internal(
          500, e.getClass().getSimpleName(), "Middleware failed in wrapRequest: " + e.getMessage());
    }
  }

  /** What was fetched is as good as if it had come with the call. */
  private static CallRequest complete(CallRequest call, ServerApi.RunState state)
      throws MalformedBodyException {
    CallRequest withEvents;
    try {
      withEvents = call.withEvents(state.events());
    } catch (MalformedBodyException e) {
      throw unreadable("events", call, e);
    }
    try {
      return withEvents.withMemos(state.steps());
    } catch (MalformedBodyException e) {
      throw unreadable("steps", call, e);
    }
  }

  private static MalformedBodyException unreadable(
      String what, CallRequest call, MalformedBodyException problem) {
    return new MalformedBodyException(
        "What the server answered for the "
            + what
            + " of run "
            + call.runId()
            + " cannot be read: "
            + problem.getMessage());
  }
}
