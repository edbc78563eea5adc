package dev.vibecoder.inngest.processor.internal.env;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.scan.FunctionScanner;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The events without a payload class that functions name; each gets its class once per module. */
final class PlainEvents {
  private static final ClassName JSON_NODE =
      ClassName.get("com.fasterxml.jackson.databind", "JsonNode");

  private final Elements elements;
  private final Problems problems;
  private final EventCatalog events;
  private final GeneratedNames names;
  private final ModulePackage module;
  private final Map<String, String> functions = new TreeMap<>();

  PlainEvents(
      Elements elements,
      Problems problems,
      EventCatalog events,
      GeneratedNames names,
      ModulePackage module) {
    this.elements = elements;
    this.problems = problems;
    this.events = events;
    this.names = names;
    this.module = module;
  }

  /** The events that functions name and nobody has a payload for, each with its first function. */
  Map<EventModel, TypeElement> of(List<TypeElement> types) {
    Map<EventModel, TypeElement> plain = new LinkedHashMap<>();
    for (TypeElement type : types) {
      for (Annotation.Text name : FunctionScanner.triggerNames(type)) {
        boolean known = events.named(name.value()).isPresent() || events.isBroken(name.value());
        if (!known && EventRules.isUsable(name.value())) {
          EventModel event = event(name.value(), type);
          if (isItsOwn(event, name.location())) {
            functions.put(event.name(), type.getQualifiedName().toString());
            if (!event.isPattern()) {
              plain.put(event, type);
            }
          } else {
            events.markBroken(event.name());
          }
          events.add(event);
        } else if (!known) {
          unusable(name, type).ifPresent(event -> plain.put(event, type));
        }
      }
    }
    return plain;
  }

  /**
   * The class of an event whose name is complained about: what names it gives no errors of its own.
   */
  private Optional<EventModel> unusable(Annotation.Text name, TypeElement type) {
    if (name.value().isBlank() || name.value().contains("*")) {
      return Optional.empty();
    }
    ClassName eventType =
        ClassName.get(module.ofPlainEvent(type), EventRules.classNameOfBroken(name.value()));
    EventModel event =
        new EventModel(name.value(), eventType, JSON_NODE, null, "", true, false, false);
    boolean free =
        events.typed(eventType).isEmpty()
            && events.withConstant(event.constant()).isEmpty()
            && names.isFree(eventType)
            && names.claim(
                eventType, "the event \"" + name.value() + "\"", name.location(), "", "");
    if (free) {
      events.add(event);
    }
    return free ? Optional.of(event) : Optional.empty();
  }

  private EventModel event(String name, TypeElement type) {
    ClassName eventType = ClassName.get(module.ofPlainEvent(type), EventRules.className(name));
    return new EventModel(name, eventType, JSON_NODE, null, "", true, false, false);
  }

  private boolean isItsOwn(EventModel event, Location at) {
    if (event.isPattern()) {
      return true;
    }
    Optional<EventModel> other =
        events.typed(event.type()).or(() -> events.withConstant(event.constant()));
    if (other.isPresent()) {
      problems.add(
          ProblemCode.EVENT_CLASS_CLASH,
          at,
          "The events \""
              + event.name()
              + "\" and \""
              + other.get().name()
              + "\" would both get the class "
              + event.type().simpleName()
              + ".",
          "Give one a payload class with @InngestEvent, and set typeName there.");
      return false;
    }
    return names.claim(
        event.type(),
        "the event \"" + event.name() + "\"",
        at,
        "The class " + event.type().simpleName() + " for the event \"" + event.name() + "\"",
        "Rename it, or give the event a payload class with @InngestEvent, and set typeName there.");
  }

  /** Reports a payload class that came when the event had already got its class without one. */
  void late(TypeElement payload, String event) {
    String function = functions.get(event);
    TypeElement type = function == null ? null : elements.getTypeElement(function);
    if (type == null) {
      return;
    }
    FunctionScanner.triggerNames(type).stream()
        .filter(name -> name.value().equals(event))
        .forEach(
            name ->
                problems.add(
                    ProblemCode.LATE_PAYLOAD,
                    name.location(),
                    "The payload class "
                        + payload.getQualifiedName()
                        + " of \""
                        + event
                        + "\" was generated when the event had its class already, with JSON as its"
                        + " data.",
                    "Name "
                        + payload.getSimpleName()
                        + " in a parameter of a step or handler: then the function waits for it."));
  }
}
