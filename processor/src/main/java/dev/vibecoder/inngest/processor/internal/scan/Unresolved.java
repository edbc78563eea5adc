package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Tells what a function must wait for: what another processor, or this one, is still to generate.
 *
 * @param events the events that are known
 * @param expected simple names of event classes that are about to be generated
 */
public record Unresolved(Elements elements, EventCatalog events, Set<String> expected) {
  private static final List<String> PARAMETERS = List.of("From", "FromEvent", "StepKey");

  /** What is missing; the first of these that applies. */
  public enum Missing {
    /** Constants in annotations. */
    VALUES,
    /** Types of parameters, one of which may be the payload of the function's event. */
    INPUTS,
    /** Other types. */
    TYPES,
    /** Nothing. */
    NOTHING
  }

  /** What a function is missing. */
  public Missing in(TypeElement type) {
    Members members = new Members(elements, type);
    List<ExecutableElement> methods =
        Members.ANNOTATIONS.stream()
            .flatMap(annotation -> members.annotated(annotation).stream())
            .distinct()
            .toList();
    if (new DeclaredOptions(type).all().anyMatch(Annotation::isUnresolved)
        || methods.stream().anyMatch(Unresolved::hasUnresolvedValue)) {
      return Missing.VALUES;
    }
    if (members.hasUnknownParent() || methods.stream().anyMatch(this::hasUnknownInput)) {
      return Missing.INPUTS;
    }
    boolean unknown =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .anyMatch(constructor -> hasUnknownInput(constructor) || hasUnknown(constructor))
            || methods.stream().anyMatch(this::hasUnknown);
    return unknown ? Missing.TYPES : Missing.NOTHING;
  }

  /** Whether what a function returns is known. */
  public boolean isResultKnown(TypeElement type) {
    Members members = new Members(elements, type);
    List<ExecutableElement> handlers = members.annotated("Handler");
    if (!handlers.isEmpty()) {
      return !isUnknown(handlers.get(0).getReturnType());
    }
    return members.resultStep().filter(step -> isUnknown(step.getReturnType())).isEmpty();
  }

  private static boolean hasUnresolvedValue(ExecutableElement method) {
    return isUnresolved(method, Members.ANNOTATIONS)
        || method.getParameters().stream()
            .anyMatch(parameter -> isUnresolved(parameter, PARAMETERS));
  }

  private static boolean isUnresolved(Element element, List<String> annotations) {
    return annotations.stream()
        .flatMap(annotation -> Annotation.of(element, annotation).stream())
        .anyMatch(Annotation::isUnresolved);
  }

  private boolean hasUnknownInput(ExecutableElement method) {
    return method.getParameters().stream().map(VariableElement::asType).anyMatch(this::isUnknown);
  }

  private boolean hasUnknown(ExecutableElement method) {
    return Stream.concat(Stream.of(method.getReturnType()), method.getThrownTypes().stream())
        .anyMatch(this::isUnknown);
  }

  /** Whether a type is unknown, and not one of ours. */
  private boolean isUnknown(TypeMirror type) {
    return TypeParts.of(type)
        .filter(TypeParts::isMissing)
        .map(part -> ((DeclaredType) part).asElement().getSimpleName().toString())
        .anyMatch(name -> !expected.contains(name) && events.simple(name, "").isEmpty());
  }
}
