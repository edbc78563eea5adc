package dev.vibecoder.inngest.processor.internal.scan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What a class has and inherits: of superclasses and interfaces first, else in the order of the
 * declaration.
 */
final class Members {
  /** The annotations that make a method a part of a function. */
  static final List<String> ANNOTATIONS = List.of("Step", "Handler", "OnFailure", "OnCancelled");

  private final Elements elements;
  private final TypeElement type;
  private final List<ExecutableElement> methods;

  Members(Elements elements, TypeElement type) {
    this.elements = elements;
    this.type = type;
    Set<ExecutableElement> found = new LinkedHashSet<>();
    collect(type, found);
    this.methods = List.copyOf(found);
  }

  /** A method that has lost an annotation of the method that it overrides. */
  record Dropped(ExecutableElement overrider, ExecutableElement overridden, String annotation) {}

  private static void collect(TypeElement type, Set<ExecutableElement> found) {
    superclass(type).ifPresent(parent -> collect(parent, found));
    for (TypeMirror parent : type.getInterfaces()) {
      if (TypeParts.isDeclared(parent)) {
        collect((TypeElement) ((DeclaredType) parent).asElement(), found);
      }
    }
    found.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
  }

  private static Optional<TypeElement> superclass(TypeElement type) {
    return Optional.of(type.getSuperclass())
        .filter(parent -> TypeParts.isDeclared(parent))
        .map(parent -> (TypeElement) ((DeclaredType) parent).asElement())
        .filter(parent -> !parent.getQualifiedName().contentEquals("java.lang.Object"));
  }

  /** The methods with an annotation of ours that no other method overrides. */
  List<ExecutableElement> annotated(String annotation) {
    return methods.stream()
        .filter(method -> Annotation.of(method, annotation).isPresent())
        .filter(method -> overrider(method).isEmpty())
        .toList();
  }

  /** The step whose result is that of a function without a handler: the marked or the last one. */
  Optional<ExecutableElement> resultStep() {
    List<ExecutableElement> steps = annotated("Step");
    return steps.stream()
        .filter(Members::isMarked)
        .findFirst()
        .or(() -> steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1)));
  }

  private static boolean isMarked(ExecutableElement step) {
    return Annotation.of(step, "Step").filter(one -> one.flag("result")).isPresent();
  }

  /** The methods whose annotation was lost by overriding. */
  List<Dropped> dropped() {
    return methods.stream()
        .flatMap(
            method ->
                ANNOTATIONS.stream()
                    .filter(annotation -> Annotation.of(method, annotation).isPresent())
                    .flatMap(
                        annotation ->
                            overrider(method).stream()
                                .filter(own -> Annotation.of(own, annotation).isEmpty())
                                .map(own -> new Dropped(own, method, annotation))))
        .toList();
  }

  /** The most specific method that overrides another. */
  private Optional<ExecutableElement> overrider(ExecutableElement method) {
    return methods.stream()
        .filter(own -> isOverriding(own, method))
        .filter(own -> methods.stream().noneMatch(other -> isOverriding(other, own)))
        .findFirst();
  }

  private boolean isOverriding(ExecutableElement own, ExecutableElement inherited) {
    return !own.equals(inherited)
        && own.getSimpleName().contentEquals(inherited.getSimpleName())
        && !isAbove(own, inherited)
        && elements.overrides(own, inherited, type);
  }

  /** Eclipse's compiler takes an overridden method for the overrider as well. */
  private static boolean isAbove(ExecutableElement method, ExecutableElement other) {
    if (!(method.getEnclosingElement() instanceof TypeElement above)
        || !(other.getEnclosingElement() instanceof TypeElement below)) {
      return false;
    }
    boolean behind = above.getKind().isInterface() && !below.getKind().isInterface();
    return behind || parents(below).anyMatch(above::equals);
  }

  /** All supertypes whose code is there. */
  private static Stream<TypeElement> parents(TypeElement type) {
    return Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
        .filter(parent -> TypeParts.isDeclared(parent))
        .map(parent -> (TypeElement) ((DeclaredType) parent).asElement())
        .flatMap(parent -> Stream.concat(Stream.of(parent), parents(parent)));
  }

  /** The fields, those of superclasses first. */
  List<VariableElement> fields() {
    Set<VariableElement> fields = new LinkedHashSet<>();
    fields(type, fields);
    return List.copyOf(fields);
  }

  private static void fields(TypeElement type, Set<VariableElement> found) {
    superclass(type).ifPresent(parent -> fields(parent, found));
    found.addAll(ElementFilter.fieldsIn(type.getEnclosedElements()));
  }

  /** The supertypes whose code is not there, or not there yet. */
  boolean hasUnknownParent() {
    return hasUnknownParent(type);
  }

  private static boolean hasUnknownParent(TypeElement type) {
    return TypeParts.isMissing(type.getSuperclass())
        || type.getInterfaces().stream().anyMatch(TypeParts::isMissing)
        || superclass(type).filter(Members::hasUnknownParent).isPresent();
  }

  /** Simple names of the classes nested in it and in what it extends, which shadow imports. */
  static Set<String> nestedTypes(TypeElement type) {
    Set<String> names = new LinkedHashSet<>();
    nestedTypes(type, names);
    return names;
  }

  private static void nestedTypes(TypeElement type, Set<String> names) {
    superclass(type).ifPresent(parent -> nestedTypes(parent, names));
    for (TypeMirror parent : type.getInterfaces()) {
      if (TypeParts.isDeclared(parent)) {
        nestedTypes((TypeElement) ((DeclaredType) parent).asElement(), names);
      }
    }
    ElementFilter.typesIn(type.getEnclosedElements()).stream()
        .filter(nested -> !nested.getModifiers().contains(Modifier.PRIVATE))
        .forEach(nested -> names.add(nested.getSimpleName().toString()));
  }
}
