package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the code of a function is handed, however it is started.
 *
 * @param event type of the event, for batches that of one of them; {@code Event<?>} for one of
 *     several
 * @param payload type of what the event carries, or null if several events have nothing in common
 * @param source the class whose components parameters can be named after, or null for none
 * @param batch whether a run takes several events: the code is handed lists
 * @param mixed whether the event is one of several, whose payload is narrowed by a cast
 */
public record Inputs(
    TypeName event,
    @Nullable TypeName payload,
    @Nullable ClassName source,
    boolean batch,
    boolean mixed) {
  private static final ClassName EVENT = ClassName.get("dev.vibecoder.inngest", "Event");
  private static final ClassName LIST = ClassName.get(List.class);

  /** Any event. */
  public static final TypeName ANY_EVENT =
      ParameterizedTypeName.get(EVENT, WildcardTypeName.subtypeOf(Object.class));

  /** Nothing is known, as of a function whose triggers are wrong. */
  public static final Inputs UNKNOWN = new Inputs(ANY_EVENT, null, null, false, true);

  /** The type of a parameter that takes the event, or the events. */
  public TypeName eventParameter() {
    return batch ? ParameterizedTypeName.get(LIST, event.box()) : event;
  }

  /** The type of a parameter that takes the payload, or the payloads, if there is one. */
  public Optional<TypeName> payloadParameter() {
    return Optional.ofNullable(payload)
        .map(type -> batch ? ParameterizedTypeName.get(LIST, type.box()) : type);
  }

  /** Whether a parameter of a type takes the event, or the events. */
  public boolean isEvent(TypeName parameter) {
    return parameter.equals(eventParameter()) || looseEvents().contains(parameter);
  }

  /** Whether a parameter of a type takes the payload, or the payloads. */
  public boolean isPayload(TypeName parameter) {
    return payloadParameter().filter(parameter::equals).isPresent();
  }

  /** Whether a type says of which event a failure or a cancellation is. */
  public boolean isEventArgument(TypeName argument) {
    return argument.equals(event)
        || (mixed && argument.equals(EVENT))
        || List.of(
                WildcardTypeName.subtypeOf(Object.class),
                WildcardTypeName.subtypeOf(ANY_EVENT),
                WildcardTypeName.subtypeOf(event))
            .contains(argument);
  }

  /** What takes any event, and so this one: for code that does not look into it. */
  private List<TypeName> looseEvents() {
    if (!batch) {
      return mixed ? List.of(EVENT, ANY_EVENT) : List.of(ANY_EVENT);
    }
    return Stream.of(event.box(), ANY_EVENT)
        .map(type -> (TypeName) ParameterizedTypeName.get(LIST, WildcardTypeName.subtypeOf(type)))
        .toList();
  }

  /** Both as they are told to the user: {@code the event (DoneEvent), its payload (Done)}. */
  public String description() {
    return (batch ? "the events (" : "the event (")
        + simple(eventParameter())
        + ")"
        + payloadParameter()
            .map(type -> (batch ? ", their payloads (" : ", its payload (") + simple(type) + ")")
            .orElse("");
  }

  /** Name of the event as it is told to the user. */
  public String eventName() {
    return simple(event);
  }

  private static String simple(TypeName type) {
    return type.toString().replaceAll("\\b(?:[\\p{L}\\p{M}\\p{Nd}_$]+\\.)+", "");
  }
}
