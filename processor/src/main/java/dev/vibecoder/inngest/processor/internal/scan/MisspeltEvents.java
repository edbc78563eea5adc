package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.validate.ConfigValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * Finds events that nobody has a payload for, where the code takes an event whose name is nearly
 * the same: the name is wrong, not the code.
 */
record MisspeltEvents(Types types, Problems problems, EventCatalog events, TypeNames names) {
  /** Reports the misspelt names among those that start a function; tells whether there is one. */
  boolean report(
      TypeElement type,
      Members members,
      DeclaredOptions options,
      List<ConfigValues.EventTrigger> written) {
    List<ConfigValues.EventTrigger> plain =
        written.stream().filter(trigger -> isPlain(trigger.name())).toList();
    if (plain.isEmpty()) {
      return false;
    }
    Map<String, String> taken = taken(type, members);
    written.forEach(trigger -> taken.remove(trigger.name()));
    boolean found = false;
    for (ConfigValues.EventTrigger trigger : plain) {
      Optional<String> meant = DidYouMean.closest(trigger.name(), taken.keySet());
      if (meant.isPresent()) {
        found = true;
        problems.add(
            ProblemCode.UNKNOWN_EVENT,
            options.at(trigger.at()),
            "No payload class has the event \""
                + trigger.name()
                + "\", and the function takes "
                + taken.get(meant.get())
                + ".",
            "Did you mean \"" + meant.get() + "\"?");
      }
    }
    return found;
  }

  private boolean isPlain(String name) {
    return events
        .named(name)
        .filter(event -> event.source() == null && !event.isPattern())
        .isPresent();
  }

  /** The events whose classes or payloads the code takes, each with what is taken. */
  private Map<String, String> taken(TypeElement type, Members members) {
    Map<String, String> taken = new TreeMap<>();
    Members.ANNOTATIONS.stream()
        .map(members::annotated)
        .flatMap(Collection::stream)
        .flatMap(method -> Signature.of(types, type, method).inputs().stream())
        .flatMap(input -> TypeParts.of(input.type()))
        .forEach(
            part ->
                event(part)
                    .filter(event -> event.source() != null)
                    .ifPresent(event -> taken.putIfAbsent(event.name(), simple(part))));
    return taken;
  }

  private Optional<EventModel> event(TypeMirror part) {
    return Stream.of(names.event(part), payload(part)).flatMap(Optional::stream).findFirst();
  }

  private Optional<EventModel> payload(TypeMirror part) {
    return TypeParts.isDeclared(part)
        ? events.withPayload(ClassName.get((TypeElement) ((DeclaredType) part).asElement()))
        : Optional.empty();
  }

  private static String simple(TypeMirror part) {
    return ((DeclaredType) part).asElement().getSimpleName().toString();
  }
}
