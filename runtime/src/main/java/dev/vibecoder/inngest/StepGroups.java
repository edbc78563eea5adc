package dev.vibecoder.inngest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Groups of branches that run side by side. A branch is ordinary code with steps in it; branches
 * are given as lambdas, are run one after another on the thread that runs the function, each until
 * it has to wait for a result, and must not communicate with each other.
 *
 * <p>All branches of a group are started, and a group goes on when all have ended. If some failed,
 * the first failure by position is thrown then. Inside a group no step is run at once: the server
 * asks for each by its id, so that they run at the same time.
 *
 * <p>As long as the branches have plain steps only, they advance together, one step each, because
 * that takes the fewest calls. From the first sleep, wait, invocation or fetch on, and with {@link
 * Steps#independent()} from the start, each branch goes on as soon as it can, which takes a call of
 * the function for every step that ends. A fan-out of hundreds of items with waits in it is better
 * made of a function of its own for each item ({@link #invokeAll}).
 *
 * <p>The first step of a branch counts in the place where the group stands, as if the branches were
 * written one after another; later steps of a branch are numbered within it. A branch without a
 * result is an {@link Action}; in a group of both kinds it returns null.
 *
 * <p>An exception thrown by a branch outside its steps ends that branch, so it must come again in
 * every call. An {@link Error} and a {@link RetryAfterException} are tried again instead, before
 * anything of the group is reported.
 *
 * <p>A run holds 999 operations; a group that would exceed that is refused before its first one.
 */
public interface StepGroups {
  /**
   * Runs two branches side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param <A> result of the first
   * @param <B> result of the second
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @return the results
   * @throws X if the first branch failed
   * @throws Y if the second branch failed and none before it
   */
  <A extends @Nullable Object, B extends @Nullable Object, X extends Exception, Y extends Exception>
      Results2<A, B> parallel(Branch<? extends A, X> first, Branch<? extends B, Y> second)
          throws X, Y;

  /**
   * Runs three branches side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param <A> result of the first
   * @param <B> result of the second
   * @param <C> result of the third
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @param <Z> what the third throws
   * @return the results
   * @throws X if the first branch failed
   * @throws Y if the second branch failed and none before it
   * @throws Z if the third branch failed and none before it
   */
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      Results3<A, B, C> parallel(
          Branch<? extends A, X> first, Branch<? extends B, Y> second, Branch<? extends C, Z> third)
          throws X, Y, Z;

  /**
   * Runs four branches side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param fourth a branch
   * @param <A> result of the first
   * @param <B> result of the second
   * @param <C> result of the third
   * @param <D> result of the fourth
   * @param <W> what the first throws
   * @param <X> what the second throws
   * @param <Y> what the third throws
   * @param <Z> what the fourth throws
   * @return the results
   * @throws W if the first branch failed
   * @throws X if the second branch failed and none before it
   * @throws Y if the third branch failed and none before it
   * @throws Z if the fourth branch failed and none before it
   */
  <
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
          Branch<? extends D, Z> fourth)
          throws W, X, Y, Z;

  /**
   * Runs five branches side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param fourth a branch
   * @param fifth a branch
   * @param <A> result of the first
   * @param <B> result of the second
   * @param <C> result of the third
   * @param <D> result of the fourth
   * @param <E> result of the fifth
   * @param <V> what the first throws
   * @param <W> what the second throws
   * @param <X> what the third throws
   * @param <Y> what the fourth throws
   * @param <Z> what the fifth throws
   * @return the results
   * @throws V if the first branch failed
   * @throws W if the second branch failed and none before it
   * @throws X if the third branch failed and none before it
   * @throws Y if the fourth branch failed and none before it
   * @throws Z if the fifth branch failed and none before it
   */
  <
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
          Branch<? extends E, Z> fifth)
          throws V, W, X, Y, Z;

  /**
   * Runs two branches without results side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @throws X if the first branch failed
   * @throws Y if the second branch failed and none before it
   */
  <X extends Exception, Y extends Exception> void parallel(Action<X> first, Action<Y> second)
      throws X, Y;

  /**
   * Runs three branches without results side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @param <Z> what the third throws
   * @throws X if the first branch failed
   * @throws Y if the second branch failed and none before it
   * @throws Z if the third branch failed and none before it
   */
  <X extends Exception, Y extends Exception, Z extends Exception> void parallel(
      Action<X> first, Action<Y> second, Action<Z> third) throws X, Y, Z;

  /**
   * Runs four branches without results side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param fourth a branch
   * @param <W> what the first throws
   * @param <X> what the second throws
   * @param <Y> what the third throws
   * @param <Z> what the fourth throws
   * @throws W if the first branch failed
   * @throws X if the second branch failed and none before it
   * @throws Y if the third branch failed and none before it
   * @throws Z if the fourth branch failed and none before it
   */
  <W extends Exception, X extends Exception, Y extends Exception, Z extends Exception>
      void parallel(Action<W> first, Action<X> second, Action<Y> third, Action<Z> fourth)
          throws W, X, Y, Z;

  /**
   * Runs five branches without results side by side.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param fourth a branch
   * @param fifth a branch
   * @param <V> what the first throws
   * @param <W> what the second throws
   * @param <X> what the third throws
   * @param <Y> what the fourth throws
   * @param <Z> what the fifth throws
   * @throws V if the first branch failed
   * @throws W if the second branch failed and none before it
   * @throws X if the third branch failed and none before it
   * @throws Y if the fourth branch failed and none before it
   * @throws Z if the fifth branch failed and none before it
   */
  <
          V extends Exception,
          W extends Exception,
          X extends Exception,
          Y extends Exception,
          Z extends Exception>
      void parallel(
          Action<V> first, Action<W> second, Action<X> third, Action<Y> fourth, Action<Z> fifth)
          throws V, W, X, Y, Z;

  /**
   * Runs one branch for every item, all side by side.
   *
   * @param items the items, in an order that is the same in every call of the run
   * @param keyOf what tells an item from the others: a text, an integer, an enum constant or a
   *     UUID, at most 128 bytes, each once; the first step of an item's branch gets the id {@code
   *     step[key]}
   * @param branch what is done with an item
   * @param <I> the items
   * @param <T> result of a branch
   * @param <X> what a branch throws
   * @return the results, in the order of the items
   * @throws X if a branch failed, the first failure by position
   * @throws StepUsageException if a key is none or stands twice
   */
  <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, X> branch)
      throws X;

  /**
   * Runs one branch for every item, a number of them side by side: the next ones start when all of
   * these have ended. After a failure no others start.
   *
   * @param items the items, in an order that is the same in every call of the run
   * @param keyOf what tells an item from the others, as in {@link #forEach(Collection, Function,
   *     ItemBranch)}
   * @param atMost how many branches run side by side, at least one
   * @param branch what is done with an item
   * @param <I> the items
   * @param <T> result of a branch
   * @param <X> what a branch throws
   * @return the results, in the order of the items
   * @throws X if a branch failed, the first failure by position
   * @throws StepUsageException if a key is none or stands twice, or {@code atMost} is less than one
   */
  <I, T extends @Nullable Object, X extends Exception> List<T> forEach(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, X> branch)
      throws X;

  /**
   * Runs one branch for every item, all side by side, and tells of each how it ended.
   *
   * @param items the items, in an order that is the same in every call of the run
   * @param keyOf what tells an item from the others, as in {@link #forEach(Collection, Function,
   *     ItemBranch)}
   * @param branch what is done with an item
   * @param <I> the items
   * @param <T> result of a branch
   * @return the outcomes, in the order of the items
   * @throws StepUsageException if a key is none or stands twice
   */
  <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      ItemBranch<? super I, ? extends T, ?> branch);

  /**
   * Runs one branch for every item, a number of them side by side, and tells of each how it ended.
   *
   * @param items the items, in an order that is the same in every call of the run
   * @param keyOf what tells an item from the others, as in {@link #forEach(Collection, Function,
   *     ItemBranch)}
   * @param atMost how many branches run side by side, at least one
   * @param branch what is done with an item
   * @param <I> the items
   * @param <T> result of a branch
   * @return the outcomes, in the order of the items
   * @throws StepUsageException if a key is none or stands twice, or {@code atMost} is less than one
   */
  <I, T extends @Nullable Object> List<Outcome<T>> forEachSettled(
      Collection<? extends I> items,
      Function<? super I, ?> keyOf,
      int atMost,
      ItemBranch<? super I, ? extends T, ?> branch);

  /**
   * Invokes a function once for every entry, all side by side, and waits for the results. The id of
   * an invocation is {@code invoke-<function>[key]}.
   *
   * @param function the function
   * @param inputs what it is invoked with, by key; in an order that is the same in every call of
   *     the run
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return the results by key, in the order of the inputs
   * @throws StepFailedException if an invocation failed, the first failure by position
   */
  <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs);

  /**
   * Invokes a function once for every entry, all side by side, and waits for the results.
   *
   * @param function the function
   * @param inputs what it is invoked with, by key; in an order that is the same in every call of
   *     the run
   * @param options how long each result is awaited, and what goes with the inputs
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return the results by key, in the order of the inputs
   * @throws StepFailedException if an invocation failed, the first failure by position
   */
  <I extends @Nullable Object, O extends @Nullable Object> Map<String, O> invokeAll(
      FunctionRef<I, O> function, Map<String, ? extends I> inputs, InvokeOptions options);

  /**
   * A branch with a result.
   *
   * @param <T> the result
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Branch<T extends @Nullable Object, X extends Exception> {
    /**
     * Runs the branch from the top; steps that are done give back what they gave before.
     *
     * @return the result
     * @throws X whatever went wrong
     */
    T run() throws X;
  }

  /**
   * A step or a branch without a result.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Action<X extends Exception> {
    /**
     * Does it.
     *
     * @throws X whatever went wrong
     */
    void run() throws X;
  }

  /**
   * What is done with one of several items.
   *
   * @param <I> the item
   * @param <T> the result
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface ItemBranch<I, T extends @Nullable Object, X extends Exception> {
    /**
     * Runs the branch of an item from the top; steps that are done give back what they gave before.
     *
     * @param item the item
     * @return the result
     * @throws X whatever went wrong
     */
    T run(I item) throws X;
  }
}
