package dev.vibecoder.inngest.processor.internal.shape;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Reads Jackson's annotations through their mirrors. */
final class Jackson {
  private static final String PACKAGE = "com.fasterxml.jackson.";

  private Jackson() {}

  /** One of Jackson's annotations on the first of some elements that has it. */
  static Optional<AnnotationMirror> find(Collection<? extends Element> elements, String name) {
    return elements.stream().flatMap(element -> find(element, name).stream()).findFirst();
  }

  static Optional<AnnotationMirror> find(Element element, String name) {
    return element.getAnnotationMirrors().stream()
        .map(AnnotationMirror.class::cast)
        .filter(mirror -> isNamed(mirror, name))
        .findFirst();
  }

  private static boolean isNamed(AnnotationMirror mirror, String name) {
    TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
    return type.getSimpleName().contentEquals(name)
        && type.getQualifiedName().toString().startsWith(PACKAGE);
  }

  static boolean has(Collection<? extends Element> elements, String name) {
    return find(elements, name).isPresent();
  }

  /** Whether an annotation is there and its value is not false. */
  static boolean isOn(Collection<? extends Element> elements, String name) {
    return find(elements, name)
        .filter(mirror -> !Boolean.FALSE.equals(value(mirror, "value").orElse(true)))
        .isPresent();
  }

  static Optional<Object> value(AnnotationMirror mirror, String member) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return Optional.of(entry.getValue().getValue());
      }
    }
    return Optional.empty();
  }

  static String text(AnnotationMirror mirror, String member) {
    return value(mirror, member)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElse("");
  }

  /** The name of the constant of an enum that a member was set to. */
  static String constant(AnnotationMirror mirror, String member, String otherwise) {
    return value(mirror, member)
        .filter(VariableElement.class::isInstance)
        .map(constant -> ((VariableElement) constant).getSimpleName().toString())
        .orElse(otherwise);
  }

  /** The class that a member was set to. */
  static Optional<TypeElement> type(AnnotationMirror mirror, String member) {
    return value(mirror, member)
        .filter(DeclaredType.class::isInstance)
        .map(type -> (TypeElement) ((DeclaredType) (TypeMirror) type).asElement());
  }

  /** What a member that is a list was set to. */
  static Stream<Object> list(AnnotationMirror mirror, String member) {
    return value(mirror, member)
        .filter(List.class::isInstance)
        .map(list -> ((List<?>) list).stream())
        .orElse(Stream.empty())
        .filter(AnnotationValue.class::isInstance)
        .map(item -> ((AnnotationValue) item).getValue());
  }
}
