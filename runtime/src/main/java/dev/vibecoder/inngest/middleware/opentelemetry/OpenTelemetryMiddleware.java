package dev.vibecoder.inngest.middleware.opentelemetry;

import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.CallEnd;
import dev.vibecoder.inngest.middleware.ContextKey;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.StepInfo;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Traces an app: a span {@code inngest.call <function>} for every call request, and within it a
 * span {@code inngest.step <step>} for every body of a step that really runs. The spans of all
 * calls of a run belong to one trace, the one that the server names in the header {@code
 * traceparent}.
 *
 * <p>Where the HTTP server is traced already and has continued that trace, its span is the parent.
 * While the code of functions and steps runs, its span is the current one.
 *
 * <p>Attributes: {@code inngest.app.id}, {@code inngest.function.id}, {@code inngest.run.id},
 * {@code inngest.attempt}, of calls {@code inngest.call.end} (a {@link CallEnd} in lower case), of
 * steps {@code inngest.step.id} and {@code inngest.step.kind}. A span has the status {@code ERROR}
 * and the exception if the function or the step threw.
 */
public final class OpenTelemetryMiddleware implements Middleware {
  private static final String SCOPE = "dev.vibecoder.inngest";
  private static final String APP_ID = "inngest.app.id";
  private static final String FUNCTION_ID = "inngest.function.id";
  private static final String RUN_ID = "inngest.run.id";
  private static final String ATTEMPT = "inngest.attempt";
  private static final ContextKey<Span> SPAN = ContextKey.of("inngest.call span");

  private static final TextMapGetter<AppRequest> HEADERS =
      new TextMapGetter<>() {
        // Demanded by older versions of the API.
        @Override
        @SuppressWarnings("deprecation")
        public Iterable<String> keys(AppRequest request) {
          return request.headers().keySet();
        }

        @Override
        public @Nullable String get(@Nullable AppRequest request, String key) {
          return request == null ? null : request.header(key).orElse(null);
        }
      };

  private final Tracer tracer;

  private OpenTelemetryMiddleware(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Traces with an OpenTelemetry instance.
   *
   * @param openTelemetry for instance {@code GlobalOpenTelemetry.get()}
   * @return the middleware
   */
  public static OpenTelemetryMiddleware of(OpenTelemetry openTelemetry) {
    return new OpenTelemetryMiddleware(openTelemetry.getTracer(SCOPE));
  }

  // The scope is there to be closed.
  @Override
  @SuppressWarnings("try")
  public AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
      throws Exception {
    Context parent = parent(request);
    boolean entry = !isLocal(Span.fromContext(parent).getSpanContext());
    Span span =
        tracer
            .spanBuilder("inngest.call " + call.functionId())
            .setParent(parent)
            .setSpanKind(entry ? SpanKind.SERVER : SpanKind.INTERNAL)
            .setAttribute(APP_ID, call.appId())
            .setAttribute(FUNCTION_ID, call.functionId())
            .setAttribute(RUN_ID, call.runId())
            .setAttribute(ATTEMPT, (long) call.attempt())
            .startSpan();
    call.put(SPAN, span);
    try (Scope scope = span.makeCurrent()) {
      return next.proceed();
    } catch (Exception | Error e) {
      failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  @Override
  public void onRunError(CallContext call, Throwable error, boolean last) {
    call.get(SPAN).ifPresent(span -> failed(span, error));
  }

  @Override
  public void afterExecution(CallContext call, CallEnd end) {
    call.get(SPAN)
        .ifPresent(
            span -> span.setAttribute("inngest.call.end", end.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  @SuppressWarnings("try")
  public @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
      throws Exception {
    Span span =
        tracer
            .spanBuilder("inngest.step " + step.rawId())
            .setAttribute(APP_ID, call.appId())
            .setAttribute(FUNCTION_ID, call.functionId())
            .setAttribute(RUN_ID, call.runId())
            .setAttribute(ATTEMPT, (long) step.attempt())
            .setAttribute("inngest.step.id", step.id())
            .setAttribute("inngest.step.kind", step.kind().name().toLowerCase(Locale.ROOT))
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      return next.proceed();
    } catch (Exception | Error e) {
      failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** A span that already continues the server's trace, else what the server names, else a root. */
  private static Context parent(AppRequest request) {
    Context present = Context.current();
    Context remote =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
    SpanContext asked = Span.fromContext(remote).getSpanContext();
    SpanContext here = Span.fromContext(present).getSpanContext();
    boolean continued = here.isValid() && here.getTraceId().equals(asked.getTraceId());
    if (continued || !asked.isValid()) {
      return present;
    }
    return present.with(Span.wrap(asked));
  }

  private static boolean isLocal(SpanContext span) {
    return span.isValid() && !span.isRemote();
  }

  private static void failed(Span span, Throwable error) {
    span.recordException(error);
    String message = error.getMessage();
    span.setStatus(StatusCode.ERROR, message == null ? error.getClass().getName() : message);
  }
}
