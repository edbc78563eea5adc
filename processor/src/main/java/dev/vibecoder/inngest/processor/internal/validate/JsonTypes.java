package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Tells whether values of a type survive as JSON, as Jackson writes and reads them. */
public final class JsonTypes {
  /** Where one of these is, the user says how it is written or read, or that it is not. */
  private static final List<String> INSTRUCTIONS =
      List.of(
          "JsonIgnore", "JsonBackReference", "JsonSerialize", "JsonDeserialize", "JsonTypeInfo");

  private final Types types;
  private final Elements elements;

  public JsonTypes(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
  }

  /**
   * What does not survive.
   *
   * @return the path to it and its type, such as {@code Result.items[].stream: java.io.InputStream}
   */
  public Optional<String> problem(TypeMirror type) {
    String root =
        type.getKind() == TypeKind.DECLARED
            ? ((DeclaredType) type).asElement().getSimpleName().toString()
            : type.toString();
    return new Walk().problem(type, root, true);
  }

  /** One way through a type and all that it is made of. */
  private final class Walk {
    /** What was looked at, by class, so that shared and recursive types are looked at once. */
    private final Map<String, List<TypeMirror>> seen = new HashMap<>();

    /** The classes whose members are being looked at: a type that grows inside itself ends here. */
    private final Set<String> inside = new HashSet<>();

    Optional<String> problem(TypeMirror type, String path, boolean root) {
      return switch (type.getKind()) {
        case ARRAY -> problem(((ArrayType) type).getComponentType(), path + "[]", false);
        case TYPEVAR -> Optional.of(path + ": the type variable " + type);
        case WILDCARD -> wildcard((WildcardType) type, path);
        case DECLARED -> declared((DeclaredType) type, path, root);
        // The compiler reports types that do not exist.
        case VOID, ERROR -> Optional.empty();
        default ->
            type.getKind().isPrimitive() ? Optional.empty() : Optional.of(path + ": " + type);
      };
    }

    /** What a member holds is read as the bound; a result as a whole has none to be read as. */
    private Optional<String> wildcard(WildcardType type, String path) {
      if (inside.isEmpty()) {
        return Optional.of(path + ": the wildcard " + type);
      }
      TypeMirror bound = type.getExtendsBound();
      return bound == null ? Optional.empty() : problem(bound, path, false);
    }

    private Optional<String> declared(DeclaredType type, String path, boolean root) {
      TypeElement element = (TypeElement) type.asElement();
      String name = element.getQualifiedName().toString();
      if (!element.getTypeParameters().isEmpty() && type.getTypeArguments().isEmpty()) {
        return Optional.of(path + ": the raw type " + name);
      }
      // Inside others, any value is what JSON makes of it; alone, nobody could say what it was.
      boolean anything = name.equals("java.lang.Object") && !root;
      if (anything
          || JsonLeaves.isValue(name)
          || element.getKind() == ElementKind.ENUM
          || isA(type, "com.fasterxml.jackson.core.TreeNode")) {
        return Optional.empty();
      }
      Optional<DeclaredType> map = as(type, "java.util.Map");
      if (map.isPresent()) {
        return map(map.get(), path);
      }
      Optional<DeclaredType> collection = as(type, "java.util.Collection");
      if (collection.isPresent()) {
        return arguments(collection.get(), path);
      }
      if (JsonLeaves.isContainer(name)) {
        return arguments(type, path);
      }
      if (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.")) {
        return Optional.of(path + ": " + name);
      }
      if (element.getNestingKind().isNested()
          && element.getKind() == ElementKind.CLASS
          && !element.getModifiers().contains(Modifier.STATIC)) {
        return Optional.of(path + ": the inner class " + name + ", which is not static");
      }
      if (isSeen(type, name)) {
        return Optional.empty();
      }
      if (!inside.add(name)) {
        return arguments(type, path);
      }
      Optional<String> problem = members(type, element, path);
      inside.remove(name);
      return problem;
    }

    private boolean isSeen(DeclaredType type, String name) {
      List<TypeMirror> same = seen.computeIfAbsent(name, any -> new ArrayList<>());
      if (same.stream().anyMatch(other -> types.isSameType(other, type))) {
        return true;
      }
      same.add(type);
      return false;
    }

    private Optional<String> map(DeclaredType map, String path) {
      List<? extends TypeMirror> arguments = map.getTypeArguments();
      if (arguments.size() != 2) {
        return Optional.of(path + ": a raw map");
      }
      return isKey(arguments.get(0))
          ? problem(arguments.get(1), path + "{}", false)
          : Optional.of(path + ": a map with keys of " + arguments.get(0));
    }

    private Optional<String> arguments(DeclaredType type, String path) {
      return type.getTypeArguments().stream()
          .flatMap(argument -> problem(argument, path + "[]", false).stream())
          .findFirst();
    }

    private Optional<String> members(DeclaredType type, TypeElement element, String path) {
      if (hasJacksonInstructions(element)) {
        return Optional.empty();
      }
      String name = element.getQualifiedName().toString();
      boolean isAbstract =
          element.getKind().isInterface() || element.getModifiers().contains(Modifier.ABSTRACT);
      if (Annotation.inherited(element, "JsonTypeInfo").isPresent() && isAbstract) {
        return permitted(element, path);
      }
      if (isAbstract) {
        return Optional.of(path + ": " + name + ", which is abstract and has no @JsonTypeInfo");
      }
      boolean record = element.getKind() == ElementKind.RECORD;
      if (!record && !isConstructible(element)) {
        return Optional.of(
            path
                + ": "
                + name
                + ", which has neither a constructor without parameters nor a @JsonCreator");
      }
      Map<String, TypeMirror> properties =
          record ? components(type, element) : properties(type, element);
      boolean hidden = fields(element).stream().anyMatch(field -> !isInstructed(field));
      if (!record && properties.isEmpty() && hidden && !isAutoDetected(element)) {
        return Optional.of(path + ": " + name + ", whose fields Jackson cannot see");
      }
      Optional<String> unseen = record ? Optional.empty() : unseen(element, properties.keySet());
      if (unseen.isPresent()) {
        return Optional.of(path + "." + unseen.get() + ": a field that Jackson does not see");
      }
      return properties.entrySet().stream()
          .filter(property -> !isOfIgnoredType(property.getValue()))
          .flatMap(
              property ->
                  problem(property.getValue(), path + "." + property.getKey(), false).stream())
          .findFirst();
    }

    /** The classes that a sealed type says it may be. */
    private Optional<String> permitted(TypeElement element, String path) {
      return element.getPermittedSubclasses().stream()
          .filter(DeclaredType.class::isInstance)
          .map(DeclaredType.class::cast)
          // What the parameters of a generic one stand for is not known here.
          .filter(type -> type.getTypeArguments().isEmpty())
          .flatMap(
              type ->
                  problem(type, path + " as " + type.asElement().getSimpleName(), false).stream())
          .findFirst();
    }
  }

  private static boolean isOfIgnoredType(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && Annotation.anyNamed(((DeclaredType) type).asElement(), "JsonIgnoreType");
  }

  /** The properties that a class as a whole does not leave out. */
  private static Predicate<String> kept(TypeElement element) {
    Optional<Set<String>> included =
        Annotation.inherited(element, "JsonIncludeProperties").map(JsonTypes::names);
    Set<String> ignored =
        Annotation.inherited(element, "JsonIgnoreProperties")
            .map(JsonTypes::names)
            .orElse(Set.of());
    return name ->
        !ignored.contains(normal(name))
            && included.filter(names -> !names.contains(normal(name))).isEmpty();
  }

  private static Set<String> names(Annotation annotation) {
    Set<String> names = new HashSet<>();
    annotation.texts("value").forEach(text -> names.add(normal(text.value())));
    return names;
  }

  /** A name however it is spelt: {@code in_stream} is what naming makes of {@code inStream}. */
  private static String normal(String name) {
    return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
  }

  /** A property's name in JSON, as far as the member itself says it. */
  private static String written(Element member, String name) {
    return List.of("JsonProperty", "JsonGetter").stream()
        .flatMap(annotation -> Annotation.named(member, annotation).stream())
        .flatMap(annotation -> annotation.text("value").stream())
        .findFirst()
        .orElse(name);
  }

  /**
   * A field whose value would be lost, while others are kept. Where a property has no field of its
   * name, any field may be behind it.
   */
  private static Optional<String> unseen(TypeElement element, Set<String> properties) {
    Set<String> fields = new HashSet<>();
    fields(element).forEach(field -> fields.add(field.getSimpleName().toString()));
    if (properties.isEmpty() || !fields.containsAll(properties) || isAutoDetected(element)) {
      return Optional.empty();
    }
    Predicate<String> kept = kept(element);
    return fields(element).stream()
        .filter(field -> !isInstructed(field) && !isOfTheJdk(field))
        .filter(field -> kept.test(written(field, field.getSimpleName().toString())))
        .map(field -> field.getSimpleName().toString())
        .filter(name -> !properties.contains(name))
        .findFirst();
  }

  private static boolean isOfTheJdk(VariableElement field) {
    return String.valueOf(field.getEnclosingElement()).startsWith("java.");
  }

  private Map<String, TypeMirror> components(DeclaredType type, TypeElement element) {
    Map<String, TypeMirror> components = new LinkedHashMap<>();
    Predicate<String> kept = kept(element);
    for (var component : element.getRecordComponents()) {
      String name = component.getSimpleName().toString();
      ExecutableElement accessor = component.getAccessor();
      List<Element> members = members(element, component);
      if (members.stream().noneMatch(JsonTypes::isInstructed)
          && members.stream().allMatch(member -> kept.test(written(member, name)))) {
        // Eclipse's compiler does not have those accessors yet that nobody wrote.
        components.put(name, accessor == null ? component.asType() : result(type, accessor));
      }
    }
    return components;
  }

  /** A component and what else has its annotations: they are where their targets say. */
  private static List<Element> members(TypeElement record, RecordComponentElement component) {
    List<Element> members = new ArrayList<>(List.of(component));
    if (component.getAccessor() != null) {
      members.add(component.getAccessor());
    }
    ElementFilter.fieldsIn(record.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().equals(component.getSimpleName()))
        .forEach(members::add);
    return members;
  }

  /** What Jackson writes of a class: what its getters give, and its public fields. */
  private Map<String, TypeMirror> properties(DeclaredType type, TypeElement element) {
    Map<String, TypeMirror> properties = new TreeMap<>();
    Set<String> left = new HashSet<>();
    Predicate<String> kept = kept(element);
    for (VariableElement field : ElementFilter.fieldsIn(elements.getAllMembers(element))) {
      String name = field.getSimpleName().toString();
      if (isInstructed(field) || !kept.test(written(field, name))) {
        left.add(name);
      } else if (!field.getModifiers().contains(Modifier.STATIC)
          && (field.getModifiers().contains(Modifier.PUBLIC)
              || Annotation.anyNamed(field, "JsonProperty"))) {
        properties.put(name, types.asMemberOf(type, field));
      }
    }
    fields(element).stream()
        .filter(JsonTypes::isInstructed)
        .forEach(field -> left.add(field.getSimpleName().toString()));
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(element))) {
      String property = property(method);
      if (property != null) {
        if (isInstructed(method) || !kept.test(written(method, property))) {
          left.add(property);
        } else {
          properties.put(property, result(type, method));
        }
      }
    }
    properties.keySet().removeAll(left);
    return properties;
  }

  /** The fields that hold what a value is, those of superclasses as well. */
  private static List<VariableElement> fields(TypeElement element) {
    List<VariableElement> fields = new ArrayList<>();
    TypeElement at = element;
    while (at != null) {
      ElementFilter.fieldsIn(at.getEnclosedElements()).stream()
          .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
          .filter(field -> !field.getModifiers().contains(Modifier.TRANSIENT))
          .forEach(fields::add);
      at =
          at.getSuperclass().getKind() == TypeKind.DECLARED
              ? (TypeElement) ((DeclaredType) at.getSuperclass()).asElement()
              : null;
    }
    return fields;
  }

  private TypeMirror result(DeclaredType type, ExecutableElement method) {
    return ((ExecutableType) types.asMemberOf(type, method)).getReturnType();
  }

  private static boolean isInstructed(Element member) {
    return INSTRUCTIONS.stream().anyMatch(name -> Annotation.anyNamed(member, name))
        || Annotation.named(member, "JsonIgnoreProperties")
            .filter(ignored -> !ignored.texts("value").isEmpty())
            .isPresent();
  }

  /** The property that a getter gives, or null if it is none. */
  private static @Nullable String property(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    boolean usable =
        method.getParameters().isEmpty()
            && method.getModifiers().contains(Modifier.PUBLIC)
            && !method.getModifiers().contains(Modifier.STATIC)
            && method.getReturnType().getKind() != TypeKind.VOID
            && !name.equals("getClass");
    if (!usable) {
      return null;
    }
    if (name.startsWith("get") && name.length() > 3) {
      return Character.toLowerCase(name.charAt(3)) + name.substring(4);
    }
    if (name.startsWith("is") && name.length() > 2 && isBoolean(method.getReturnType())) {
      return Character.toLowerCase(name.charAt(2)) + name.substring(3);
    }
    return Annotation.anyNamed(method, "JsonProperty") || Annotation.anyNamed(method, "JsonGetter")
        ? name
        : null;
  }

  private static boolean isBoolean(TypeMirror type) {
    return type.getKind() == TypeKind.BOOLEAN
        || (type.getKind() == TypeKind.DECLARED
            && ((TypeElement) ((DeclaredType) type).asElement())
                .getQualifiedName()
                .contentEquals("java.lang.Boolean"));
  }

  private static boolean isConstructible(TypeElement element) {
    return ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
            .anyMatch(
                constructor ->
                    constructor.getParameters().isEmpty()
                        || Annotation.anyNamed(constructor, "JsonCreator")
                        || Annotation.anyNamed(constructor, "ConstructorProperties"))
        || ElementFilter.methodsIn(element.getEnclosedElements()).stream()
            .anyMatch(method -> Annotation.anyNamed(method, "JsonCreator"))
        || isAutoDetected(element);
  }

  private static boolean isAutoDetected(TypeElement element) {
    return Annotation.inherited(element, "JsonAutoDetect").isPresent();
  }

  /**
   * Whether the user says how values of a class are written and read. Annotations that name, order
   * or leave out properties say nothing of the others.
   */
  private static boolean hasJacksonInstructions(TypeElement element) {
    return Annotation.inherited(element, "JsonSerialize").isPresent()
        || Annotation.inherited(element, "JsonDeserialize").isPresent()
        || Annotation.anyNamed(element, "JsonIgnoreType")
        || element.getEnclosedElements().stream()
            .anyMatch(member -> Annotation.anyNamed(member, "JsonValue"));
  }

  private static boolean isKey(TypeMirror key) {
    if (key.getKind() != TypeKind.DECLARED) {
      return key.getKind() == TypeKind.ERROR;
    }
    TypeElement element = (TypeElement) ((DeclaredType) key).asElement();
    return element.getKind() == ElementKind.ENUM
        || JsonLeaves.isKey(element.getQualifiedName().toString())
        || element.getEnclosedElements().stream()
            .anyMatch(
                member ->
                    Annotation.anyNamed(member, "JsonKey")
                        || Annotation.anyNamed(member, "JsonValue"));
  }

  private boolean isA(TypeMirror type, String name) {
    TypeElement element = elements.getTypeElement(name);
    return element != null && types.isSubtype(types.erasure(type), types.erasure(element.asType()));
  }

  /** A type as one of its supertypes, with its type arguments. */
  private Optional<DeclaredType> as(DeclaredType type, String name) {
    if (!isA(type, name)) {
      return Optional.empty();
    }
    if (((TypeElement) type.asElement()).getQualifiedName().contentEquals(name)) {
      return Optional.of(type);
    }
    return types.directSupertypes(type).stream()
        .filter(parent -> parent.getKind() == TypeKind.DECLARED)
        .flatMap(parent -> as((DeclaredType) parent, name).stream())
        .findFirst();
  }
}
