package dev.vibecoder.inngest.middleware.micrometer;

import dev.vibecoder.inngest.SendFailure;
import dev.vibecoder.inngest.SendOutcome;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.CallEnd;
import dev.vibecoder.inngest.middleware.ContextKey;
import dev.vibecoder.inngest.middleware.JsonPayload;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.SendContext;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Measures an app. All tags have few values.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name</th><th>Kind</th><th>Tags</th></tr>
 * <tr><td>{@code inngest.calls}</td><td>timer: call requests</td><td>{@code app}, {@code function},
 * {@code outcome}: {@code returned}, {@code threw}, {@code steps_reported}, {@code step_not_found},
 * {@code refused} if other middleware answered instead, {@code error} if one failed</td></tr>
 * <tr><td>{@code inngest.steps}</td><td>timer: bodies of steps that ran</td><td>{@code app}, {@code
 * function}, {@code kind}, {@code outcome}: {@code completed}, {@code retried}, {@code failed} for
 * good; {@code step} if {@linkplain #withStepTag asked for}</td></tr>
 * <tr><td>{@code inngest.events.sent}</td><td>counter: events</td><td>{@code app}, {@code event}: its
 * name, {@code outcome}: {@code accepted}, {@code failed}</td></tr>
 * </table>
 */
public final class MicrometerMiddleware implements Middleware {
  private static final ContextKey<CallEnd> END = ContextKey.of("end of the call");
  private static final ContextKey<Timer.Sample> STEP = ContextKey.of("timer of the step");

  private final MeterRegistry registry;
  private final boolean stepTag;

  private MicrometerMiddleware(MeterRegistry registry, boolean stepTag) {
    this.registry = registry;
    this.stepTag = stepTag;
  }

  /**
   * Measures into a registry.
   *
   * @param registry where the meters are
   * @return the middleware
   */
  public static MicrometerMiddleware of(MeterRegistry registry) {
    return new MicrometerMiddleware(Objects.requireNonNull(registry, "registry"), false);
  }

  /**
   * The same with the tag {@code step} on {@code inngest.steps}: the step's id without key and
   * number. Only for apps whose functions make no ids of run-time values, as every id is a meter.
   *
   * @return a new middleware
   */
  public MicrometerMiddleware withStepTag() {
    return new MicrometerMiddleware(registry, true);
  }

  @Override
  public AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
      throws Exception {
    Timer.Sample sample = Timer.start(registry);
    String otherwise = "error";
    try {
      AppResponse response = next.proceed();
      otherwise = "refused";
      return response;
    } finally {
      String outcome = call.get(END).map(MicrometerMiddleware::text).orElse(otherwise);
      sample.stop(registry.timer("inngest.calls", tags(call).and("outcome", outcome)));
    }
  }

  @Override
  public void onRunError(CallContext call, Throwable error, boolean last) {
    // Also where the function was never begun, and so has no end.
    call.put(END, CallEnd.THREW);
  }

  @Override
  public void afterExecution(CallContext call, CallEnd end) {
    call.put(END, end);
  }

  @Override
  public void onStepStart(CallContext call, StepInfo step) {
    call.put(STEP, Timer.start(registry));
  }

  @Override
  public void onStepComplete(CallContext call, StepInfo step, JsonPayload output) {
    stop(call, step, "completed");
  }

  @Override
  public void onStepError(CallContext call, StepInfo step, Throwable error, boolean last) {
    stop(call, step, last ? "failed" : "retried");
  }

  private void stop(CallContext call, StepInfo step, String outcome) {
    // None if other middleware failed before the body.
    Timer.Sample sample = call.get(STEP).orElseGet(() -> Timer.start(registry));
    call.put(STEP, null);
    Tags tags =
        tags(call).and("kind", step.kind().name().toLowerCase(Locale.ROOT), "outcome", outcome);
    sample.stop(registry.timer("inngest.steps", stepTag ? tags.and("step", step.rawId()) : tags));
  }

  @Override
  public CompletableFuture<SendResult> wrapSend(
      SendContext send, List<EventEnvelope> events, Next<CompletableFuture<SendResult>> next)
      throws Exception {
    CompletableFuture<SendResult> sent;
    try {
      sent = next.proceed();
    } catch (Exception e) {
      countFailed(send, events, e);
      throw e;
    }
    return sent.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            countFailed(send, events, failure);
          } else {
            events.forEach(event -> count(send, event, true));
          }
        });
  }

  /** Of events that were sent together some may have been accepted. */
  private void countFailed(SendContext send, List<EventEnvelope> events, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    List<SendOutcome> outcomes =
        cause instanceof SendFailure told && told.outcomes().size() == events.size()
            ? told.outcomes()
            : List.of();
    for (int i = 0; i < events.size(); i++) {
      count(send, events.get(i), !outcomes.isEmpty() && outcomes.get(i).accepted());
    }
  }

  private void count(SendContext send, EventEnvelope event, boolean accepted) {
    String outcome = accepted ? "accepted" : "failed";
    registry
        .counter(
            "inngest.events.sent",
            Tags.of("app", send.appId(), "event", event.name(), "outcome", outcome))
        .increment();
  }

  private static Tags tags(CallContext call) {
    return Tags.of("app", call.appId(), "function", call.functionId());
  }

  private static String text(CallEnd end) {
    return end.name().toLowerCase(Locale.ROOT);
  }
}
