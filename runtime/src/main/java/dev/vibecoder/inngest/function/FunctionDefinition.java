package dev.vibecoder.inngest.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A durable function: its id, what starts it, how often it is tried again, and its code. Immutable
 * and safe for use by many threads; one instance serves all runs.
 */
public final class FunctionDefinition {
  /** The event that starts a failure handler. */
  public static final String FUNCTION_FAILED = "inngest/function.failed";

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final int MAX_ID_LENGTH = 64;
  private static final int MAX_RETRIES = 20;
  private static final String FAILURE_SUFFIX = "-failure";

  private final String id;
  private final String name;
  private final List<EventType<?>> triggers;
  private final @Nullable Integer retries;
  private final @Nullable TypeRef<?> result;
  private final FunctionHandler<Event<?>> handler;
  private final @Nullable FunctionDefinition onFailure;
  private final @Nullable String failureOf;

  private FunctionDefinition(
      String id,
      String name,
      List<EventType<?>> triggers,
      @Nullable Integer retries,
      @Nullable TypeRef<?> result,
      FunctionHandler<Event<?>> handler,
      @Nullable FunctionDefinition onFailure,
      @Nullable String failureOf) {
    this.id = id;
    this.name = name;
    this.triggers = List.copyOf(triggers);
    this.retries = retries;
    this.result = result;
    this.handler = handler;
    this.onFailure = onFailure;
    this.failureOf = failureOf;
  }

  /**
   * Begins a function.
   *
   * @param id lower-case letters, digits and single hyphens, at most 64 characters; unique in the
   *     app
   * @return the next stage
   * @throws IllegalArgumentException if the id is none
   */
  public static Start define(String id) {
    if (!ID.matcher(id).matches() || id.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "\""
              + id
              + "\" is no function id. Use lower-case letters, digits and single hyphens, at most "
              + MAX_ID_LENGTH
              + " characters, as in hello-world.");
    }
    return new Start(id);
  }

  /**
   * The function's id, without the app's.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * The name shown to people.
   *
   * @return the name; the id if none was given
   */
  public String name() {
    return name;
  }

  /**
   * The events that start the function.
   *
   * @return at least one
   */
  public List<EventType<?>> triggers() {
    return triggers;
  }

  /**
   * How often it is tried again.
   *
   * @return 0 to 20, or empty for the server's default
   */
  public OptionalInt retries() {
    return retries == null ? OptionalInt.empty() : OptionalInt.of(retries);
  }

  /**
   * Type of the result.
   *
   * @return the type, or empty if the result's class tells it
   */
  public Optional<TypeRef<?>> result() {
    return Optional.ofNullable(result);
  }

  /**
   * The code.
   *
   * @return the handler; it must be given an event of one of the {@link #triggers()}
   */
  public FunctionHandler<Event<?>> handler() {
    return handler;
  }

  /**
   * The function that is run when this one has failed for good.
   *
   * @return a function with the id {@code <id>-failure}, or empty
   */
  public Optional<FunctionDefinition> onFailure() {
    return Optional.ofNullable(onFailure);
  }

  /**
   * The function whose failures this one handles.
   *
   * @return its id, or empty for ordinary functions
   */
  public Optional<String> failureOf() {
    return Optional.ofNullable(failureOf);
  }

  @Override
  public String toString() {
    return "FunctionDefinition[" + id + "]";
  }

  /** A function that has an id and no trigger yet. */
  public static final class Start {
    private final String id;

    private Start(String id) {
      this.id = id;
    }

    /**
     * Starts the function by one event.
     *
     * @param trigger the event
     * @param <E> the event class
     * @return the next stage
     */
    public <E extends Event<?>> Builder<E> on(EventType<E> trigger) {
      return new Builder<>(id, List.of(trigger));
    }

    /**
     * Starts the function by any event of a name or pattern; the payload is left as JSON.
     *
     * @param nameOrPattern the name, or a pattern that ends in {@code /*} or {@code .*}
     * @return the next stage
     */
    public Builder<JsonEvent> on(String nameOrPattern) {
      return on(EventType.json(nameOrPattern));
    }

    /**
     * Starts the function by any of several events.
     *
     * @param triggers the events, one to ten, each name once
     * @return the next stage; the handler tells the events apart by {@code instanceof}
     */
    public Builder<Event<?>> onAny(EventType<?>... triggers) {
      return new Builder<>(id, List.of(triggers));
    }
  }

  /**
   * A function that has triggers and no code yet. Not safe for use by several threads.
   *
   * @param <E> the event that starts it
   */
  public static final class Builder<E extends Event<?>> {
    private static final int MAX_TRIGGERS = 10;

    private final String id;
    private final List<EventType<?>> triggers;
    private String name;
    private @Nullable Integer retries;
    private @Nullable TypeRef<?> result;
    private @Nullable FailureHandler<E> onFailure;
    private int failureRetries;

    private Builder(String id, List<EventType<?>> triggers) {
      this.id = id;
      this.name = id;
      this.triggers = triggers;
      Set<String> names = new HashSet<>();
      for (EventType<?> trigger : triggers) {
        if (!names.add(trigger.name())) {
          throw new IllegalArgumentException(
              "Function \"" + id + "\" names the event " + trigger.name() + " twice.");
        }
      }
      if (triggers.isEmpty() || triggers.size() > MAX_TRIGGERS) {
        throw new IllegalArgumentException(
            "Function \"" + id + "\" needs one to ten triggers, not " + triggers.size() + ".");
      }
    }

    /**
     * Sets the name shown to people.
     *
     * @param newName any text; the default is the id
     * @return this builder
     */
    public Builder<E> name(String newName) {
      this.name = Objects.requireNonNull(newName, "name");
      return this;
    }

    /**
     * Sets how often a failed step, or the code outside the steps, is tried again.
     *
     * @param newRetries 0 to 20; the server's default is 4
     * @return this builder
     */
    public Builder<E> retries(int newRetries) {
      this.retries = requireRetries(newRetries);
      return this;
    }

    /**
     * Sets the type of the result, for results whose class does not tell it: with its type
     * arguments, a list of a polymorphic type is written with the type ids it is read by.
     *
     * @param type the type; the default is the class of whatever the handler returns
     * @return this builder
     */
    public Builder<E> returning(TypeRef<?> type) {
      this.result = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Sets what is done when the function has failed for good; it is not tried again.
     *
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onFailure(FailureHandler<E> handler) {
      return onFailure(0, handler);
    }

    /**
     * Sets what is done when the function has failed for good.
     *
     * @param handlerRetries how often the handler itself is tried again, 0 to 20
     * @param handler the code
     * @return this builder
     */
    public Builder<E> onFailure(int handlerRetries, FailureHandler<E> handler) {
      this.failureRetries = requireRetries(handlerRetries);
      this.onFailure = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Sets the code and ends the definition.
     *
     * @param handler the code
     * @return the function
     */
    public FunctionDefinition handle(FunctionHandler<E> handler) {
      Objects.requireNonNull(handler, "handler");
      return new FunctionDefinition(
          id, name, triggers, retries, result, untyped(handler), failureFunction(), null);
    }

    // Events are made by the triggers' own types, of which E is a supertype.
    @SuppressWarnings("unchecked")
    private FunctionHandler<Event<?>> untyped(FunctionHandler<E> handler) {
      return (event, steps) -> handler.handle((E) event, steps);
    }

    private @Nullable FunctionDefinition failureFunction() {
      FailureHandler<E> handler = onFailure;
      if (handler == null) {
        return null;
      }
      List<EventType<?>> types = new ArrayList<>(triggers);
      return new FunctionDefinition(
          id + FAILURE_SUFFIX,
          name + " (failure)",
          List.of(EventType.json(FUNCTION_FAILED)),
          failureRetries,
          null,
          (event, steps) -> handler.handle(FailedRun.of((JsonNode) event.data(), types), steps),
          null,
          id);
    }

    private int requireRetries(int value) {
      if (value < 0 || value > MAX_RETRIES) {
        throw new IllegalArgumentException(
            "Function \"" + id + "\": retries must be 0 to " + MAX_RETRIES + ", not " + value);
      }
      return value;
    }
  }
}
