package dev.vibecoder.inngest;

import dev.vibecoder.inngest.middleware.ContextKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;

/**
 * What is known of a run. Everything in it is the same whenever the function is called for that
 * run, so it may be used outside steps.
 */
public interface FunctionContext {
  /**
   * The function's id, without the app's.
   *
   * @return the id
   */
  String functionId();

  /**
   * The run's id.
   *
   * @return a ULID
   */
  String runId();

  /**
   * When the run was scheduled.
   *
   * @return the time stamp in the run's id, or the epoch if the server's run ids have none
   */
  Instant startedAt();

  /**
   * A UUID for this run and a name, instead of a random one.
   *
   * @param name any text
   * @return a UUID of version 5; the same name gives the same UUID in every call of this run
   */
  UUID uuid(String name);

  /**
   * A logger named {@code inngest.function.<id>} that is silent while the function repeats what it
   * did in earlier calls, so that a line outside steps is written once. In a call for one step only
   * that step's body writes. In a branch of a group a line is written when the branch comes to its
   * next step or to its end, if that is new; after a restart of the app, or where several serve it,
   * such a line may be written once more by each. On threads of the function's own it always
   * writes.
   *
   * @return the logger
   */
  Logger logger();

  /**
   * A value that middleware put into the present call.
   *
   * @param key names the value
   * @param <T> its type
   * @return the value, or empty if no middleware put one
   * @see dev.vibecoder.inngest.middleware.CallContext#put
   */
  default <T> Optional<T> value(ContextKey<T> key) {
    return Optional.empty();
  }
}
