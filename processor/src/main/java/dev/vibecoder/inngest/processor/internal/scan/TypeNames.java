package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/**
 * Names types in generated code. The event classes do not exist yet when they are named, so they
 * are recognised by their simple names.
 */
public record TypeNames(EventCatalog events, String fromPackage) {
  /** The name of a type. */
  public TypeName of(TypeMirror type) {
    return switch (type.getKind()) {
      case ERROR -> unresolved((DeclaredType) type);
      case DECLARED -> declared((DeclaredType) type);
      case ARRAY -> ArrayTypeName.of(of(((ArrayType) type).getComponentType()));
      case WILDCARD -> wildcard((WildcardType) type);
      default -> TypeName.get(type);
    };
  }

  private TypeName unresolved(DeclaredType type) {
    return event(type).<TypeName>map(EventModel::type).orElseGet(() -> TypeName.get(type));
  }

  private TypeName declared(DeclaredType type) {
    ClassName raw = ClassName.get((TypeElement) type.asElement());
    if (type.getTypeArguments().isEmpty()) {
      return raw;
    }
    TypeName[] arguments = type.getTypeArguments().stream().map(this::of).toArray(TypeName[]::new);
    return ParameterizedTypeName.get(raw, arguments);
  }

  private TypeName wildcard(WildcardType type) {
    if (type.getExtendsBound() != null) {
      return WildcardTypeName.subtypeOf(of(type.getExtendsBound()));
    }
    return type.getSuperBound() != null
        ? WildcardTypeName.supertypeOf(of(type.getSuperBound()))
        : TypeName.get(type);
  }

  /** The event whose generated class a type is. */
  public Optional<EventModel> event(TypeMirror type) {
    if (type.getKind() == TypeKind.ERROR) {
      return events.simple(
          ((DeclaredType) type).asElement().getSimpleName().toString(), fromPackage);
    }
    return type.getKind() == TypeKind.DECLARED
        ? events.typed(ClassName.get((TypeElement) ((DeclaredType) type).asElement()))
        : Optional.empty();
  }
}
