package dev.vibecoder.inngest.middleware.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryMiddlewareTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final Map<String, String> HEADERS =
      Map.of("Traceparent", "00-" + TRACE + "-" + PARENT + "-01");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();

  @AfterEach
  void close() {
    telemetry.close();
  }

  private App app(FunctionHandler<JsonEvent> code) {
    return App.with(
        List.of(OpenTelemetryMiddleware.of(telemetry)),
        FunctionDefinition.define("fn").on("test/event").handle(code));
  }

  private static String attribute(SpanData span, String key) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
  }

  @Test
  void aCallContinuesTheServersTraceAndItsStepsAreWithin() {
    List<String> current = new ArrayList<>();
    app((event, step) -> {
          current.add(Span.current().getSpanContext().getSpanId());
          step.run("ship", () -> current.add(Span.current().getSpanContext().getSpanId()));
          return null;
        })
        .call("fn", Call.first().attempt(2, 4), HEADERS);
    assertThat(spans.getFinishedSpanItems()).hasSize(2);
    SpanData body = spans.getFinishedSpanItems().get(0);
    SpanData call = spans.getFinishedSpanItems().get(1);
    assertThat(call.getName()).isEqualTo("inngest.call fn");
    assertThat(call.getTraceId()).isEqualTo(TRACE);
    assertThat(call.getParentSpanId()).isEqualTo(PARENT);
    assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(attribute(call, "inngest.app.id")).isEqualTo("app");
    assertThat(attribute(call, "inngest.function.id")).isEqualTo("fn");
    assertThat(attribute(call, "inngest.run.id")).isEqualTo(Call.RUN_ID);
    assertThat(attribute(call, "inngest.call.end")).isEqualTo("steps_reported");
    assertThat(call.getAttributes().get(AttributeKey.longKey("inngest.attempt"))).isEqualTo(2);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(body.getName()).isEqualTo("inngest.step ship");
    assertThat(body.getTraceId()).isEqualTo(TRACE);
    assertThat(body.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(attribute(body, "inngest.step.id")).isEqualTo("ship");
    assertThat(attribute(body, "inngest.step.kind")).isEqualTo("run");
    assertThat(current).containsExactly(call.getSpanId(), body.getSpanId());
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void aRememberedStepHasNoSpan() {
    app((event, step) -> step.run("one", String.class, () -> "x"))
        .call("fn", Call.first().done("one", "\"x\""), HEADERS);
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("inngest.call fn");
    assertThat(attribute(spans.getFinishedSpanItems().get(0), "inngest.call.end"))
        .isEqualTo("returned");
  }

  @Test
  void whatIsThrownIsRecordedWhereItWasThrown() {
    app((event, step) -> {
          step.run(
              "bad",
              () -> {
                throw new IllegalStateException("no stock");
              });
          return null;
        })
        .call(Call.first());
    SpanData body = spans.getFinishedSpanItems().get(0);
    SpanData whole = spans.getFinishedSpanItems().get(1);
    assertThat(body.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(body.getStatus().getDescription()).isEqualTo("no stock");
    assertThat(body.getEvents()).hasSize(1);
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    spans.reset();
    app((event, step) -> {
          throw new IllegalStateException();
        })
        .call(Call.first());
    assertThat(spans.getFinishedSpanItems().get(0).getStatus().getDescription())
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aServerThatIsTracedAlreadyIsTheParent() {
    App app = app((event, step) -> "x");
    app.call(Call.first());
    assertThat(spans.getFinishedSpanItems().get(0).getParentSpanContext().isValid()).isFalse();
    spans.reset();
    Span outer = telemetry.getTracer("test").spanBuilder("http").startSpan();
    try (Scope scope = outer.makeCurrent()) {
      app.call(Call.first());
      assertThat(scope).isNotNull();
    }
    SpanData within = spans.getFinishedSpanItems().get(0);
    assertThat(within.getParentSpanId()).isEqualTo(outer.getSpanContext().getSpanId());
    assertThat(within.getKind()).isEqualTo(SpanKind.INTERNAL);
    spans.reset();
    try (Scope scope = outer.makeCurrent()) {
      app.call("fn", Call.first(), HEADERS);
      assertThat(scope).isNotNull();
    }
    assertThat(spans.getFinishedSpanItems().get(0).getTraceId()).isEqualTo(TRACE);
    spans.reset();
    try (Scope scope = outer.makeCurrent()) {
      String same = "00-" + outer.getSpanContext().getTraceId() + "-" + PARENT + "-01";
      app.call("fn", Call.first(), Map.of("traceparent", same));
      assertThat(scope).isNotNull();
    }
    assertThat(spans.getFinishedSpanItems().get(0).getParentSpanId())
        .isEqualTo(outer.getSpanContext().getSpanId());
  }
}
