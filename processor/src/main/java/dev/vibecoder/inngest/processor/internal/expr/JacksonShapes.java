package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The JSON that Jackson writes of a type, with the runtime's settings: times and durations are
 * texts. Whatever is not understood for certain can be anything.
 */
final class JacksonShapes {
  private static final Set<String> NUMBERS =
      Set.of(
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Number",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.OptionalDouble",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong");
  private static final Set<String> TEXTS =
      Set.of(
          "java.lang.CharSequence",
          "java.lang.String",
          "java.lang.Character",
          "java.lang.Class",
          "java.util.UUID",
          "java.util.Date",
          "java.util.Calendar",
          "java.util.GregorianCalendar",
          "java.util.Locale",
          "java.util.Currency",
          "java.util.TimeZone",
          "java.util.regex.Pattern",
          "java.net.URI",
          "java.net.URL",
          "java.net.InetAddress",
          "java.io.File",
          "java.nio.file.Path",
          "java.nio.charset.Charset",
          "java.nio.ByteBuffer");
  private static final Set<String> TIMES =
      Set.of(
          "Duration",
          "Instant",
          "LocalDate",
          "LocalDateTime",
          "LocalTime",
          "MonthDay",
          "OffsetDateTime",
          "OffsetTime",
          "Period",
          "YearMonth",
          "ZoneId",
          "ZoneOffset",
          "ZonedDateTime");
  private static final List<String> HOLDERS =
      List.of("java.util.Optional", "java.util.concurrent.atomic.AtomicReference");

  private final Elements elements;
  private final Types types;

  JacksonShapes(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** The shape of a type; the shapes of its members are found out when they are needed. */
  Shape of(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN -> Shapes.BOOL;
      case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> Shapes.DOUBLE;
      case CHAR -> Shapes.TEXT;
      case ARRAY -> array(((ArrayType) type).getComponentType());
      case TYPEVAR -> bound(((TypeVariable) type).getUpperBound());
      case WILDCARD ->
          ((WildcardType) type).getExtendsBound() == null
              ? Shapes.ANY
              : bound(((WildcardType) type).getExtendsBound());
      case DECLARED -> declared((DeclaredType) type);
      default -> Shapes.ANY;
    };
  }

  private Shape array(TypeMirror element) {
    return element.getKind() == TypeKind.BYTE || element.getKind() == TypeKind.CHAR
        ? Shapes.TEXT
        : new Shape.ListOf(of(element));
  }

  /** What a bound tells: a container can hold more than its bound does. */
  private Shape bound(TypeMirror bound) {
    return bound.getKind() == TypeKind.DECLARED ? of(bound) : Shapes.ANY;
  }

  private Shape declared(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    if (name.equals("java.lang.Boolean")
        || name.equals("java.util.concurrent.atomic.AtomicBoolean")) {
      return Shapes.BOOL;
    }
    if (NUMBERS.contains(name)) {
      return Shapes.DOUBLE;
    }
    if (TEXTS.contains(name) || isTime(name)) {
      return Shapes.TEXT;
    }
    if (HOLDERS.contains(name)) {
      return argument(type, 0);
    }
    if (isA(type, "com.fasterxml.jackson.core.TreeNode")) {
      return Shapes.ANY;
    }
    Optional<Shape> told = byClassAnnotations(element);
    if (told.isPresent()) {
      return told.get();
    }
    if (element.getKind() == ElementKind.ENUM) {
      return enumeration(element);
    }
    Optional<DeclaredType> map = as(type, "java.util.Map");
    if (map.isPresent()) {
      return new Shape.MapOf(argument(map.get(), 1));
    }
    Optional<DeclaredType> list =
        as(type, "java.util.Collection").or(() -> as(type, "java.util.Iterator"));
    if (list.isPresent()) {
      return new Shape.ListOf(argument(list.get(), 0));
    }
    boolean platform =
        name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.");
    if (platform || isA(type, "java.lang.Iterable") || isA(type, "java.util.Map.Entry")) {
      return Shapes.ANY;
    }
    return object(type, element);
  }

  private static boolean isTime(String name) {
    return name.startsWith("java.time.") && TIMES.contains(name.substring("java.time.".length()));
  }

  private Shape argument(DeclaredType type, int index) {
    return index < type.getTypeArguments().size()
        ? of(type.getTypeArguments().get(index))
        : Shapes.ANY;
  }

  /** What annotations of a class say of its JSON as a whole. */
  private Optional<Shape> byClassAnnotations(TypeElement element) {
    if (Jackson.inherited(element, "JsonSerialize").isPresent()
        || Jackson.inherited(element, "JsonIdentityInfo").isPresent()) {
      return Optional.of(Shapes.ANY);
    }
    Optional<Shape> format =
        Jackson.inherited(element, "JsonFormat").flatMap(JacksonShapes::formatted);
    if (format.isPresent()) {
      return format;
    }
    for (Element member : elements.getAllMembers(element)) {
      boolean value =
          Jackson.of(member, "JsonValue").filter(json -> json.isOn("value")).isPresent();
      if (value && member instanceof ExecutableElement method) {
        return Optional.of(of(method.getReturnType()));
      }
      if (value && member instanceof VariableElement field) {
        return Optional.of(of(field.asType()));
      }
    }
    return Optional.empty();
  }

  /** What {@code @JsonFormat} makes of a value; empty if it leaves the value what it is. */
  static Optional<Shape> formatted(Jackson format) {
    return switch (format.constant("shape")) {
      case "STRING" -> Optional.of(Shapes.TEXT);
      case "NUMBER", "NUMBER_INT", "NUMBER_FLOAT" -> Optional.of(Shapes.DOUBLE);
      case "BOOLEAN" -> Optional.of(Shapes.BOOL);
      case "ANY", "" -> Optional.empty();
      default -> Optional.of(Shapes.ANY);
    };
  }

  private Shape enumeration(TypeElement element) {
    if (Jackson.inherited(element, "EnumNaming").isPresent()) {
      return Shapes.TEXT;
    }
    Set<String> constants = new LinkedHashSet<>();
    for (VariableElement constant : ElementFilter.fieldsIn(element.getEnclosedElements())) {
      if (constant.getKind() == ElementKind.ENUM_CONSTANT) {
        constants.add(
            Jackson.of(constant, "JsonProperty")
                .flatMap(property -> property.text("value"))
                .orElse(constant.getSimpleName().toString()));
        Jackson.of(constant, "JsonAlias")
            .ifPresent(
                alias -> alias.items("value").forEach(other -> constants.add(other.toString())));
      }
    }
    return new Shape.Text(constants);
  }

  private Shape object(DeclaredType type, TypeElement element) {
    return new Shape.Fields(
        element.getSimpleName().toString(), () -> content(type, element, new LinkedHashSet<>()));
  }

  private Shape.Fields.Content content(DeclaredType type, TypeElement element, Set<String> inside) {
    Map<String, List<Shape>> fields = new LinkedHashMap<>();
    boolean open = false;
    Optional<Jackson> info = Jackson.inherited(element, "JsonTypeInfo");
    if (info.isPresent()) {
      switch (info.get().constant("include")) {
        case "", "PROPERTY", "EXISTING_PROPERTY", "EXTERNAL_PROPERTY" ->
            typeProperty(info.get()).ifPresent(name -> put(fields, name, Shapes.TEXT));
        default -> {
          return new Shape.Fields.Content(Map.of(), true);
        }
      }
    }
    Properties properties = new Properties(element);
    open |= properties.isOpen();
    for (Properties.Property property : properties.all()) {
      Shape shape = shape(type, property);
      property.externalTag().ifPresent(tag -> put(fields, tag, Shapes.TEXT));
      if (!property.isUnwrapped()) {
        property.names().forEach(name -> put(fields, name, shape));
        continue;
      }
      String name = element.getQualifiedName().toString();
      boolean fresh = inside.add(name);
      for (Shape alternative : shape.alternatives()) {
        if (alternative instanceof Shape.Fields nested && fresh) {
          open |= nested.content().open();
          nested
              .content()
              .fields()
              .forEach((key, value) -> put(fields, property.wrapped(key), value));
        } else {
          open = true;
        }
      }
      inside.remove(name);
    }
    boolean isAbstract =
        element.getKind().isInterface() || element.getModifiers().contains(Modifier.ABSTRACT);
    List<DeclaredType> subtypes = subtypes(element);
    for (DeclaredType subtype : subtypes) {
      TypeElement sub = (TypeElement) subtype.asElement();
      if (inside.add(sub.getQualifiedName().toString())) {
        Shape.Fields.Content more = content(subtype, sub, inside);
        open |= more.open();
        more.fields().forEach((key, value) -> put(fields, key, value));
      }
    }
    // Classes that are not listed may have more.
    open |= isAbstract && subtypes.isEmpty();
    Map<String, Shape> merged = new LinkedHashMap<>();
    fields.forEach((name, shapes) -> merged.put(name, Shapes.oneOf(shapes)));
    return new Shape.Fields.Content(merged, open);
  }

  private static void put(Map<String, List<Shape>> fields, String name, Shape shape) {
    fields.computeIfAbsent(name, any -> new ArrayList<>()).add(shape);
  }

  static Optional<String> typeProperty(Jackson info) {
    Optional<String> given = info.text("property");
    return switch (info.constant("use")) {
      case "NONE", "DEDUCTION" -> Optional.empty();
      case "CLASS" -> Optional.of(given.orElse("@class"));
      case "MINIMAL_CLASS" -> Optional.of(given.orElse("@c"));
      default -> Optional.of(given.orElse("@type"));
    };
  }

  /** The classes that a value of a class may be of: those that are permitted, or listed. */
  private List<DeclaredType> subtypes(TypeElement element) {
    Map<String, DeclaredType> found = new LinkedHashMap<>();
    element.getPermittedSubclasses().forEach(type -> add(found, type));
    Jackson.of(element, "JsonSubTypes")
        .ifPresent(
            listed ->
                listed
                    .items("value")
                    .forEach(
                        item -> {
                          if (item instanceof AnnotationMirror mirror) {
                            new Jackson(mirror)
                                .type("value")
                                .ifPresent(type -> add(found, type.asType()));
                          }
                        }));
    return List.copyOf(found.values());
  }

  private static void add(Map<String, DeclaredType> found, TypeMirror type) {
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      found.put(((TypeElement) declared.asElement()).getQualifiedName().toString(), declared);
    }
  }

  private Shape shape(DeclaredType owner, Properties.Property property) {
    Optional<Shape> told = property.told();
    return told.orElseGet(
        () -> {
          TypeMirror member = types.asMemberOf(owner, property.member());
          TypeMirror type =
              member instanceof ExecutableType method ? method.getReturnType() : member;
          Shape shape = of(type);
          return property.isFormatted() ? formattedInside(property, type, shape) : shape;
        });
  }

  /** A format of a container is that of its contents, or is not: it depends on the serialiser. */
  private static Shape formattedInside(Properties.Property property, TypeMirror type, Shape shape) {
    boolean container =
        type.getKind() == TypeKind.ARRAY
            || shape instanceof Shape.ListOf
            || shape instanceof Shape.MapOf
            || shape instanceof Shape.Fields;
    return container ? Shapes.ANY : property.format().orElse(shape);
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
