package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.Opcode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The forms of steps that the server does, or ends. What the server would accept and then leave
 * hanging is refused here: bad durations, empty names, inputs that are no objects.
 */
final class ServerForms {
  private static final Duration MAX_SLEEP = Duration.ofDays(366);
  // The server has no bound for signals, but its arithmetic has one.
  private static final Duration MAX_SIGNAL = Duration.ofDays(36_500);
  // The server rounds the remaining time to whole seconds, so it may wake half a second early.
  private static final Duration WAKE_ERROR = Duration.ofMillis(500);

  private ServerForms() {}

  static StepForm sleep(String id, Duration duration) {
    requireSleep(id, duration);
    return new StepForm(Opcode.SLEEP, DurationText.format(duration), null);
  }

  static StepForm sleepUntil(String id, Instant time, Instant now) {
    requireSleep(id, Duration.between(now, time));
    // Years that have no four digits are no date to the server, and the run would hang.
    Instant dated = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    return new StepForm(Opcode.SLEEP, roundedUp(dated.plus(WAKE_ERROR)).toString(), null);
  }

  private static Instant roundedUp(Instant time) {
    Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
    return millis.equals(time) ? millis : millis.plusMillis(1);
  }

  private static void requireSleep(String id, Duration duration) {
    if (duration.compareTo(MAX_SLEEP) > 0) {
      throw new StepUsageException(
          "Step \"" + id + "\" would sleep longer than 366 days, which the server refuses.");
    }
  }

  static StepForm waitForEvent(EventType<?> type, Wait wait) {
    ObjectNode opts = StepForm.object().put("timeout", DurationText.format(wait.timeout()));
    wait.expression().ifPresent(expression -> opts.put("if", expression));
    return new StepForm(Opcode.WAIT_FOR_EVENT, type.name(), opts);
  }

  /**
   * Patterns start functions; nothing else knows them, and waiting for one would end in nothing.
   */
  static void requireName(EventType<?> type, String done) {
    if (type.isPattern()) {
      throw new StepUsageException(
          "The event pattern \"" + type.name() + "\" cannot be " + done + ": name one event.");
    }
  }

  static StepForm waitForSignal(
      String id, Signal<?> signal, Duration timeout, Signal.Conflict conflict) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_SIGNAL) > 0) {
      throw new StepUsageException(
          "Step \""
              + id
              + "\" would wait "
              + timeout
              + " for a signal: give it 1 s to 36,500 days.");
    }
    ObjectNode opts =
        StepForm.object()
            .put("signal", signal.name())
            .put("timeout", DurationText.format(timeout))
            .put("conflict", conflict.name().toLowerCase(Locale.ROOT));
    return new StepForm(Opcode.WAIT_FOR_SIGNAL, signal.name(), opts);
  }

  static StepForm invoke(
      String appId, FunctionRef<?, ?> function, @Nullable Object input, InvokeOptions options) {
    ObjectNode payload = StepForm.object();
    payload.set("data", input(function, input));
    options.user().ifPresent(user -> payload.set("user", user));
    options.v().ifPresent(v -> payload.put("v", v));
    String app = function.appId() == null ? appId : function.appId();
    ObjectNode opts = StepForm.object().put("function_id", app + "-" + function.functionId());
    opts.set("payload", payload);
    options.timeout().ifPresent(timeout -> opts.put("timeout", DurationText.format(timeout)));
    return new StepForm(Opcode.INVOKE_FUNCTION, null, opts);
  }

  private static JsonNode input(FunctionRef<?, ?> function, @Nullable Object input) {
    if (input == null) {
      return StepForm.object();
    }
    String what = "the input of function \"" + function.functionId() + "\"";
    JsonNode tree = tree(Output.write(input, null, what), what);
    if (!tree.isObject()) {
      throw new NonRetriableException(
          "Cannot invoke with " + what + ": it must be a JSON object, not " + tree.getNodeType());
    }
    return tree;
  }

  static JsonNode tree(byte[] json, String what) {
    try {
      return Json.tree(json, 0, json.length);
    } catch (IOException e) {
      throw new NonRetriableException("Cannot write " + what + ": " + Json.problem(e), e);
    }
  }

  static StepForm fetch(FetchRequest request) {
    ObjectNode opts =
        StepForm.object().put("url", request.url().toString()).put("method", request.method());
    ObjectNode headers = opts.putObject("headers");
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    if (request.body() != null) {
      opts.put("body", request.body());
    }
    return new StepForm(Opcode.GATEWAY, null, opts);
  }
}
