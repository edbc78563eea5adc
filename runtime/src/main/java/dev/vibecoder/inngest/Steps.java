package dev.vibecoder.inngest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The durable operations of a run. Every call is remembered under its id: when the function is
 * called again, what is done already is not done again, its result is given back.
 *
 * <p>Ids are any text without {@code [ ] : >} and control characters, and stay the same from call
 * to call; the n-th repeat of an id in a run gets {@code :n} by itself. Calls without an id get one
 * that depends on nothing but the code.
 *
 * <p>Use it only on the thread that runs the function, and never inside a step: both are errors
 * that say so ({@link StepUsageException}). Between the first attempt and the result of a step, the
 * function is left by a {@link Error} that must not be caught; {@code finally} blocks therefore run
 * every time the function is called.
 */
public interface Steps extends StepGroups {
  /**
   * Runs a step once and remembers what it returns.
   *
   * @param id the step's id
   * @param type type of the result
   * @param body what is to be done
   * @param <T> type of the result
   * @return the result as it was decoded from JSON, also the first time
   * @throws StepFailedException when the step has failed for good
   */
  <T> T run(String id, Class<T> type, Callable<? extends T> body);

  /**
   * Runs a step once and remembers what it returns, for results of generic types.
   *
   * @param id the step's id
   * @param type type of the result, as in {@code new TypeRef<List<Order>>() {}}
   * @param body what is to be done
   * @param <T> type of the result
   * @return the result as it was decoded from JSON, also the first time
   * @throws StepFailedException when the step has failed for good
   */
  <T> T run(String id, TypeRef<T> type, Callable<? extends T> body);

  /**
   * Runs a step without a result once.
   *
   * @param id the step's id
   * @param body what is to be done
   * @throws StepFailedException when the step has failed for good
   */
  void run(String id, Action<?> body);

  /**
   * Lets the run sleep; nothing is held meanwhile. The id is {@code sleep}.
   *
   * @param duration how long, at most 366 days; a fraction of a second is rounded up
   */
  void sleep(Duration duration);

  /**
   * Lets the run sleep; nothing is held meanwhile.
   *
   * @param id the step's id
   * @param duration how long, at most 366 days; a fraction of a second is rounded up
   */
  void sleep(String id, Duration duration);

  /**
   * Lets the run sleep until a given time; nothing is held meanwhile. The id is {@code sleep}.
   *
   * @param time when to go on, at most 366 days ahead; never earlier, up to a second later
   */
  void sleepUntil(Instant time);

  /**
   * Lets the run sleep until a given time; nothing is held meanwhile.
   *
   * @param id the step's id
   * @param time when to go on, at most 366 days ahead; never earlier, up to a second later
   */
  void sleepUntil(String id, Instant time);

  /**
   * Sends an event once. The id is {@code send-<event name>}.
   *
   * @param event the event; without an id it gets one that is the same whenever the step is tried
   * @return the server's id of it
   * @throws StepFailedException when the event could not be sent
   */
  SendResult send(Event<?> event);

  /**
   * Sends an event once.
   *
   * @param id the step's id
   * @param event the event; without an id it gets one that is the same whenever the step is tried
   * @return the server's id of it
   * @throws StepFailedException when the event could not be sent
   */
  SendResult send(String id, Event<?> event);

  /**
   * Sends several events once.
   *
   * @param id the step's id
   * @param events the events; those without an id get one that is the same whenever the step is
   *     tried
   * @return the server's ids of them, in order
   * @throws StepFailedException when the events could not be sent
   */
  SendResult send(String id, Collection<? extends Event<?>> events);

  /**
   * Sends an event of a known type once. The id is {@code send-<event name>}.
   *
   * @param type the event's type, not a pattern
   * @param data the payload
   * @param <D> type of the payload
   * @return the server's id of it
   * @throws StepFailedException when the event could not be sent
   */
  <D> SendResult send(EventType<? extends Event<D>> type, D data);

  /**
   * Waits for an event; nothing is held meanwhile. The id is {@code wait-<event name>}.
   *
   * @param type the event's type, not a pattern
   * @param wait how long, and which event
   * @param <E> the event class
   * @return the event, or empty when the time is over
   */
  <E extends Event<?>> Optional<E> waitForEvent(EventType<E> type, Wait wait);

  /**
   * Waits for an event; nothing is held meanwhile.
   *
   * @param id the step's id
   * @param type the event's type, not a pattern
   * @param wait how long, and which event
   * @param <E> the event class
   * @return the event, or empty when the time is over
   */
  <E extends Event<?>> Optional<E> waitForEvent(String id, EventType<E> type, Wait wait);

  /**
   * Waits for an event and does something meanwhile, such as asking for it: the wait stands before
   * the first step of that is run, so an answer that comes at once is not lost. The id is {@code
   * wait-<event name>}.
   *
   * @param type the event's type, not a pattern
   * @param wait how long, and which event
   * @param meanwhile a branch with steps
   * @param <E> the event class
   * @param <X> what the branch throws
   * @return the event, or empty when the time is over; in both cases the branch has ended as well
   * @throws X if the branch failed
   */
  <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      EventType<E> type, Wait wait, Action<X> meanwhile) throws X;

  /**
   * Waits for an event and does something meanwhile, such as asking for it: the wait stands before
   * the first step of that is run, so an answer that comes at once is not lost.
   *
   * @param id the step's id
   * @param type the event's type, not a pattern
   * @param wait how long, and which event
   * @param meanwhile a branch with steps
   * @param <E> the event class
   * @param <X> what the branch throws
   * @return the event, or empty when the time is over; in both cases the branch has ended as well
   * @throws X if the branch failed
   */
  <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      String id, EventType<E> type, Wait wait, Action<X> meanwhile) throws X;

  /**
   * Waits for a signal; the run fails if another one waits for it already.
   *
   * @param id the step's id
   * @param signal the signal
   * @param timeout when to give up, positive; a fraction of a second is rounded up
   * @param <T> type of what comes with it
   * @return the signal, or empty when the time is over
   */
  <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout);

  /**
   * Waits for a signal.
   *
   * @param id the step's id
   * @param signal the signal
   * @param timeout when to give up, positive; a fraction of a second is rounded up
   * @param conflict what happens if another run waits for it already
   * @param <T> type of what comes with it
   * @return the signal, or empty when the time is over
   */
  <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout, Signal.Conflict conflict);

  /**
   * Sends a signal once.
   *
   * @param id the step's id
   * @param signal the signal
   * @param data what goes with it
   * @param <T> type of what goes with it
   * @return the run that waited for it, or empty if none did
   * @throws StepFailedException when the signal could not be sent
   */
  <T extends @Nullable Object> Optional<String> sendSignal(String id, Signal<T> signal, T data);

  /**
   * Invokes another function and waits for its result, 365 days at most. The id is {@code
   * invoke-<function>}.
   *
   * @param function the function
   * @param input what it is called with: something that is a JSON object, or null for an empty one
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return its result; null if it has none
   * @throws StepFailedException if the function failed for good, or does not exist
   */
  <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, @Nullable I input);

  /**
   * Invokes another function and waits for its result. The id is {@code invoke-<function>}.
   *
   * @param function the function
   * @param input what it is called with: something that is a JSON object, or null for an empty one
   * @param options how long the result is awaited, and what goes with the input
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return its result; null if it has none
   * @throws StepFailedException if the function failed for good, does not exist, or takes too long
   */
  <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, @Nullable I input, InvokeOptions options);

  /**
   * Invokes another function and waits for its result, 365 days at most.
   *
   * @param id the step's id
   * @param function the function
   * @param input what it is called with: something that is a JSON object, or null for an empty one
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return its result; null if it has none
   * @throws StepFailedException if the function failed for good, or does not exist
   */
  <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, @Nullable I input);

  /**
   * Invokes another function and waits for its result.
   *
   * @param id the step's id
   * @param function the function
   * @param input what it is called with: something that is a JSON object, or null for an empty one
   * @param options how long the result is awaited, and what goes with the input
   * @param <I> what the function is called with
   * @param <O> what it returns
   * @return its result; null if it has none
   * @throws StepFailedException if the function failed for good, does not exist, or takes too long
   */
  <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, @Nullable I input, InvokeOptions options);

  /**
   * Has the server make an HTTP request; nothing is held while it lasts. The id is {@code fetch}.
   *
   * @param request the request
   * @return the answer, whatever its status
   * @throws StepFailedException when no connection could be made
   */
  FetchResponse fetch(FetchRequest request);

  /**
   * Has the server make an HTTP request; nothing is held while it lasts.
   *
   * @param id the step's id
   * @param request the request
   * @return the answer, whatever its status
   * @throws StepFailedException when no connection could be made
   */
  FetchResponse fetch(String id, FetchRequest request);

  /**
   * Steps that ask a language model.
   *
   * @return the steps
   */
  Ai ai();

  /**
   * Runs two branches side by side and goes on with the one that ends first, well or not. The other
   * one starts no further step, and its result is lost.
   *
   * @param first a branch
   * @param second a branch
   * @param <T> the result
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @return the winner's result
   * @throws X if the first branch won by failing
   * @throws Y if the second branch won by failing
   */
  <T extends @Nullable Object, X extends Exception, Y extends Exception> T race(
      Branch<? extends T, X> first, Branch<? extends T, Y> second) throws X, Y;

  /**
   * Runs three branches side by side and goes on with the one that ends first, well or not.
   *
   * @param first a branch
   * @param second a branch
   * @param third a branch
   * @param <T> the result
   * @param <X> what the first throws
   * @param <Y> what the second throws
   * @param <Z> what the third throws
   * @return the winner's result
   * @throws X if the first branch won by failing
   * @throws Y if the second branch won by failing
   * @throws Z if the third branch won by failing
   */
  <T extends @Nullable Object, X extends Exception, Y extends Exception, Z extends Exception>
      T race(
          Branch<? extends T, X> first, Branch<? extends T, Y> second, Branch<? extends T, Z> third)
          throws X, Y, Z;

  /**
   * Runs steps that are undone when they fail: what was registered with the {@link Undo} is done in
   * reverse order when the saga throws an exception, which is then thrown on. An exception that is
   * no failure of a step is not tried again first, unlike others in a function; it is remembered,
   * so that what was begun to be undone is undone to the end, whatever the code does next time.
   *
   * @param saga the steps
   * @param <T> the result
   * @param <X> what it throws
   * @return the result
   * @throws X whatever went wrong; what went wrong while it was undone is {@linkplain
   *     Throwable#getSuppressed() suppressed}
   */
  <T extends @Nullable Object, X extends Exception> T saga(
      ItemBranch<? super Undo, ? extends T, X> saga) throws X;

  /**
   * Groups whose branches go on as soon as they can, from the first step on, although that takes a
   * call of the function for every step that ends.
   *
   * @return groups of this run
   */
  StepGroups independent();

  /**
   * What is known of the run.
   *
   * @return the context of the run, the same in every call
   */
  FunctionContext context();
}
