package dev.vibecoder.inngest.internal.middleware;

import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls one wrapping hook of all middleware, the first as the outermost. */
final class Onion {
  private Onion() {}

  /** Calls the hook of one middleware. */
  @FunctionalInterface
  interface Layer<T extends @Nullable Object> {
    T wrap(Middleware middleware, Next<T> next) throws Exception;
  }

  static <T extends @Nullable Object> T proceed(
      List<Middleware> chain, String hook, Layer<T> layer, Next<T> core) throws Exception {
    Next<T> next = core;
    for (int i = chain.size() - 1; i >= 0; i--) {
      Middleware middleware = chain.get(i);
      Next<T> inner = new Once<>(middleware, hook, next);
      next = () -> layer.wrap(middleware, inner);
    }
    return next.proceed();
  }

  /** Twice through would run a body twice within one attempt. */
  private static final class Once<T extends @Nullable Object> implements Next<T> {
    private final Middleware middleware;
    private final String hook;
    private final Next<T> next;
    private boolean called;

    Once(Middleware middleware, String hook, Next<T> next) {
      this.middleware = middleware;
      this.hook = hook;
      this.next = next;
    }

    @Override
    public T proceed() throws Exception {
      if (called) {
        throw new IllegalStateException(
            HookFailures.where(middleware, hook)
                + " called proceed() a second time. It goes on once at most.");
      }
      called = true;
      return next.proceed();
    }
  }
}
