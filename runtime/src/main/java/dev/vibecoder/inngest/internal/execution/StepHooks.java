package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.middleware.JsonPayload;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.middleware.StepKind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The middleware's part in one step.
 *
 * @param hooks the hooks of the call
 * @param step what middleware is told of the step
 */
record StepHooks(CallHooks hooks, StepInfo step) {
  /** The part of middleware in a step; null if there is none. */
  static @Nullable StepHooks of(
      RunContext run,
      Attempts attempts,
      StepIdentity step,
      String displayName,
      StepKind kind,
      @Nullable StepDefinition<?> definition) {
    CallHooks hooks = run.hooks();
    return hooks == null
        ? null
        : new StepHooks(
            hooks,
            new StepInfo(
                step.id(), displayName, kind, attempts.attempt(), attempts.max(definition)));
  }

  /** Around the step as the function sees it. */
  // Middleware gives back what it was given, or something else of its type.
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  static <T extends @Nullable Object> T around(
      @Nullable StepHooks hooks, Callable<? extends @Nullable Object> step) {
    try {
      return (T) (hooks == null ? step.call() : hooks.hooks.stepCall(hooks.step, step::call));
    } catch (Exception e) {
      throw ThrownError.<RuntimeException>sneak(e);
    }
  }

  /** What is remembered of the step, as middleware reads it. */
  Memo read(Memo memo) {
    if (memo.kind() == Memo.Kind.ERROR) {
      return memo;
    }
    JsonPayload given = JsonPayload.of(memo.body(), memo.offset(), memo.length());
    JsonPayload read = hooks.memo(step, given);
    if (read == given) {
      return memo;
    }
    byte[] json = read.bytes();
    return new Memo(memo.kind(), json, 0, json.length);
  }

  /** What the server is told of the step, as middleware writes it. */
  StepForm write(StepForm form) {
    ObjectNode opts = form.opts();
    return opts == null
        ? form
        : new StepForm(form.opcode(), form.name(), hooks.stepInput(step, opts));
  }

  @Nullable Object body(Callable<? extends @Nullable Object> body) throws Exception {
    return hooks.stepBody(step, body::call);
  }

  byte[] output(byte[] json, String what) {
    return Output.requireSize(hooks.stepOutput(step, json), what);
  }

  void completed(byte[] json) {
    hooks.stepCompleted(step, json);
  }

  void failed(Throwable error, boolean last) {
    hooks.stepFailed(step, error, last);
  }
}
