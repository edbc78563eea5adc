package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a step does.
 *
 * @param definition what is known of it before the run, or null
 * @param result type of its result, or null for none
 * @param body does it
 * @param <T> the result
 */
record StepWork<T extends @Nullable Object>(
    @Nullable StepDefinition<?> definition,
    @Nullable TypeRef<?> result,
    Callable<? extends T> body) {
  /** The exceptions that come back as themselves. */
  List<DeclaredException<?>> declared() {
    return definition == null ? List.of() : definition.declared();
  }

  /** Whether the step counts its own attempts, and so needs a request of its own for each. */
  boolean hasOwnAttempts() {
    return definition != null
        && (definition.retries().isPresent() || !definition.backoff().isEmpty());
  }
}
