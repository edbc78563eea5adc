package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.execution.RunScope;
import dev.vibecoder.inngest.internal.execution.StepIdentity;
import dev.vibecoder.inngest.protocol.StepHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A step that is known before the run: its id, its hash, the full type of its result and the
 * exceptions it declares. The processor generates one constant for every {@code @Step} method.
 * Immutable and safe for use by many threads.
 *
 * @param <T> type of the result
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StepDefinition<T extends @Nullable Object> {
  private final String id;
  private final String hash;
  private final String displayName;
  private final @Nullable TypeRef<?> result;
  private final List<DeclaredException<?>> declared;

  private StepDefinition(
      String id,
      String hash,
      String displayName,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared) {
    this.id = id;
    this.hash = hash;
    this.displayName = displayName;
    this.result = result;
    this.declared = declared;
  }

  /**
   * A step with a result.
   *
   * @param id the step's id, as for {@link dev.vibecoder.inngest.Steps}
   * @param hash the lower-case hexadecimal SHA-1 of the id
   * @param result type of the result
   * @param <T> type of the result
   * @return the step
   * @throws StepUsageException if the id is none
   * @throws IllegalArgumentException if the hash is not that of the id
   */
  public static <T> StepDefinition<T> of(String id, String hash, TypeRef<T> result) {
    requireIdentity(id, hash);
    return new StepDefinition<>(id, hash, id, Objects.requireNonNull(result, "result"), List.of());
  }

  /**
   * A step without a result.
   *
   * @param id the step's id, as for {@link dev.vibecoder.inngest.Steps}
   * @param hash the lower-case hexadecimal SHA-1 of the id
   * @return the step
   * @throws StepUsageException if the id is none
   * @throws IllegalArgumentException if the hash is not that of the id
   */
  public static StepDefinition<@Nullable Void> ofVoid(String id, String hash) {
    requireIdentity(id, hash);
    return new StepDefinition<>(id, hash, id, null, List.of());
  }

  /** Another step's hash would give back another step's result. */
  private static void requireIdentity(String id, String hash) {
    StepIdentity.require(id);
    if (!StepHash.of(id).equals(hash)) {
      throw new IllegalArgumentException(
          "\"" + hash + "\" is not the SHA-1 of the step id \"" + id + "\".");
    }
  }

  /**
   * The same step with another name for people.
   *
   * @param newName any text
   * @return a new definition
   */
  public StepDefinition<T> named(String newName) {
    return new StepDefinition<>(id, hash, newName, result, declared);
  }

  /**
   * The same step with an exception that comes back as itself: when the step has failed for good
   * with it or a subclass, it is made anew where the step is called. Of several that match, the one
   * given first is taken, so subclasses come before their superclasses.
   *
   * @param type the exception's class
   * @param factory makes it from the recorded message and cause
   * @param <X> the exception
   * @return a new definition
   */
  public <X extends Exception> StepDefinition<T> rethrowing(
      Class<X> type, BiFunction<String, @Nullable Throwable, X> factory) {
    List<DeclaredException<?>> all = new ArrayList<>(declared);
    all.add(new DeclaredException<>(type, factory));
    return new StepDefinition<>(id, hash, displayName, result, List.copyOf(all));
  }

  /**
   * The same step, which had other ids before: what is remembered under one of them is found.
   *
   * @param oldIds the ids it had, the latest first
   * @return a new definition
   * @throws StepUsageException if an id is none
   */
  public StepDefinition<T> formerly(String... oldIds) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same step with its own number of retries. Such a step is always reported before it is run,
   * so that its attempts are its own.
   *
   * @param number 0 to 20
   * @return a new definition
   * @throws IllegalArgumentException if the number is out of range
   */
  public StepDefinition<T> retries(int number) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same step with its own delays before it is tried again.
   *
   * @param delays the first one comes after the first attempt, the last one repeats; each from one
   *     second to 24 hours; an exception that asks for a time of its own gets that
   * @return a new definition
   * @throws IllegalArgumentException if there is none or one is out of range
   */
  public StepDefinition<T> backoff(Duration... delays) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same step with exceptions after which trying again would not help.
   *
   * @param types the exceptions, and with them their subclasses
   * @return a new definition
   */
  @SafeVarargs
  public final StepDefinition<T> nonRetriable(Class<? extends Throwable>... types) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the step in the run that this thread is executing, or gives back what it gave before.
   *
   * @param body what is to be done
   * @return the result as it was decoded from JSON
   * @throws StepFailedException when the step has failed for good with an exception that is not
   *     declared; declared ones are thrown as themselves
   */
  public T call(Callable<? extends T> body) {
    return RunScope.currentRun(id).call(this, body);
  }

  /**
   * Runs the step for one of several things, under the id {@code step[key]}.
   *
   * @param key what tells this one from the others: a text, an integer, an enum constant or a UUID,
   *     at most 128 bytes
   * @param body what is to be done
   * @return the result as it was decoded from JSON
   * @throws StepFailedException when the step has failed for good with an exception that is not
   *     declared; declared ones are thrown as themselves
   * @throws StepUsageException if the key is none
   */
  public T call(Object key, Callable<? extends T> body) {
    throw new UnsupportedOperationException();
  }

  /**
   * The step's id.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * The step's identity on the wire.
   *
   * @return 40 hexadecimal digits
   */
  public String hash() {
    return hash;
  }

  /**
   * The name for people.
   *
   * @return any text
   */
  public String displayName() {
    return displayName;
  }

  /**
   * Type of the result.
   *
   * @return the type, or null for a step without a result
   */
  public @Nullable TypeRef<?> result() {
    return result;
  }

  /**
   * The exceptions that come back as themselves.
   *
   * @return in the order in which they are tried
   */
  public List<DeclaredException<?>> declared() {
    return declared;
  }

  @Override
  public String toString() {
    return "StepDefinition[" + id + "]";
  }

  /**
   * An exception that a step declares.
   *
   * @param type its class
   * @param factory makes it from the recorded message and cause
   * @param <X> the exception
   */
  public record DeclaredException<X extends Exception>(
      Class<X> type, BiFunction<String, @Nullable Throwable, X> factory) {}
}
