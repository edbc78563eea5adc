package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** One annotation of Jackson, read through its mirror: Jackson is not on the processor's path. */
record Jackson(AnnotationMirror mirror) {
  private static final List<String> PACKAGES =
      List.of("com.fasterxml.jackson.annotation.", "com.fasterxml.jackson.databind.annotation.");

  /** The annotation of an element, by its simple name. */
  static Optional<Jackson> of(Element element, String simpleName) {
    return element.getAnnotationMirrors().stream()
        .filter(
            mirror -> {
              String name =
                  ((TypeElement) mirror.getAnnotationType().asElement())
                      .getQualifiedName()
                      .toString();
              return PACKAGES.stream().anyMatch(prefix -> name.equals(prefix + simpleName));
            })
        .map(Jackson::new)
        .findFirst();
  }

  /** The first annotation of several elements. */
  static Optional<Jackson> of(List<? extends Element> elements, String simpleName) {
    return elements.stream().flatMap(element -> of(element, simpleName).stream()).findFirst();
  }

  /** The annotation of a class, or of one of its supertypes: Jackson merges them. */
  static Optional<Jackson> inherited(TypeElement type, String simpleName) {
    Optional<Jackson> own = of(type, simpleName);
    if (own.isPresent()) {
      return own;
    }
    if (type.getSuperclass() instanceof DeclaredType parent
        && parent.getKind() == TypeKind.DECLARED) {
      Optional<Jackson> above = inherited((TypeElement) parent.asElement(), simpleName);
      if (above.isPresent()) {
        return above;
      }
    }
    return type.getInterfaces().stream()
        .filter(parent -> parent.getKind() == TypeKind.DECLARED)
        .flatMap(
            parent ->
                inherited((TypeElement) ((DeclaredType) parent).asElement(), simpleName).stream())
        .findFirst();
  }

  private @Nullable Object value(String member) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue().getValue();
      }
    }
    return ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())
        .stream()
        .filter(method -> method.getSimpleName().contentEquals(member))
        .map(ExecutableElement::getDefaultValue)
        .filter(value -> value != null)
        .map(AnnotationValue::getValue)
        .findFirst()
        .orElse(null);
  }

  /** A text; empty if it was not written, or is empty. */
  Optional<String> text(String member) {
    return value(member) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The name of a constant. */
  String constant(String member) {
    return value(member) instanceof VariableElement constant
        ? constant.getSimpleName().toString()
        : "";
  }

  /** Whether a member is true, or absent. */
  boolean isOn(String member) {
    return !(value(member) instanceof Boolean on) || on;
  }

  /** The items of an array: texts, types or annotations. */
  List<Object> items(String member) {
    return value(member) instanceof List<?> list
        ? list.stream()
            .filter(item -> item instanceof AnnotationValue)
            .map(item -> ((AnnotationValue) item).getValue())
            .toList()
        : List.of();
  }

  /** A class that is not one of Jackson's own that stand for none. */
  Optional<TypeElement> type(String member) {
    return value(member) instanceof TypeMirror type
            && type.getKind() == TypeKind.DECLARED
            && ((DeclaredType) type).asElement() instanceof TypeElement element
            && !isNone(element)
        ? Optional.of(element)
        : Optional.empty();
  }

  private static boolean isNone(TypeElement type) {
    String name = type.getQualifiedName().toString();
    return name.equals("java.lang.Void")
        || name.endsWith(".JsonSerializer.None")
        || name.endsWith(".Converter.None")
        || name.endsWith(".PropertyNamingStrategy");
  }
}
