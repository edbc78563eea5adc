package dev.vibecoder.inngest.processor.internal.scan;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The one answer to whether generated code in some package may name a type. */
final class TypeAccess {
  private final Elements elements;

  TypeAccess(Elements elements) {
    this.elements = elements;
  }

  /**
   * Why a type cannot be named, such as {@code app.F.S, which is private}.
   *
   * @param fromPackage where it is to be named
   */
  Optional<String> problem(TypeMirror type, String fromPackage) {
    return TypeParts.of(type).flatMap(part -> part(part, fromPackage).stream()).findFirst();
  }

  /** Whether every package can name a type. */
  boolean isPublic(TypeMirror type) {
    return TypeParts.of(type).allMatch(part -> part(part, null).isEmpty());
  }

  boolean isPublic(TypeElement type) {
    return element(type, null).isEmpty();
  }

  /** Whether naming a type gives a warning. */
  boolean isDeprecated(TypeMirror type) {
    return TypeParts.of(type)
        .filter(TypeParts::isDeclared)
        .anyMatch(part -> isDeprecated(((DeclaredType) part).asElement()));
  }

  /** Whether an element, or one that encloses it, is deprecated. */
  boolean isDeprecated(Element element) {
    for (Element at = element; at != null; at = at.getEnclosingElement()) {
      if (elements.isDeprecated(at)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> part(TypeMirror part, @Nullable String fromPackage) {
    if (part.getKind() == TypeKind.TYPEVAR) {
      return Optional.of("the type variable " + part);
    }
    return TypeParts.isDeclared(part)
        ? element((TypeElement) ((DeclaredType) part).asElement(), fromPackage)
        : Optional.empty();
  }

  /** The same for a class without its arguments. */
  Optional<String> problem(TypeElement type, String fromPackage) {
    return element(type, fromPackage);
  }

  private Optional<String> element(TypeElement type, @Nullable String fromPackage) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        return Optional.of(
            type.getQualifiedName()
                + (at.equals(type) ? ", which is private" : ", which is in a private class"));
      }
      if (!at.getModifiers().contains(Modifier.PUBLIC) && !packageName.equals(fromPackage)) {
        return Optional.of(
            type.getQualifiedName()
                + (at.equals(type)
                    ? ", which is not public"
                    : ", which is in a class that is not public"));
      }
    }
    return Optional.empty();
  }
}
