package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Tells whether values of a type survive as JSON, as Jackson writes and reads them. */
public final class JsonTypes {
  private static final Set<String> LEAVES =
      Set.of(
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Character",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Void",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.UUID",
          "java.util.Date",
          "java.util.Locale",
          "java.util.Currency",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble",
          "java.net.URI",
          "java.net.URL");
  private static final Set<String> KEYS =
      Set.of(
          "java.lang.String",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short",
          "java.lang.Byte",
          "java.lang.Boolean",
          "java.util.UUID",
          "java.time.LocalDate",
          "java.time.Instant");
  private static final int MAX_DEPTH = 24;

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
    return problem(type, root, new HashSet<>(), 0);
  }

  private Optional<String> problem(TypeMirror type, String path, Set<String> seen, int depth) {
    if (type.getKind().isPrimitive()
        || type.getKind() == TypeKind.VOID
        || type.getKind() == TypeKind.ERROR
        || depth > MAX_DEPTH) {
      // The compiler reports types that do not exist.
      return Optional.empty();
    }
    return switch (type.getKind()) {
      case ARRAY -> problem(((ArrayType) type).getComponentType(), path + "[]", seen, depth + 1);
      case TYPEVAR -> Optional.of(path + ": the type variable " + type);
      case WILDCARD -> Optional.of(path + ": the wildcard " + type);
      case DECLARED -> declared((DeclaredType) type, path, seen, depth);
      default -> Optional.of(path + ": " + type);
    };
  }

  private Optional<String> declared(DeclaredType type, String path, Set<String> seen, int depth) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    if (!element.getTypeParameters().isEmpty() && type.getTypeArguments().isEmpty()) {
      return Optional.of(path + ": the raw type " + name);
    }
    if (LEAVES.contains(name)
        || name.startsWith("java.time.")
        || name.startsWith("com.fasterxml.jackson.databind.")
        || element.getKind() == ElementKind.ENUM) {
      return Optional.empty();
    }
    if (isA(type, "java.util.Map")) {
      return map(type, path, seen, depth);
    }
    if (isA(type, "java.util.Collection") || name.equals("java.util.Optional")) {
      return arguments(type, path, seen, depth);
    }
    if (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.")) {
      return Optional.of(path + ": " + name);
    }
    if (element.getNestingKind().isNested()
        && element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.STATIC)) {
      return Optional.of(path + ": the inner class " + name + ", which is not static");
    }
    if (element.getModifiers().contains(Modifier.PRIVATE)) {
      return Optional.of(path + ": the private type " + name);
    }
    return seen.add(type.toString()) ? members(type, element, path, seen, depth) : Optional.empty();
  }

  private Optional<String> map(DeclaredType type, String path, Set<String> seen, int depth) {
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    if (arguments.size() != 2) {
      return Optional.empty();
    }
    TypeMirror key = arguments.get(0);
    boolean usable =
        key.getKind() == TypeKind.ERROR
            || (key.getKind() == TypeKind.DECLARED
                && (((DeclaredType) key).asElement().getKind() == ElementKind.ENUM
                    || KEYS.contains(
                        ((TypeElement) ((DeclaredType) key).asElement())
                            .getQualifiedName()
                            .toString())));
    return usable
        ? problem(arguments.get(1), path + "{}", seen, depth + 1)
        : Optional.of(path + ": a map with keys of " + key);
  }

  private Optional<String> arguments(DeclaredType type, String path, Set<String> seen, int depth) {
    for (TypeMirror argument : type.getTypeArguments()) {
      Optional<String> problem = problem(argument, path + "[]", seen, depth + 1);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> members(
      DeclaredType type, TypeElement element, String path, Set<String> seen, int depth) {
    if (hasJacksonInstructions(element)) {
      return Optional.empty();
    }
    if (element.getKind().isInterface() || element.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of(
          path
              + ": "
              + element.getQualifiedName()
              + ", which is abstract and has no @JsonTypeInfo");
    }
    if (element.getKind() == ElementKind.RECORD) {
      for (var component : element.getRecordComponents()) {
        Optional<String> problem =
            member(
                type,
                component.getAccessor(),
                component.getSimpleName().toString(),
                path,
                seen,
                depth);
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
    if (!isConstructible(element)) {
      return Optional.of(
          path
              + ": "
              + element.getQualifiedName()
              + ", which has neither a constructor without parameters nor a @JsonCreator");
    }
    return properties(type, element, path, seen, depth);
  }

  private Optional<String> properties(
      DeclaredType type, TypeElement element, String path, Set<String> seen, int depth) {
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(element))) {
      String property = property(method);
      if (property != null) {
        Optional<String> problem = member(type, method, property, path, seen, depth);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    for (VariableElement field : ElementFilter.fieldsIn(elements.getAllMembers(element))) {
      if (field.getModifiers().contains(Modifier.PUBLIC)
          && !field.getModifiers().contains(Modifier.STATIC)) {
        Optional<String> problem =
            problem(
                types.asMemberOf(type, field), path + "." + field.getSimpleName(), seen, depth + 1);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> member(
      DeclaredType type,
      ExecutableElement accessor,
      String name,
      String path,
      Set<String> seen,
      int depth) {
    if (Annotation.anyNamed(accessor, "JsonIgnore")) {
      return Optional.empty();
    }
    TypeMirror result =
        ((javax.lang.model.type.ExecutableType) types.asMemberOf(type, accessor)).getReturnType();
    return problem(result, path + "." + name, seen, depth + 1);
  }

  /** The property that a getter gives, or null if it is none. */
  @org.jspecify.annotations.Nullable
  private static String property(ExecutableElement method) {
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
    return name.startsWith("is") && name.length() > 2
        ? Character.toLowerCase(name.charAt(2)) + name.substring(3)
        : null;
  }

  private boolean isConstructible(TypeElement element) {
    return ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
            .anyMatch(
                constructor ->
                    constructor.getParameters().isEmpty()
                        || Annotation.anyNamed(constructor, "JsonCreator")
                        || Annotation.anyNamed(constructor, "ConstructorProperties"))
        || ElementFilter.methodsIn(element.getEnclosedElements()).stream()
            .anyMatch(method -> Annotation.anyNamed(method, "JsonCreator"))
        // Lombok and its like add constructors that cannot be seen yet.
        || Annotation.anyNamed(element, "Data")
        || Annotation.anyNamed(element, "Value")
        || Annotation.anyNamed(element, "Jacksonized")
        || Annotation.anyNamed(element, "NoArgsConstructor");
  }

  private static boolean hasJacksonInstructions(Element element) {
    return Annotation.anyNamed(element, "JsonTypeInfo")
        || Annotation.anyNamed(element, "JsonDeserialize")
        || Annotation.anyNamed(element, "JsonSerialize")
        || element.getEnclosedElements().stream()
            .anyMatch(member -> Annotation.anyNamed(member, "JsonValue"));
  }

  private boolean isA(DeclaredType type, String name) {
    TypeElement element = elements.getTypeElement(name);
    return element != null
        && types.isAssignable(types.erasure(type), types.erasure(element.asType()));
  }
}
