package dev.vibecoder.inngest.processor.internal.scan;

import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** The types that a type is written with: itself, its arguments, components and bounds. */
final class TypeParts {
  private TypeParts() {}

  /** Whether the class of a type is not there, or not there yet. */
  static boolean isMissing(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR && !isDeclared(type);
  }

  /**
   * Whether the class of a type is there, though its type arguments need not be: then Eclipse's
   * compiler calls the whole type an error, and javac does not.
   */
  static boolean isDeclared(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        || (type.getKind() == TypeKind.ERROR
            && !((DeclaredType) type).getTypeArguments().isEmpty()
            && ((DeclaredType) type).asElement().asType().getKind() == TypeKind.DECLARED);
  }

  static Stream<TypeMirror> of(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> of(((ArrayType) type).getComponentType());
      case WILDCARD ->
          Stream.of(type)
              .map(WildcardType.class::cast)
              .flatMap(wildcard -> Stream.of(wildcard.getExtendsBound(), wildcard.getSuperBound()))
              .filter(Objects::nonNull)
              .flatMap(TypeParts::of);
      case DECLARED, ERROR ->
          Stream.concat(
              Stream.of(type),
              ((DeclaredType) type).getTypeArguments().stream().flatMap(TypeParts::of));
      default -> Stream.of(type);
    };
  }
}
