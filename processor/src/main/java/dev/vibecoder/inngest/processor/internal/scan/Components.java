package dev.vibecoder.inngest.processor.internal.scan;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds what a value is made of: the components of a record; else what its getters give. */
final class Components {
  private final Elements elements;
  private final Types types;

  Components(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * A part of a value.
   *
   * @param accessor name of the method that gives it
   * @param type its type, as the value's type arguments have it
   */
  record Component(String accessor, TypeMirror type) {}

  /** All components by name, in the order of the declaration, as far as a package can get them. */
  Map<String, Component> of(TypeMirror type, String fromPackage) {
    Map<String, Component> components = new LinkedHashMap<>();
    if (!TypeParts.isDeclared(type) || isOfTheJdk(type)) {
      return components;
    }
    DeclaredType declared = (DeclaredType) type;
    TypeElement element = (TypeElement) declared.asElement();
    if (element.getKind() == ElementKind.RECORD) {
      element
          .getRecordComponents()
          .forEach(
              component ->
                  components.put(
                      component.getSimpleName().toString(), component(declared, component)));
      return components;
    }
    getters(declared, declared, fromPackage, components);
    return components;
  }

  private static boolean isOfTheJdk(TypeMirror type) {
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return element.getQualifiedName().toString().startsWith("java.");
  }

  private void getters(
      DeclaredType owner, DeclaredType at, String fromPackage, Map<String, Component> found) {
    for (ExecutableElement method : ElementFilter.methodsIn(at.asElement().getEnclosedElements())) {
      String name = isUsable(method, fromPackage) ? name(method) : "";
      if (!name.isEmpty()) {
        found.putIfAbsent(name, component(owner, method));
      }
    }
    for (TypeMirror parent : types.directSupertypes(at)) {
      if (TypeParts.isDeclared(parent) && !isOfTheJdk(parent)) {
        getters(owner, (DeclaredType) parent, fromPackage, found);
      }
    }
  }

  private Component component(DeclaredType owner, RecordComponentElement component) {
    ExecutableElement accessor = component.getAccessor();
    // Eclipse's compiler does not have those yet that nobody wrote.
    return accessor == null
        ? new Component(component.getSimpleName().toString(), component.asType())
        : component(owner, accessor);
  }

  private Component component(DeclaredType owner, ExecutableElement accessor) {
    TypeMirror type = ((ExecutableType) types.asMemberOf(owner, accessor)).getReturnType();
    return new Component(accessor.getSimpleName().toString(), type);
  }

  private boolean isUsable(ExecutableElement method, String fromPackage) {
    boolean near =
        elements.getPackageOf(method).getQualifiedName().contentEquals(fromPackage)
            && !method.getModifiers().contains(Modifier.PRIVATE);
    return method.getParameters().isEmpty()
        && (near || method.getModifiers().contains(Modifier.PUBLIC))
        && !method.getModifiers().contains(Modifier.STATIC)
        && method.getReturnType().getKind() != TypeKind.VOID;
  }

  /** The component that a getter gives, or an empty text if it is none. */
  private static String name(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    boolean is = method.getReturnType().getKind() == TypeKind.BOOLEAN && name.startsWith("is");
    int prefix = name.startsWith("get") ? 3 : is ? 2 : 0;
    return prefix == 0 || name.length() == prefix
        ? ""
        : Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
  }
}
