package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a function is invoked by another. Immutable. */
public final class InvokeOptions {
  private static final InvokeOptions DEFAULTS = new InvokeOptions(null, null, null);

  // The server has no bound, but its arithmetic has one.
  private static final Duration MAX = Duration.ofDays(36_500);

  private final @Nullable Duration timeout;
  private final @Nullable ObjectNode user;
  private final @Nullable String v;

  private InvokeOptions(@Nullable Duration timeout, @Nullable ObjectNode user, @Nullable String v) {
    this.timeout = timeout;
    this.user = user;
    this.v = v;
  }

  /**
   * The defaults: the result is awaited for 365 days.
   *
   * @return the options
   */
  public static InvokeOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Waits for the result no longer than a given time; then the invocation fails with a {@link
   * StepFailedException} whose name is {@code InngestInvokeTimeoutError}. The invoked function goes
   * on.
   *
   * @param timeout a positive time; a fraction of a second is rounded up
   * @return the options
   * @throws IllegalArgumentException if the time is not positive
   */
  public static InvokeOptions atMost(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "A result cannot be awaited for " + timeout + "; it is from one second to 36,500 days.");
    }
    return new InvokeOptions(timeout, null, null);
  }

  /**
   * The same options with what is known of the user.
   *
   * @param newUser a JSON object
   * @return new options
   * @throws NonRetriableException if something in it would arrive changed, such as an integer
   *     beyond 2^53
   */
  public InvokeOptions user(ObjectNode newUser) {
    Json.write(newUser, "the user of an invocation");
    return new InvokeOptions(timeout, newUser.deepCopy(), v);
  }

  /**
   * The same options with a version of the input.
   *
   * @param newVersion any text
   * @return new options
   */
  public InvokeOptions v(String newVersion) {
    return new InvokeOptions(timeout, user, newVersion);
  }

  /**
   * How long the result is awaited.
   *
   * @return a positive time, or empty for the server's 365 days
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * What is known of the user.
   *
   * @return a JSON object, not to be changed, or empty
   */
  public Optional<JsonNode> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Version of the input.
   *
   * @return any text, or empty
   */
  public Optional<String> v() {
    return Optional.ofNullable(v);
  }
}
