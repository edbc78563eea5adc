package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** The properties that Jackson sees in a class: components, getters, fields. */
final class Properties {
  // These make getters that other processors cannot see.
  private static final Set<String> GENERATORS = Set.of("Data", "Value", "Getter");

  private final TypeElement type;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private boolean open;

  Properties(TypeElement type) {
    this.type = type;
    collect();
    finish();
  }

  /** Whether there may be others. */
  boolean isOpen() {
    return open;
  }

  List<Property> all() {
    return properties;
  }

  /** What is known of a property while its class is read; the name is Java's. */
  private static final class Draft {
    private final List<Element> members = new ArrayList<>();
    private @Nullable Element visible;
  }

  /**
   * A property.
   *
   * @param names its names in JSON: the one that is written, and others that are read
   * @param member the member that tells its type
   * @param members all members that may be annotated
   */
  record Property(Set<String> names, Element member, List<Element> members) {
    boolean isUnwrapped() {
      return Jackson.of(members, "JsonUnwrapped").filter(json -> json.isOn("enabled")).isPresent();
    }

    /** The name of a field of an unwrapped property. */
    String wrapped(String name) {
      Jackson unwrapped = Jackson.of(members, "JsonUnwrapped").orElseThrow();
      return unwrapped.text("prefix").orElse("") + name + unwrapped.text("suffix").orElse("");
    }

    /** What annotations say, whatever its type is. */
    Optional<Shape> told() {
      Optional<Jackson> serialize = Jackson.of(members, "JsonSerialize");
      if (serialize.isPresent()) {
        boolean text =
            serialize
                .flatMap(json -> json.type("using"))
                .filter(with -> with.getSimpleName().contentEquals("ToStringSerializer"))
                .isPresent();
        return Optional.of(text ? Shapes.TEXT : Shapes.ANY);
      }
      boolean raw =
          Jackson.of(members, "JsonRawValue").isPresent()
              || Jackson.of(members, "JsonIdentityReference").isPresent()
              || Jackson.of(members, "JsonTypeInfo").isPresent();
      return raw ? Optional.of(Shapes.ANY) : Optional.empty();
    }

    /** The field beside it that says which class its value is of: its class cannot ask for one. */
    Optional<String> externalTag() {
      return Jackson.of(members, "JsonTypeInfo")
          .filter(info -> info.constant("include").equals("EXTERNAL_PROPERTY"))
          .flatMap(JacksonShapes::typeProperty);
    }

    boolean isFormatted() {
      return format().isPresent();
    }

    Optional<Shape> format() {
      return Jackson.of(members, "JsonFormat").flatMap(JacksonShapes::formatted);
    }
  }

  private void collect() {
    boolean allFields = type.getAnnotationMirrors().stream().anyMatch(Properties::isGenerator);
    boolean visibleFields =
        Jackson.inherited(type, "JsonAutoDetect")
            .map(json -> json.constant("fieldVisibility"))
            .stream()
            .anyMatch(
                level -> !level.isEmpty() && !level.equals("DEFAULT") && !level.equals("NONE"));
    for (TypeElement at : hierarchy()) {
      for (VariableElement field : ElementFilter.fieldsIn(at.getEnclosedElements())) {
        boolean visible =
            type.getKind() == ElementKind.RECORD
                || allFields
                || visibleFields
                || field.getModifiers().contains(Modifier.PUBLIC)
                || isNamed(field)
                || field.getAnnotationMirrors().stream().anyMatch(Properties::isGenerator);
        if (!field.getModifiers().contains(Modifier.STATIC)
            && (!field.getModifiers().contains(Modifier.TRANSIENT) || isNamed(field))) {
          add(field.getSimpleName().toString(), field, visible);
        }
      }
      for (ExecutableElement method : ElementFilter.methodsIn(at.getEnclosedElements())) {
        method(method, at.getKind().isInterface());
      }
    }
    constructorParameters();
  }

  private static boolean isGenerator(AnnotationMirror mirror) {
    TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
    return annotation.getQualifiedName().toString().startsWith("lombok.")
        && GENERATORS.contains(annotation.getSimpleName().toString());
  }

  private static boolean isNamed(Element member) {
    return Jackson.of(member, "JsonProperty").isPresent()
        || Jackson.of(member, "JsonGetter").isPresent();
  }

  /** The class and what it inherits from, itself first. */
  private Set<TypeElement> hierarchy() {
    Set<TypeElement> found = new LinkedHashSet<>();
    add(type, found);
    return found;
  }

  private static void add(TypeElement type, Set<TypeElement> found) {
    if (type.getQualifiedName().toString().startsWith("java.") || !found.add(type)) {
      return;
    }
    if (type.getSuperclass().getKind() == TypeKind.DECLARED) {
      add((TypeElement) ((DeclaredType) type.getSuperclass()).asElement(), found);
    }
    type.getInterfaces().stream()
        .filter(parent -> parent.getKind() == TypeKind.DECLARED)
        .forEach(parent -> add((TypeElement) ((DeclaredType) parent).asElement(), found));
  }

  private void method(ExecutableElement method, boolean inInterface) {
    if (Jackson.of(method, "JsonAnyGetter").isPresent()) {
      open = true;
      return;
    }
    String name = method.getSimpleName().toString();
    boolean getter =
        method.getParameters().isEmpty()
            && !method.getModifiers().contains(Modifier.STATIC)
            && method.getReturnType().getKind() != TypeKind.VOID;
    if (!getter) {
      setter(method, name);
      return;
    }
    boolean isPublic = method.getModifiers().contains(Modifier.PUBLIC) || inInterface;
    if (type.getKind() == ElementKind.RECORD && drafts.containsKey(name)) {
      add(name, method, true);
    } else if (name.startsWith("get") && name.length() > 3) {
      add(Naming.ofGetter(name, 3), method, isPublic || isNamed(method));
    } else if (name.startsWith("is") && name.length() > 2 && isBoolean(method)) {
      add(Naming.ofGetter(name, 2), method, isPublic || isNamed(method));
    } else if (isNamed(method)) {
      add(name, method, true);
    }
  }

  private static boolean isBoolean(ExecutableElement method) {
    return method.getReturnType().getKind() == TypeKind.BOOLEAN
        || method.getReturnType().toString().endsWith("java.lang.Boolean");
  }

  /** Setters are not written, but what is said of them is said of the property. */
  private void setter(ExecutableElement method, String name) {
    if (method.getParameters().size() == 1 && name.startsWith("set") && name.length() > 3) {
      add(Naming.ofGetter(name, 3), method, false);
    }
  }

  /** A constructor that Jackson uses names properties at its parameters. */
  private void constructorParameters() {
    for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      for (VariableElement parameter : constructor.getParameters()) {
        String name = parameter.getSimpleName().toString();
        if (drafts.containsKey(name)) {
          add(name, parameter, false);
        }
      }
    }
  }

  private void add(String name, Element member, boolean visible) {
    Draft draft = drafts.computeIfAbsent(name, any -> new Draft());
    draft.members.add(member);
    if (visible && (draft.visible == null || isBetter(member, draft.visible))) {
      draft.visible = member;
    }
  }

  /** Getters come before fields, and those of subclasses before those they override. */
  private static boolean isBetter(Element member, Element than) {
    return member instanceof ExecutableElement && !(than instanceof ExecutableElement);
  }

  private void finish() {
    Optional<UnaryOperator<String>> naming = Naming.of(type);
    Set<String> left = new HashSet<>();
    Jackson.inherited(type, "JsonIgnoreProperties")
        .ifPresent(
            ignored -> {
              if (!isAllowed(ignored)) {
                ignored.items("value").forEach(name -> left.add(name.toString()));
              }
            });
    Optional<Jackson> only = Jackson.inherited(type, "JsonIncludeProperties");
    drafts.forEach(
        (name, draft) -> {
          Element visible = draft.visible;
          if (visible == null || isIgnored(draft.members)) {
            return;
          }
          Optional<String> given = given(draft.members);
          if (given.isEmpty() && naming.isEmpty()) {
            open = true;
            return;
          }
          String written = given.orElseGet(() -> naming.orElseThrow().apply(name));
          if (left.contains(written)
              || only.filter(included -> !included.items("value").contains(written)).isPresent()) {
            return;
          }
          Set<String> names = new LinkedHashSet<>(List.of(written));
          for (Element member : draft.members) {
            Jackson.of(member, "JsonAlias")
                .ifPresent(
                    alias -> alias.items("value").forEach(other -> names.add(other.toString())));
          }
          properties.add(new Property(names, visible, List.copyOf(draft.members)));
        });
  }

  private static boolean isAllowed(Jackson ignored) {
    return ignored.mirror().getElementValues().keySet().stream()
            .anyMatch(member -> member.getSimpleName().contentEquals("allowGetters"))
        && ignored.isOn("allowGetters");
  }

  private static boolean isIgnored(List<Element> members) {
    return Jackson.of(members, "JsonIgnore").filter(json -> json.isOn("value")).isPresent()
        || Jackson.of(members, "JsonBackReference").isPresent()
        || members.stream().anyMatch(Properties::isOfIgnoredType);
  }

  private static boolean isOfIgnoredType(Element member) {
    return (member instanceof ExecutableElement method ? method.getReturnType() : member.asType())
            instanceof DeclaredType declared
        && Jackson.of(declared.asElement(), "JsonIgnoreType")
            .filter(json -> json.isOn("value"))
            .isPresent();
  }

  private static Optional<String> given(List<Element> members) {
    return members.stream()
        .flatMap(
            member ->
                Jackson.of(member, "JsonProperty")
                    .or(() -> Jackson.of(member, "JsonGetter"))
                    .flatMap(json -> json.text("value"))
                    .stream())
        .findFirst();
  }
}
