package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Finds the events that payload classes stand for.
 *
 * @param events the events that are known
 */
record PayloadClasses(Problems problems, EventCatalog events) {
  /** The names of the events of a class, those of all permitted classes if it is sealed. */
  List<String> events(TypeMirror type, Location at) {
    Set<TypeElement> payloads = new LinkedHashSet<>();
    Optional<String> unfit =
        type.getKind() == TypeKind.DECLARED
            ? collect((TypeElement) ((DeclaredType) type).asElement(), payloads)
            : Optional.of(type + " is no class");
    if (unfit.isPresent()) {
      problems.add(
          ProblemCode.PAYLOAD_CLASS,
          at,
          "The class cannot name an event: " + unfit.get() + ".",
          "Annotate the payload with @InngestEvent, or name the event with event = \"...\".");
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (TypeElement payload : payloads) {
      String name = Annotation.of(payload, "InngestEvent").orElseThrow().rawText("value");
      if (events.named(name).isPresent() || events.isBroken(name)) {
        names.add(name);
      } else {
        problems.add(
            ProblemCode.PAYLOAD_CLASS,
            at,
            "The event \""
                + name
                + "\" of "
                + payload.getQualifiedName()
                + " has no class: its module was compiled without this processor.",
            "Configure the processor there as well, or name the event with event = \"...\".");
      }
    }
    return names;
  }

  /** Collects payload classes, or tells what keeps a class from being one. */
  private static Optional<String> collect(TypeElement type, Set<TypeElement> payloads) {
    if (Annotation.of(type, "InngestEvent").isPresent()) {
      payloads.add(type);
      return Optional.empty();
    }
    if (!type.getModifiers().contains(Modifier.SEALED)) {
      return Optional.of(type.getQualifiedName() + " has no @InngestEvent");
    }
    return type.getPermittedSubclasses().stream()
        .filter(permitted -> permitted.getKind() == TypeKind.DECLARED)
        .map(permitted -> (TypeElement) ((DeclaredType) permitted).asElement())
        .flatMap(permitted -> collect(permitted, payloads).stream())
        .findFirst();
  }
}
