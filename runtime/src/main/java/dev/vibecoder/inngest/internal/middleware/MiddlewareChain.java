package dev.vibecoder.inngest.internal.middleware;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.RegistrationContext;
import dev.vibecoder.inngest.middleware.SendContext;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Middleware in its order. Immutable. */
public final class MiddlewareChain {
  /** No middleware. */
  public static final MiddlewareChain EMPTY = new MiddlewareChain(List.of());

  private final List<Middleware> middleware;

  private MiddlewareChain(List<Middleware> middleware) {
    this.middleware = middleware;
  }

  public static MiddlewareChain of(List<Middleware> middleware) {
    return middleware.isEmpty() ? EMPTY : new MiddlewareChain(List.copyOf(middleware));
  }

  /** This middleware, then that. */
  public MiddlewareChain then(List<Middleware> inner) {
    if (inner.isEmpty()) {
      return this;
    }
    List<Middleware> both = new ArrayList<>(middleware);
    both.addAll(inner);
    return of(both);
  }

  public boolean isEmpty() {
    return middleware.isEmpty();
  }

  List<Middleware> inOrder() {
    return middleware;
  }

  /**
   * Tells all where they were added.
   *
   * @param functionId the function, or null for a client
   */
  public void register(String appId, @Nullable String functionId) {
    RegistrationContext registration =
        new RegistrationContext(appId, Optional.ofNullable(functionId));
    for (Middleware each : middleware) {
      try {
        each.onRegister(registration);
      } catch (Exception e) {
        throw HookFailures.named(each, "onRegister", e);
      }
    }
  }

  /**
   * Sends events through this middleware.
   *
   * @param appId the app whose client sends them
   * @param call the call within which they are sent, or null
   * @param events at least one
   * @param delivery sends them
   * @return fails like the delivery, or with what a hook threw
   */
  public CompletableFuture<SendResult> send(
      String appId,
      @Nullable CallHooks call,
      List<EventEnvelope> events,
      Function<List<EventEnvelope>, CompletableFuture<SendResult>> delivery) {
    SendContext context = new SendContext(appId, Optional.ofNullable(call));
    try {
      List<EventEnvelope> changed = transformed(context, events);
      Next<CompletableFuture<SendResult>> core = () -> delivery.apply(changed);
      return Onion.proceed(
          middleware, "wrapSend", (each, next) -> each.wrapSend(context, changed, next), core);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<EventEnvelope> transformed(SendContext context, List<EventEnvelope> events) {
    List<EventEnvelope> changed = events;
    for (Middleware each : middleware) {
      changed =
          EventLists.changed(
              each, "transformSend", changed, given -> each.transformSend(context, given));
    }
    return changed;
  }

  /** Waits for a send. */
  public static SendResult await(CompletableFuture<SendResult> send) {
    try {
      return send.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InngestException(
          "Interrupted while events were sent; the server may have them or not.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new InngestException("Events were not sent: " + e.getCause(), e.getCause());
    }
  }
}
