package dev.vibecoder.inngest;

import java.util.Objects;

/**
 * A typed reference to a function. The processor generates one constant for every function.
 * Immutable.
 *
 * @param functionId the function's id, without the app's
 * @param result type of what the function returns
 * @param <I> what the function is called with
 * @param <O> what the function returns
 */
// I is a phantom: it ties what a function is called with to the reference.
@SuppressWarnings("UnusedTypeParameter")
public record FunctionRef<I, O>(String functionId, TypeRef<O> result) {
  /**
   * Checks that nothing is missing.
   *
   * @param functionId the function's id
   * @param result type of the result
   */
  public FunctionRef {
    Objects.requireNonNull(functionId, "functionId");
    Objects.requireNonNull(result, "result");
  }

  /**
   * Refers to a function.
   *
   * @param functionId the function's id, without the app's
   * @param result type of what it returns
   * @param <I> what the function is called with
   * @param <O> what the function returns
   * @return the reference
   */
  public static <I, O> FunctionRef<I, O> of(String functionId, TypeRef<O> result) {
    return new FunctionRef<>(functionId, result);
  }
}
