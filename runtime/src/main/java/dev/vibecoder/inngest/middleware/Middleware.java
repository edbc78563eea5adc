package dev.vibecoder.inngest.middleware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Code around requests, functions, steps and events. Every hook does nothing until it is
 * overridden.
 *
 * <p><b>Where.</b> Middleware of a client is there for all functions of the app and for every event
 * that the client sends; middleware of a function is there for its calls, its failure and
 * cancellation handlers and the events sent within them. All of the client's comes first, then the
 * function's, each in the order in which it was added.
 *
 * <p><b>Order.</b> The first is the outermost. Hooks that wrap ({@code wrap...}) enclose those that
 * follow. All others are called from the first to the last, but for {@link #transformStepOutput}
 * and {@link #transformOutput}: results pass from the last to the first, as they would through
 * wrapping hooks, so that what one middleware wrote, it reads again. Of events, those that are
 * sent, those that start functions, and the payloads of invoked functions, that holds for one
 * middleware only: two that both change their form do not undo each other's.
 *
 * <p><b>When.</b> In one call request, each at most once and in this order: {@link #wrapRequest}
 * around everything, {@link #transformEvents}, {@link #onRunStart} if it is the run's first, {@link
 * #beforeMemoization}, {@link #wrapFunction} around the handler, {@link #afterMemoization}, {@link
 * #beforeExecution}, {@link #transformOutput}, {@link #onRunComplete} or {@link #onRunError} if the
 * function ended, {@link #afterExecution}. If nothing is remembered of the run, memoisation ends
 * before the handler begins. In between, for every step: {@link #wrapStepCall}; {@link
 * #transformMemo} if it is remembered, {@link #transformStepInput} if the server is asked to do it,
 * and if its body runs, {@link #onStepStart}, {@link #wrapStep}, {@link #transformStepOutput} and
 * {@link #onStepComplete} or {@link #onStepError}.
 *
 * <p><b>Failures.</b> What a wrapping hook throws is taken as thrown by what it wraps. If another
 * hook fails before the work it stands before, the work is not done and the attempt fails with a
 * {@link MiddlewareException} that names the hook: the attempt of the step in {@link #onStepStart}
 * and {@link #transformStepOutput}, that of the call in all others, whatever the function catches.
 * It is tried again like any failure; {@code NonRetriableException} and {@code RetryAfterException}
 * keep their meaning. Hooks that are told of work that is done ({@link #onStepComplete}, {@link
 * #onStepError}, {@link #onRunComplete}, {@link #onRunError}, {@link #afterExecution}) cannot undo
 * it: their failures are logged as errors and change nothing, as otherwise the work would be
 * repeated.
 *
 * <p><b>Threads.</b> One instance serves all requests at once and must be safe for use by many
 * threads; what belongs to one call is kept in its {@link CallContext}. All hooks of one call are
 * called on the thread that runs it.
 */
public interface Middleware {
  /**
   * Names this middleware in errors and logs.
   *
   * @return any text; the class's name if not overridden
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * Called when this was added: to a client once the client is made, to a function once an app
   * serves it.
   *
   * @param registration where it was added
   */
  default void onRegister(RegistrationContext registration) {}

  /**
   * Around a call request: after its signature was verified and it was read, before its answer is
   * signed. Only for calls of functions that exist.
   *
   * <p>An answer of its own decides what the server does: the status tells how the call ended.
   *
   * @param call the call
   * @param request the request
   * @param next the rest
   * @return the answer
   * @throws Exception the request is answered with status 500, and the server tries it again
   */
  default AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
      throws Exception {
    return next.proceed();
  }

  /**
   * Changes the events that a function is called with, before they are decoded. It may also {@link
   * CallContext#put} what the function needs.
   *
   * @param call the call
   * @param events the events, at least one
   * @return as many events
   */
  default List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
    return events;
  }

  /**
   * Called in a run's first call, which remembers no step and was never tried before.
   *
   * @param call the call
   */
  default void onRunStart(CallContext call) {}

  /**
   * Called in every call before the function begins to repeat what it did in former calls.
   *
   * @param call the call
   */
  default void beforeMemoization(CallContext call) {}

  /**
   * Called in every call once nothing is repeated any more: see {@link CallContext#isReplaying}.
   *
   * @param call the call
   */
  default void afterMemoization(CallContext call) {}

  /**
   * Called in every call before new code runs, right after all {@link #afterMemoization}.
   *
   * @param call the call
   */
  default void beforeExecution(CallContext call) {}

  /**
   * Called in every call after new code ran.
   *
   * @param call the call
   * @param end how the call ended
   */
  default void afterExecution(CallContext call, CallEnd end) {}

  /**
   * Around the function's handler, in every call, also those that only repeat. Where the handler is
   * left at a step, {@code next} does not come back: see {@link Next#proceed}.
   *
   * @param call the call
   * @param step for steps before or after those of the handler
   * @param next the rest
   * @return the function's result, of the type that the handler gives
   * @throws Exception the function throws it
   */
  default @Nullable Object wrapFunction(CallContext call, Steps step, Next<@Nullable Object> next)
      throws Exception {
    return next.proceed();
  }

  /**
   * Changes a function's result as it is sent to the server.
   *
   * @param call the call
   * @param output the result
   * @return what is sent
   */
  default JsonPayload transformOutput(CallContext call, JsonPayload output) {
    return output;
  }

  /**
   * Called when a run is complete.
   *
   * @param call the call
   * @param output the result as it is sent
   */
  default void onRunComplete(CallContext call, JsonPayload output) {}

  /**
   * Called when a function threw.
   *
   * @param call the call
   * @param error what it threw
   * @param last whether the run has failed with it and is not tried again
   */
  default void onRunError(CallContext call, Throwable error, boolean last) {}

  /**
   * Around a step as the function sees it, once for every step in every call, whether the step is
   * remembered, runs now or is waited for. Where the function is left at the step, {@code next}
   * does not come back. It must not call steps.
   *
   * <p>For code that shall run only with the step's body, such as a transaction, see {@link
   * #wrapStep}.
   *
   * @param call the call
   * @param step the step
   * @param next gives the step's result or throws its failure
   * @return what the function gets, of the step's type
   * @throws Exception the step throws it in the function
   */
  default @Nullable Object wrapStepCall(
      CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
    return next.proceed();
  }

  /**
   * Changes what is remembered of a step, before the function reads it. Not called for failures.
   *
   * @param call the call
   * @param step the step
   * @param memo the result as the server gave it
   * @return what the function reads, of the step's type
   */
  default JsonPayload transformMemo(CallContext call, StepInfo step, JsonPayload memo) {
    return memo;
  }

  /**
   * Changes what the server is told of a step that it shall do or wait for: the {@code opts} of the
   * protocol, such as {@code payload} of an invoked function.
   *
   * @param call the call
   * @param step the step, none that runs in the app
   * @param input the options; may be changed
   * @return what is sent
   */
  default ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
    return input;
  }

  /**
   * Called before a step's body runs, once in each attempt; never when the step is remembered.
   *
   * @param call the call
   * @param step the step, one that runs in the app
   */
  default void onStepStart(CallContext call, StepInfo step) {}

  /**
   * Around a step's body, only when it really runs, once in each attempt; never when the step is
   * remembered. This is the place for transactions and other advice.
   *
   * @param call the call
   * @param step the step, one that runs in the app
   * @param next the body
   * @return the step's result, of the type that the body gives
   * @throws Exception the attempt of the step fails with it
   */
  default @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
      throws Exception {
    return next.proceed();
  }

  /**
   * Changes a step's result as it is sent to the server, which gives it back to {@link
   * #transformMemo} in later calls.
   *
   * @param call the call
   * @param step the step, one that runs in the app
   * @param output the result
   * @return what is sent
   */
  default JsonPayload transformStepOutput(CallContext call, StepInfo step, JsonPayload output) {
    return output;
  }

  /**
   * Called when a step's body is done.
   *
   * @param call the call
   * @param step the step
   * @param output the result as it is sent
   */
  default void onStepComplete(CallContext call, StepInfo step, JsonPayload output) {}

  /**
   * Called when an attempt of a step failed.
   *
   * @param call the call
   * @param step the step
   * @param error what it threw
   * @param last whether the step has failed with it and is not tried again
   */
  default void onStepError(CallContext call, StepInfo step, Throwable error, boolean last) {}

  /**
   * Changes events that are sent, once for every send, by a step or by a client.
   *
   * @param send where they are sent from
   * @param events the events, at least one
   * @return as many events, in the same order
   */
  default List<EventEnvelope> transformSend(SendContext send, List<EventEnvelope> events) {
    return events;
  }

  /**
   * Around a send. The future is complete when {@code next} gives it, unless the events are sent
   * asynchronously.
   *
   * @param send where the events are sent from
   * @param events the events as they are sent
   * @param next sends them; the future fails with an {@code InngestException}
   * @return the server's ids of the events, in order
   * @throws Exception the send fails with it
   */
  default CompletableFuture<SendResult> wrapSend(
      SendContext send, List<EventEnvelope> events, Next<CompletableFuture<SendResult>> next)
      throws Exception {
    return next.proceed();
  }
}
