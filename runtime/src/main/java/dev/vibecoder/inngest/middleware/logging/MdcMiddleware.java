package dev.vibecoder.inngest.middleware.logging;

import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.StepInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts what is known of a call into SLF4J's diagnostic context, so that every line that is logged
 * within it can show it. Afterwards the context is as it was before.
 *
 * <p>A filter on {@link #REPLAYING} drops what a function logs again on every call; {@code
 * FunctionContext.logger()} does so by itself.
 */
public final class MdcMiddleware implements Middleware {
  /** The app's id. */
  public static final String APP = "inngest.app";

  /** The function's id. */
  public static final String FUNCTION = "inngest.function";

  /** The run's id. */
  public static final String RUN = "inngest.run";

  /** The id of the step whose body is running; absent outside bodies. */
  public static final String STEP = "inngest.step";

  /** Which attempt this is, of the step within its body and else of the call; from 0. */
  public static final String ATTEMPT = "inngest.attempt";

  /** {@code true} while the function repeats what it did in earlier calls, else {@code false}. */
  public static final String REPLAYING = "inngest.replaying";

  /** Makes the middleware. */
  public MdcMiddleware() {}

  @Override
  public AppResponse wrapRequest(CallContext call, AppRequest request, Next<AppResponse> next)
      throws Exception {
    Former former = Former.of(APP, FUNCTION, RUN, STEP, ATTEMPT, REPLAYING);
    try {
      MDC.put(APP, call.appId());
      MDC.put(FUNCTION, call.functionId());
      MDC.put(RUN, call.runId());
      MDC.remove(STEP);
      MDC.put(ATTEMPT, Integer.toString(call.attempt()));
      MDC.put(REPLAYING, Boolean.toString(call.isReplaying()));
      return next.proceed();
    } finally {
      former.restore();
    }
  }

  @Override
  public void afterMemoization(CallContext call) {
    MDC.put(REPLAYING, "false");
  }

  @Override
  public @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
      throws Exception {
    Former former = Former.of(STEP, ATTEMPT);
    try {
      MDC.put(STEP, step.id());
      MDC.put(ATTEMPT, Integer.toString(step.attempt()));
      return next.proceed();
    } finally {
      former.restore();
    }
  }

  /** What stood under keys before. */
  private record Former(String[] keys, @Nullable String[] values) {
    static Former of(String... keys) {
      @Nullable String[] values = new @Nullable String[keys.length];
      for (int i = 0; i < keys.length; i++) {
        values[i] = MDC.get(keys[i]);
      }
      return new Former(keys, values);
    }

    void restore() {
      for (int i = 0; i < keys.length; i++) {
        String value = values[i];
        if (value == null) {
          MDC.remove(keys[i]);
        } else {
          MDC.put(keys[i], value);
        }
      }
    }
  }
}
