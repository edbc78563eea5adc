package dev.vibecoder.inngest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;

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
public interface Steps {
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
  void run(String id, Action body);

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
   * What is known of the run.
   *
   * @return the context of the run, the same in every call
   */
  FunctionContext context();

  /** What a step without a result does. */
  @FunctionalInterface
  interface Action {
    /**
     * Does it.
     *
     * @throws Exception whatever went wrong; the step is tried again
     */
    void run() throws Exception;
  }
}
