package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Tells whether a function must wait for types that another processor is still to generate.
 *
 * @param events the events that are known
 * @param expected simple names of event classes that are about to be generated
 */
public record UnresolvedTypes(EventCatalog events, Set<String> expected) {
  /** Whether a signature that is written names a type that is unknown, and not one of ours. */
  public boolean in(TypeElement type) {
    Stream<ExecutableElement> methods =
        Stream.concat(
            ElementFilter.constructorsIn(type.getEnclosedElements()).stream(),
            ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(UnresolvedTypes::isOurs));
    return methods.anyMatch(this::in);
  }

  private static boolean isOurs(Element method) {
    return Annotation.of(method, "Step").isPresent()
        || Annotation.of(method, "Handler").isPresent()
        || Annotation.of(method, "OnFailure").isPresent();
  }

  private boolean in(ExecutableElement method) {
    return isUnknown(method.getReturnType())
        || method.getParameters().stream().map(VariableElement::asType).anyMatch(this::isUnknown)
        || method.getThrownTypes().stream().anyMatch(this::isUnknown);
  }

  private boolean isUnknown(TypeMirror type) {
    if (type.getKind() == TypeKind.ARRAY) {
      return isUnknown(((ArrayType) type).getComponentType());
    }
    if (type.getKind() == TypeKind.ERROR) {
      String name = ((DeclaredType) type).asElement().getSimpleName().toString();
      return !expected.contains(name) && events.simple(name, "").isEmpty();
    }
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).getTypeArguments().stream().anyMatch(this::isUnknown);
  }
}
