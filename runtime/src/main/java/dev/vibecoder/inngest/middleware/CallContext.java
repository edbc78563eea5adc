package dev.vibecoder.inngest.middleware;

import dev.vibecoder.inngest.FunctionContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call request: the server calls a function once for every piece of a run. Made for the call
 * and gone with it; this is where middleware keeps what belongs to one call, as one middleware
 * serves all of them.
 *
 * <p>Belongs to the thread that answers the call; not safe for use by others.
 */
public interface CallContext {
  /**
   * The app's id.
   *
   * @return the id
   */
  String appId();

  /**
   * The function's id, without the app's; a failure or cancellation handler has one of its own.
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
   * Which attempt of the same piece of the run this is.
   *
   * @return 0 for the first
   */
  int attempt();

  /**
   * How many attempts the server makes of each piece.
   *
   * @return the number, 0 if the server did not say
   */
  int maxAttempts();

  /**
   * Whether the code that runs now repeats what it did in earlier calls: until the last remembered
   * step is given back, or until a step's body runs or the function returns, whichever comes first.
   * A call that asks for one step repeats everything but that step's body.
   *
   * @return false while new code runs
   */
  boolean isReplaying();

  /**
   * A value that was put into this call.
   *
   * @param key names the value
   * @param <T> its type
   * @return the value, or empty
   */
  <T> Optional<T> get(ContextKey<T> key);

  /**
   * Puts a value into this call, in place of a former one. A function reads it with {@link
   * FunctionContext#value}. It is not remembered: each call of a run needs its own.
   *
   * @param key names the value
   * @param value the value, or null to remove it
   * @param <T> its type
   */
  <T> void put(ContextKey<T> key, @Nullable T value);
}
