package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.internal.json.EventReader;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.middleware.CallFacts;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import dev.vibecoder.inngest.middleware.CallEnd;
import dev.vibecoder.inngest.protocol.ErrorObject;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.protocol.StepHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one call of a function on the present thread. */
public final class FunctionExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionExecutor.class);

  private final RunServices services;
  private final WrittenLines written = new WrittenLines();

  public FunctionExecutor(RunServices services) {
    this.services = services;
  }

  /**
   * Calls a function.
   *
   * @param target hash of the one step that is asked for, or null for whatever comes next
   */
  public CallOutcome execute(
      FunctionDefinition function, CallRequest request, @Nullable String target) {
    return execute(function, request, target, null, null);
  }

  /**
   * Calls a function within its middleware.
   *
   * @param target hash of the one step that is asked for, or null for whatever comes next
   * @param hooks what {@link #hooks} gave for this call
   * @param trace the trace that the call belongs to, or null for none
   */
  public CallOutcome execute(
      FunctionDefinition function,
      CallRequest request,
      @Nullable String target,
      @Nullable CallHooks hooks,
      @Nullable TraceHeaders trace) {
    StepMemory memory = new StepMemory(request.memos());
    RunContext context = new RunContext(function.id(), request.runId(), hooks, trace);
    Run run = new Run(function, request, target, context, memory, services, written);
    RunScope.enter(run);
    try {
      if (hooks == null) {
        return execute(function, request, run, memory, context);
      }
      hooks.watch(run::isReplaying);
      CallOutcome outcome = execute(function, request, run, memory, context);
      hooks.ended(end(outcome));
      return outcome;
    } finally {
      run.close();
      RunScope.leave();
      forgetInterrupt(context);
    }
  }

  /** The middleware of a call, to be handed to {@link #execute}; null if there is none. */
  public @Nullable CallHooks hooks(
      FunctionDefinition function, CallRequest request, @Nullable String target) {
    if (services.middleware().isEmpty() && function.middleware().isEmpty()) {
      return null;
    }
    return CallHooks.of(
        services.middleware(),
        function.middleware(),
        new CallFacts(
            services.appId(),
            function.id(),
            request.runId(),
            request.attempt(),
            request.maxAttempts(),
            target != null || request.memos().values().stream().anyMatch(Memo::fulfilled)));
  }

  private static CallEnd end(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Returned) {
      return CallEnd.RETURNED;
    }
    if (outcome instanceof CallOutcome.Threw) {
      return CallEnd.THREW;
    }
    return outcome instanceof CallOutcome.Reported
        ? CallEnd.STEPS_REPORTED
        : CallEnd.STEP_NOT_FOUND;
  }

  // NullAway does not see that the type argument of Next can be null.
  @SuppressWarnings("NullAway")
  private static CallOutcome execute(
      FunctionDefinition function,
      CallRequest request,
      Run run,
      StepMemory memory,
      RunContext context) {
    CallHooks hooks = context.hooks();
    try {
      List<Event<?>> events = events(function, request, hooks);
      Object result =
          hooks == null
              ? function.handler().handle(events, run.steps())
              : hooks.function(run.steps(), () -> function.handler().handle(events, run.steps()));
      CallOutcome left = run.leftWith();
      if (left != null) {
        LOG.warn(
            "Function \"{}\" caught the Error that leaves it at a step and returned. Do not catch"
                + " Throwable or Error around steps.",
            function.id());
        return outcome(left, run, memory, context);
      }
      run.endReplay();
      CallOutcome missed = run.missedTarget();
      if (missed != null) {
        return missed;
      }
      warnOfUnclaimed(function, context, memory.unclaimed());
      return new CallOutcome.Returned(result(function, result, hooks));
    } catch (Throwable thrown) {
      // Errors too: a run must not stand still because of a StackOverflowError.
      CallOutcome left = run.leftWith();
      return left != null
          ? outcome(left, run, memory, context)
          : threw(run, memory, context, thrown, false);
    }
  }

  /** Code before the step that was asked for may have failed in its branch; then that is why. */
  private static CallOutcome outcome(
      CallOutcome left, Run run, StepMemory memory, RunContext context) {
    endReplay(run);
    Throwable inTheWay = run.inTheWay();
    if (inTheWay == null) {
      return left;
    }
    // The step may be found by another instance, or when the code has gone on.
    boolean mayBeFound = left instanceof CallOutcome.TargetNotFound;
    return threw(run, memory, context, inTheWay, mayBeFound);
  }

  /** The call is over; what middleware throws of that is kept, and told in place of the outcome. */
  private static void endReplay(Run run) {
    try {
      run.endReplay();
    } catch (RuntimeException kept) {
      LOG.debug("Middleware failed", kept);
    }
  }

  /**
   * A function that was interrupted and went on has left the mark on its thread, where it would
   * break the connection that the answer is written to, and the step would be run again.
   */
  private static void forgetInterrupt(RunContext context) {
    if (Thread.interrupted()) {
      LOG.warn(
          "The thread was interrupted while function \"{}\" was called, run {}. What it did is"
              + " reported all the same.",
          context.functionId(),
          context.runId());
    }
  }

  private static void warnOfUnclaimed(
      FunctionDefinition function, RunContext context, Set<String> unclaimed) {
    if (!unclaimed.isEmpty()) {
      LOG.warn(
          "Run {} of function \"{}\" ended without coming by remembered steps. Was a step renamed or"
              + " removed while the run was under way? Their ids, or the SHA-1 where those are not"
              + " known: {}",
          context.runId(),
          context.functionId(),
          named(unclaimed, function));
    }
  }

  /** The ids of steps that the function was defined with, also those they had before. */
  private static List<String> named(Set<String> hashes, FunctionDefinition function) {
    Map<String, String> ids = new HashMap<>();
    for (StepDefinition<?> step : function.steps()) {
      ids.put(StepHash.of(step.id()), step.id());
      step.formerly().forEach(former -> ids.put(StepHash.of(former), former));
    }
    return hashes.stream().map(hash -> ids.getOrDefault(hash, hash)).toList();
  }

  private static List<Event<?>> events(
      FunctionDefinition function, CallRequest request, @Nullable CallHooks hooks) {
    try {
      if (hooks != null) {
        return events(function, request, received(function, request), hooks);
      }
      if (function.options().batch() == null || request.events().isEmpty()) {
        return List.of(EventReader.read(request.event().tree(), function.eventTypes()));
      }
      List<Event<?>> events = new ArrayList<>();
      for (JsonNode event : request.events().tree()) {
        events.add(EventReader.read(event, function.eventTypes()));
      }
      return events.isEmpty()
          ? List.of(EventReader.read(request.event().tree(), function.eventTypes()))
          : Collections.unmodifiableList(events);
    } catch (IOException e) {
      throw new NonRetriableException("The event cannot be read: " + Json.problem(e), e);
    }
  }

  private static List<EventEnvelope> received(FunctionDefinition function, CallRequest request)
      throws IOException {
    List<EventEnvelope> received = new ArrayList<>();
    if (function.options().batch() != null && !request.events().isEmpty()) {
      for (JsonNode event : request.events().tree()) {
        received.add(EventReader.envelope(event));
      }
    }
    return received.isEmpty() ? List.of(EventReader.envelope(request.event().tree())) : received;
  }

  private static List<Event<?>> events(
      FunctionDefinition function,
      CallRequest request,
      List<EventEnvelope> received,
      CallHooks hooks) {
    List<Event<?>> events = new ArrayList<>();
    boolean first = request.attempt() == 0 && !hooks.isReplaying();
    for (EventEnvelope event : hooks.begin(received, first)) {
      events.add(EventReader.read(event, function.eventTypes()));
    }
    return Collections.unmodifiableList(events);
  }

  private static byte[] result(
      FunctionDefinition function, @Nullable Object result, @Nullable CallHooks hooks) {
    String what = "the result of function \"" + function.id() + "\"";
    byte[] json = Output.write(result, function.result().orElse(null), what);
    if (hooks != null) {
      json = Output.requireSize(hooks.output(json), what);
    }
    if (json.length > 1 && json[0] == '"' && json[1] == '{') {
      throw new NonRetriableException(
          "Cannot write "
              + what
              + ": a text that begins with { reaches an invoker as an object, with its keys in"
              + " another order. Return the object itself, or put the text in an object.");
    }
    if (hooks != null) {
      hooks.returned(json);
    }
    return json;
  }

  private static CallOutcome threw(
      Run run, StepMemory memory, RunContext context, Throwable caught, boolean mayBeFound) {
    CallHooks hooks = context.hooks();
    // What middleware threw is told even if the function made something else of it.
    Throwable thrown = hooks == null || hooks.failure() == null ? caught : hooks.failure();
    boolean isFinal =
        (ThrownError.isFinal(thrown) || memory.isRemembered(thrown))
            && !(mayBeFound && caught == thrown);
    boolean last = isFinal || run.attempts().isLast(null);
    if (hooks != null) {
      hooks.threw(thrown, last);
    }
    ErrorObject recorded = memory.recorded(thrown);
    if (last) {
      LOG.warn(
          "Run {} of function \"{}\" failed: {}",
          context.runId(),
          context.functionId(),
          ThrownError.message(thrown),
          ThrownError.stackOf(thrown));
    } else {
      LOG.debug(
          "Function \"{}\" failed and will be tried again, run {}",
          context.functionId(),
          context.runId(),
          thrown);
    }
    return new CallOutcome.Threw(
        // The step's own error, as it was recorded: what the user wants to read.
        recorded == null
            ? ThrownError.write(thrown, List.of())
            : Json.mapper().valueToTree(recorded),
        last,
        last ? null : ThrownError.retryAfter(thrown));
  }
}
