package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.UnicodeText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event: its name, the type of its payload and how to make it. Generated event classes
 * have one in their constant {@code TYPE}. Immutable and safe for use by many threads.
 *
 * @param <E> the event class
 */
public final class EventType<E extends Event<?>> {
  private final String name;
  private final TypeRef<?> data;
  private final Factory<Object, E> factory;

  private EventType(String name, TypeRef<?> data, Factory<Object, E> factory) {
    this.name = name;
    this.data = data;
    this.factory = factory;
  }

  /**
   * Describes an event with a typed payload.
   *
   * @param name the event's name
   * @param data type of the payload
   * @param factory makes the event, usually the constructor of a record
   * @param <D> type of the payload
   * @param <E> the event class
   * @return the type
   */
  public static <D, E extends Event<D>> EventType<E> of(
      String name, TypeRef<D> data, Factory<D, E> factory) {
    requireName(name);
    Objects.requireNonNull(factory, "factory");
    // The payload handed to the factory was decoded as the type given beside it.
    @SuppressWarnings("unchecked")
    Factory<Object, E> untyped = (Factory<Object, E>) (Factory<?, E>) factory;
    return new EventType<>(name, Objects.requireNonNull(data, "data"), untyped);
  }

  /**
   * Describes events whose payload is left as JSON.
   *
   * @param nameOrPattern the name, or a pattern that ends in {@code /*} or {@code .*}
   * @return the type
   * @throws IllegalArgumentException if the name is empty, or a pattern that matches nothing
   */
  public static EventType<JsonEvent> json(String nameOrPattern) {
    return new EventType<>(
        requireName(nameOrPattern),
        TypeRef.of(JsonNode.class),
        (id, name, payload, ts, user, v) ->
            new JsonEvent(id, name, (JsonNode) payload, ts, user, v));
  }

  private static String requireName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of an event is empty.");
    }
    if (!UnicodeText.isWhole(name)) {
      throw new IllegalArgumentException("The name of an event: " + UnicodeText.problem(name));
    }
    int star = name.indexOf('*');
    boolean stands =
        star > 0
            && star == name.length() - 1
            && (name.charAt(star - 1) == '/' || name.charAt(star - 1) == '.');
    if (star >= 0 && !stands) {
      throw new IllegalArgumentException(
          "The event pattern \""
              + name
              + "\" matches nothing: a * is at the end, after a / or a dot, as in shop/* or"
              + " shop/order.*");
    }
    return name;
  }

  /**
   * The event's name.
   *
   * @return a name or a pattern
   */
  public String name() {
    return name;
  }

  /**
   * Whether the name stands for several events.
   *
   * @return true if it ends in {@code *}
   */
  public boolean isPattern() {
    return name.endsWith("*");
  }

  /**
   * Type of the payload.
   *
   * @return the type
   */
  public TypeRef<?> dataType() {
    return data;
  }

  /**
   * Makes an event from its parts.
   *
   * @param id the event's id
   * @param eventName the name it came with, which differs from {@link #name()} for a pattern
   * @param payload the payload, of {@link #dataType()}
   * @param ts when it happened
   * @param user what is known of the user
   * @param v version of the payload
   * @return the event
   */
  public E create(
      @Nullable String id,
      String eventName,
      Object payload,
      @Nullable Instant ts,
      @Nullable JsonNode user,
      @Nullable String v) {
    return factory.create(id, eventName, payload, ts, user, v);
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Makes an event from its parts.
   *
   * @param <D> type of the payload
   * @param <E> the event class
   */
  @FunctionalInterface
  public interface Factory<D, E> {
    /**
     * Makes an event.
     *
     * @param id the event's id
     * @param name the name it came with
     * @param data the payload
     * @param ts when it happened
     * @param user what is known of the user
     * @param v version of the payload
     * @return the event
     */
    E create(
        @Nullable String id,
        String name,
        D data,
        @Nullable Instant ts,
        @Nullable JsonNode user,
        @Nullable String v);
  }
}
