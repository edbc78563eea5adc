package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.Outcome;
import dev.vibecoder.inngest.Results2;
import dev.vibecoder.inngest.Results3;
import dev.vibecoder.inngest.Results4;
import dev.vibecoder.inngest.Results5;
import dev.vibecoder.inngest.StepGroups;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What functions call of a run's groups. */
class DurableGroups implements StepGroups {
  private final boolean independent;

  DurableGroups(boolean independent) {
    this.independent = independent;
  }

  // The results come from the branches, in their order.
  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          X extends Exception,
          Y extends Exception>
      Results2<A, B> parallel(Branch<? extends A, X> first, Branch<? extends B, Y> second) {
    List<?> results = all(first::run, second::run);
    return new Results2<>((A) results.get(0), (B) results.get(1));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results3<A, B, C> parallel(
          Branch<? extends A, X> first,
          Branch<? extends B, Y> second,
          Branch<? extends C, Z> third) {
    List<?> results = all(first::run, second::run, third::run);
    return new Results3<>((A) results.get(0), (B) results.get(1), (C) results.get(2));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results4<A, B, C, D> parallel(
          Branch<? extends A, W> first,
          Branch<? extends B, X> second,
          Branch<? extends C, Y> third,
          Branch<? extends D, Z> fourth) {
    List<?> results = all(first::run, second::run, third::run, fourth::run);
    return new Results4<>(
        (A) results.get(0), (B) results.get(1), (C) results.get(2), (D) results.get(3));
  }

  @Override
  @SuppressWarnings("unchecked")
  public final <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          V extends Exception,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results5<A, B, C, D, E> parallel(
          Branch<? extends A, V> first,
          Branch<? extends B, W> second,
          Branch<? extends C, X> third,
          Branch<? extends D, Y> fourth,
          Branch<? extends E, Z> fifth) {
    List<?> results = all(first::run, second::run, third::run, fourth::run, fifth::run);
    return new Results5<>(
        (A) results.get(0),
        (B) results.get(1),
        (C) results.get(2),
        (D) results.get(3),
        (E) results.get(4));
  }

  @Override
  public final <X extends Exception, Y extends Exception> void parallel(
      Action<X> first, Action<Y> second) {
    all(callable(first), callable(second));
  }

  @Override
  public final <X extends Exception, Y extends Exception, Z extends Exception> void parallel(
      Action<X> first, Action<Y> second, Action<Z> third) {
    all(callable(first), callable(second), callable(third));
  }

  @Override
  public final <W extends Exception, X extends Exception, Y extends Exception, Z extends Exception>
      void parallel(Action<W> first, Action<X> second, Action<Y> third, Action<Z> fourth) {
    all(callable(first), callable(second), callable(third), callable(fourth));
  }

  @Override
  public final <
          V extends Exception,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      void parallel(
          Action<V> first, Action<W> second, Action<X> third, Action<Y> fourth, Action<Z> fifth) {
    all(callable(first), callable(second), callable(third), callable(fourth), callable(fifth));
  }

  static Callable<@Nullable Void> callable(Action<?> action) {
    return () -> {
      action.run();
      return null;
    };
  }

  private List<?> all(Callable<?>... branches) {
    throw new UnsupportedOperationException(branches.length + ", independent: " + independent);
  }

  @Override
  public final <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, X> branch) {
    return forEach(items, keyOf, Integer.MAX_VALUE, branch);
  }

  @Override
  public final <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, X> branch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, ?> branch) {
    return forEachSettled(items, keyOf, Integer.MAX_VALUE, branch);
  }

  @Override
  public final <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, ?> branch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs) {
    return invokeAll(function, inputs, InvokeOptions.defaults());
  }

  @Override
  public final <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs, InvokeOptions options) {
    throw new UnsupportedOperationException();
  }
}
