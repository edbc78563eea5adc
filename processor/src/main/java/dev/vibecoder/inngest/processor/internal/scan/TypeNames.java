package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/**
 * Names types in generated code. The event classes do not exist yet when they are named, so they
 * are recognised by their simple names.
 */
record TypeNames(EventCatalog events, TypeAccess access, String fromPackage) {
  private static final String JSPECIFY = "org.jspecify.annotations.";

  /**
   * The name of a type. What cannot be named is Object: then the function has errors, and what
   * others use of it must compile nevertheless.
   */
  TypeName of(TypeMirror type) {
    return isNameable(type) ? name(type, false) : ClassName.OBJECT;
  }

  /** The same with what the type says about null, for signatures that are repeated. */
  TypeName signature(TypeMirror type) {
    return isNameable(type) ? name(type, true) : ClassName.OBJECT;
  }

  private boolean isNameable(TypeMirror type) {
    return access.problem(type, fromPackage).isEmpty()
        && TypeParts.of(type).noneMatch(part -> TypeParts.isMissing(part) && event(part).isEmpty());
  }

  private TypeName name(TypeMirror type, boolean nullness) {
    TypeName name =
        switch (type.getKind()) {
          case DECLARED, ERROR ->
              TypeParts.isMissing(type)
                  ? event(type).orElseThrow().type()
                  : declared((DeclaredType) type, nullness);
          case ARRAY -> ArrayTypeName.of(name(((ArrayType) type).getComponentType(), nullness));
          case WILDCARD -> wildcard((WildcardType) type, nullness);
          default -> TypeName.get(type).withoutAnnotations();
        };
    List<AnnotationSpec> annotations =
        type.getAnnotationMirrors().stream()
            .filter(mirror -> nullness)
            .map(mirror -> (TypeElement) mirror.getAnnotationType().asElement())
            .filter(annotation -> annotation.getQualifiedName().toString().startsWith(JSPECIFY))
            .map(annotation -> AnnotationSpec.builder(ClassName.get(annotation)).build())
            .toList();
    return annotations.isEmpty() ? name : name.annotated(annotations);
  }

  private TypeName declared(DeclaredType type, boolean nullness) {
    ClassName raw = ClassName.get((TypeElement) type.asElement());
    if (type.getTypeArguments().isEmpty()) {
      return raw;
    }
    TypeName[] arguments =
        type.getTypeArguments().stream()
            .map(argument -> name(argument, nullness))
            .toArray(TypeName[]::new);
    return ParameterizedTypeName.get(raw, arguments);
  }

  private TypeName wildcard(WildcardType type, boolean nullness) {
    if (type.getExtendsBound() != null) {
      return WildcardTypeName.subtypeOf(name(type.getExtendsBound(), nullness));
    }
    return type.getSuperBound() != null
        ? WildcardTypeName.supertypeOf(name(type.getSuperBound(), nullness))
        : WildcardTypeName.subtypeOf(Object.class);
  }

  /** The event whose generated class a type is. */
  Optional<EventModel> event(TypeMirror type) {
    if (TypeParts.isMissing(type)) {
      return events.simple(
          ((DeclaredType) type).asElement().getSimpleName().toString(), fromPackage);
    }
    return TypeParts.isDeclared(type)
        ? events.typed(ClassName.get((TypeElement) ((DeclaredType) type).asElement()))
        : Optional.empty();
  }
}
