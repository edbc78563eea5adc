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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one call of a function on the present thread. */
public final class FunctionExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionExecutor.class);

  private final RunServices services;

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
    StepMemory memory = new StepMemory(request.memos());
    RunContext context = new RunContext(function.id(), request.runId());
    Run run = new Run(function, request, target, context, memory, services);
    RunScope.enter(run);
    try {
      Object result = function.handler().handle(events(function, request), run.steps());
      CallOutcome left = run.leftWith();
      if (left != null) {
        LOG.warn(
            "Function \"{}\" caught the Error that leaves it at a step and returned. Do not catch"
                + " Throwable or Error around steps.",
            function.id());
        return outcome(left, run, memory, context);
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
      return left != null
          ? outcome(left, run, memory, context)
          : threw(run, memory, context, thrown);
    } finally {
      run.close();
      RunScope.leave();
      forgetInterrupt(context);
    }
  }

  /** Code before the step that was asked for may have failed in its branch; then that is why. */
  private static CallOutcome outcome(
      CallOutcome left, Run run, StepMemory memory, RunContext context) {
    Throwable inTheWay = run.inTheWay();
    return inTheWay == null ? left : threw(run, memory, context, inTheWay);
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

  private static List<Event<?>> events(FunctionDefinition function, CallRequest request) {
    try {
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
        ThrownError.isFinal(thrown) || memory.isRemembered(thrown) || run.attempts().isLast(null);
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
