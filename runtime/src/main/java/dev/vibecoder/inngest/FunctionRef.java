package dev.vibecoder.inngest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A typed reference to a function. The processor generates one constant for every function.
 * Immutable.
 *
 * @param appId the app that has it, or null for the app that uses the reference
 * @param functionId the function's id, without the app's
 * @param result type of what the function returns
 * @param <I> what the function is called with
 * @param <O> what the function returns
 */
// I is a phantom: it ties what a function is called with to the reference.
@SuppressWarnings("UnusedTypeParameter")
public record FunctionRef<I extends @Nullable Object, O extends @Nullable Object>(
    @Nullable String appId, String functionId, TypeRef<O> result) {
  /**
   * Checks that nothing is missing.
   *
   * @param appId the app's id, or null
   * @param functionId the function's id
   * @param result type of the result
   */
  public FunctionRef {
    Objects.requireNonNull(functionId, "functionId");
    Objects.requireNonNull(result, "result");
  }

  /**
   * Refers to a function of the same app.
   *
   * @param functionId the function's id, without the app's
   * @param result type of what it returns
   * @param <I> what the function is called with
   * @param <O> what the function returns
   * @return the reference
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> FunctionRef<I, O> of(
      String functionId, TypeRef<O> result) {
    return new FunctionRef<>(null, functionId, result);
  }

  /**
   * Refers to a function of the same id in another app.
   *
   * @param otherAppId the app's id
   * @return a new reference
   */
  public FunctionRef<I, O> inApp(String otherAppId) {
    return new FunctionRef<>(Objects.requireNonNull(otherAppId, "appId"), functionId, result);
  }
}
