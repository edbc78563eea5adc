package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.execution.RunScope;
import dev.vibecoder.inngest.internal.execution.StepIdentity;
import dev.vibecoder.inngest.protocol.RetryAfter;
import dev.vibecoder.inngest.protocol.StepHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
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
public final class StepDefinition<T extends @Nullable Object> {
  private static final int MAX_RETRIES = 20;
  private static final Duration MIN_DELAY = Duration.ofSeconds(1);

  private final String id;
  private final String hash;
  private final String displayName;
  private final @Nullable TypeRef<?> result;
  private final List<DeclaredException<?>> declared;
  private final List<String> formerly;
  private final Policy policy;

  private StepDefinition(
      String id,
      String hash,
      String displayName,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared,
      List<String> formerly,
      Policy policy) {
    this.id = id;
    this.hash = hash;
    this.displayName = displayName;
    this.result = result;
    this.declared = declared;
    this.formerly = formerly;
    this.policy = policy;
  }

  /**
   * How a step is tried again.
   *
   * @param retries how often, or null for the function's number
   * @param backoff delays before it is tried again, none for the server's
   * @param nonRetriable exceptions after which it is not
   */
  private record Policy(
      @Nullable Integer retries,
      List<Duration> backoff,
      List<Class<? extends Throwable>> nonRetriable) {
    static final Policy NONE = new Policy(null, List.of(), List.of());
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
    return new StepDefinition<>(
        id, hash, id, Objects.requireNonNull(result, "result"), List.of(), List.of(), Policy.NONE);
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
    return new StepDefinition<>(id, hash, id, null, List.of(), List.of(), Policy.NONE);
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
    return new StepDefinition<>(id, hash, newName, result, declared, formerly, policy);
  }

  /**
   * The same step with an exception that comes back as itself: when the step has failed for good
   * with it or a subclass, it is made anew where the step is called. Of several that match, the one
   * given first is taken, so subclasses come before their superclasses.
   *
   * @param type the exception's class
   * @param factory makes it from the recorded message and cause; either is null if there was none
   * @param <X> the exception
   * @return a new definition
   */
  public <X extends Exception> StepDefinition<T> rethrowing(
      Class<X> type, BiFunction<@Nullable String, @Nullable Throwable, X> factory) {
    List<DeclaredException<?>> all = new ArrayList<>(declared);
    all.add(new DeclaredException<>(type, factory));
    return new StepDefinition<>(id, hash, displayName, result, List.copyOf(all), formerly, policy);
  }

  /**
   * The same step, which had other ids before: what is remembered under one of them is found.
   *
   * @param oldIds the ids it had, the latest first
   * @return a new definition
   * @throws StepUsageException if an id is none
   */
  public StepDefinition<T> formerly(String... oldIds) {
    for (String oldId : oldIds) {
      StepIdentity.require(oldId);
    }
    return new StepDefinition<>(id, hash, displayName, result, declared, List.of(oldIds), policy);
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
    if (number < 0 || number > MAX_RETRIES) {
      throw new IllegalArgumentException(
          "Step \"" + id + "\": retries must be 0 to " + MAX_RETRIES + ", not " + number + ".");
    }
    return with(new Policy(number, policy.backoff(), policy.nonRetriable()));
  }

  private StepDefinition<T> with(Policy newPolicy) {
    return new StepDefinition<>(id, hash, displayName, result, declared, formerly, newPolicy);
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
    if (delays.length == 0) {
      throw new IllegalArgumentException("Step \"" + id + "\": backoff needs a delay.");
    }
    for (Duration delay : delays) {
      if (delay.compareTo(MIN_DELAY) < 0 || delay.compareTo(RetryAfter.MAX) > 0) {
        throw new IllegalArgumentException(
            "Step \"" + id + "\": delays are 1 second to 24 hours, not " + delay + ".");
      }
    }
    return with(new Policy(policy.retries(), List.of(delays), policy.nonRetriable()));
  }

  /**
   * The same step with exceptions after which trying again would not help.
   *
   * @param types the exceptions, and with them their subclasses
   * @return a new definition
   */
  @SafeVarargs
  public final StepDefinition<T> nonRetriable(Class<? extends Throwable>... types) {
    List<Class<? extends Throwable>> all = new ArrayList<>(types.length);
    for (Class<? extends Throwable> type : types) {
      all.add(type);
    }
    return with(new Policy(policy.retries(), policy.backoff(), List.copyOf(all)));
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
    return RunScope.currentRun(id).call(this, null, body);
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
    return RunScope.currentRun(id).call(this, Objects.requireNonNull(key, "key"), body);
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

  /**
   * The ids it had before.
   *
   * @return the latest first
   */
  public List<String> formerly() {
    return formerly;
  }

  /**
   * How often it is tried again. A function is registered with the greatest number of its own and
   * its steps'.
   *
   * @return 0 to 20, or empty for the function's number
   */
  public OptionalInt retries() {
    return policy.retries() == null ? OptionalInt.empty() : OptionalInt.of(policy.retries());
  }

  /**
   * The delays before it is tried again.
   *
   * @return the last one repeats; none for the server's own delays
   */
  public List<Duration> backoff() {
    return policy.backoff();
  }

  /**
   * The exceptions after which trying again would not help.
   *
   * @return the classes
   */
  public List<Class<? extends Throwable>> nonRetriable() {
    return policy.nonRetriable();
  }

  @Override
  public String toString() {
    return "StepDefinition[" + id + "]";
  }

  /**
   * An exception that a step declares.
   *
   * @param type its class
   * @param factory makes it from the recorded message and cause; either is null if there was none
   * @param <X> the exception
   */
  public record DeclaredException<X extends Exception>(
      Class<X> type, BiFunction<@Nullable String, @Nullable Throwable, X> factory) {}
}
