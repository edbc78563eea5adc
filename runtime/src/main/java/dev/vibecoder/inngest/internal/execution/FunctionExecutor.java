package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.internal.json.EventReader;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.protocol.ErrorObject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one call of a function on the present thread. */
public final class FunctionExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionExecutor.class);

  private final EventSink events;
  private final Clock clock;

  public FunctionExecutor(EventSink events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Calls a function.
   *
   * @param target hash of the one step that is asked for, or null for whatever comes next
   */
  public CallOutcome execute(
      FunctionDefinition function, CallRequest request, @Nullable String target) {
    StepMemory memory = new StepMemory(request.memos());
    RunContext context = new RunContext(function.id(), request.runId());
    Run run = new Run(request, target, context, memory, events, clock);
    RunScope.enter(run);
    try {
      Event<?> event = EventReader.read(event(request), function.eventTypes());
      Object result = function.handler().handle(List.of(event), run);
      CallOutcome left = run.leftWith();
      if (left != null) {
        LOG.warn(
            "Function \"{}\" caught the Error that leaves it at a step and returned. Do not catch"
                + " Throwable or Error around steps.",
            function.id());
        return left;
      }
      CallOutcome missed = run.missedTarget();
      if (missed != null) {
        return missed;
      }
      warnOfUnclaimed(context, memory.unclaimed());
      return new CallOutcome.Returned(result(function, result));
    } catch (Throwable thrown) {
      // Errors too: a run must not stand still because of a StackOverflowError.
      CallOutcome left = run.leftWith();
      return left != null ? left : threw(run, memory, context, thrown);
    } finally {
      run.close();
      RunScope.leave();
    }
  }

  private static void warnOfUnclaimed(RunContext context, Set<String> unclaimed) {
    if (!unclaimed.isEmpty()) {
      LOG.warn(
          "Run {} of function \"{}\" ended without coming by remembered steps. Was a step renamed or"
              + " removed while the run was under way? SHA-1 of their ids: {}",
          context.runId(),
          context.functionId(),
          unclaimed);
    }
  }

  private static JsonNode event(CallRequest request) {
    try {
      return Json.tree(request.body(), request.eventOffset(), request.eventLength());
    } catch (IOException e) {
      throw new NonRetriableException("The event cannot be read: " + Json.problem(e), e);
    }
  }

  private static byte[] result(FunctionDefinition function, @Nullable Object result) {
    String what = "the result of function \"" + function.id() + "\"";
    byte[] json = Output.write(result, function.result().orElse(null), what);
    if (json.length > 1 && json[0] == '"' && json[1] == '{') {
      throw new NonRetriableException(
          "Cannot write "
              + what
              + ": a text that begins with { reaches an invoker as an object, with its keys in"
              + " another order. Return the object itself, or put the text in an object.");
    }
    return json;
  }

  private static CallOutcome threw(
      Run run, StepMemory memory, RunContext context, Throwable thrown) {
    boolean last =
        ThrownError.isFinal(thrown) || memory.isRemembered(thrown) || run.isLastAttempt();
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
