package dev.vibecoder.inngest.processor.internal.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
 * Describes types as JSON. One instance gathers the definitions of everything that it was asked
 * for, so that what is used twice is defined once. Types must be complete: ask when everything is
 * generated. Never fails: what it cannot tell is {@link Shape.Any}.
 */
public final class Shapes {
  private static final Shape ANY = new Shape.Any();
  private static final Shape TEXT = new Shape.Text(Shape.Format.PLAIN);
  private static final Shape INTEGER = new Shape.Numeric(Shape.Kind.INTEGER);

  /** How often a class may stand inside itself with other type arguments, which may never end. */
  private static final int MAX_GROWTH = 4;

  private final Types types;
  private final Elements elements;
  private final Properties properties;
  private final SortedMap<String, Definition> definitions = new TreeMap<>();
  private final Map<String, Integer> inside = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final NavigableSet<String> used = new TreeSet<>();

  public Shapes(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
    this.properties = new Properties(types, elements);
  }

  /** What a type looks like. */
  public Shape of(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN -> new Shape.Bool();
      case BYTE, SHORT, INT, LONG -> INTEGER;
      case FLOAT, DOUBLE -> new Shape.Numeric(Shape.Kind.DECIMAL);
      case CHAR -> TEXT;
      case VOID -> new Shape.Nothing();
      case ARRAY -> array(((ArrayType) type).getComponentType());
      case WILDCARD -> bound(((WildcardType) type).getExtendsBound());
      case TYPEVAR -> bound(((TypeVariable) type).getUpperBound());
      case DECLARED -> declared((DeclaredType) type);
      default -> ANY;
    };
  }

  /** What a name stands for; every name in a shape of this instance stands for something. */
  public Definition definition(Shape.Named shape) {
    Definition definition = definitions.get(shape.name());
    if (definition == null) {
      throw new IllegalArgumentException("A shape of another instance: " + shape);
    }
    return definition;
  }

  /** Everything that was defined so far, by name. */
  public SortedMap<String, Definition> definitions() {
    return new TreeMap<>(definitions);
  }

  /** The classes of the user's that Jackson looks at, canonical names. */
  public NavigableSet<String> types() {
    return new TreeSet<>(used);
  }

  private void use(TypeElement element) {
    String name = element.getQualifiedName().toString();
    if (!name.startsWith("java.") && !name.startsWith("com.fasterxml.jackson.")) {
      used.add(name);
    }
    useInstructions(element);
  }

  /** What an annotation has Jackson make instances of. */
  private void useInstructions(Element element) {
    for (String annotation : List.of("JsonSerialize", "JsonDeserialize", "JsonNaming")) {
      for (String member :
          List.of("using", "keyUsing", "contentUsing", "converter", "builder", "value")) {
        Jackson.find(element, annotation)
            .flatMap(mirror -> Jackson.type(mirror, member))
            .map(type -> type.getQualifiedName().toString())
            .filter(name -> !name.startsWith("com.fasterxml.jackson."))
            .ifPresent(used::add);
      }
    }
  }

  /** The object that a shape is, if it is one. */
  public Optional<Definition.Fields> fields(Shape shape) {
    return shape instanceof Shape.Named named
            && definition(named) instanceof Definition.Fields found
        ? Optional.of(found)
        : Optional.empty();
  }

  private Shape bound(@org.jspecify.annotations.Nullable TypeMirror bound) {
    return bound == null || bound.getKind() == TypeKind.TYPEVAR ? ANY : of(bound);
  }

  private Shape array(TypeMirror component) {
    return switch (component.getKind()) {
      case BYTE -> new Shape.Text(Shape.Format.BYTES);
      case CHAR -> TEXT;
      default -> new Shape.Items(of(component));
    };
  }

  private Shape declared(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    Shape leaf = Leaves.of(name);
    if (leaf != null) {
      return leaf;
    }
    use(element);
    if (Jackson.has(List.of(element), "JsonSerialize") && !hasOnlyBuilders(element)) {
      return ANY;
    }
    Optional<Shape> value = value(type, element);
    if (value.isPresent()) {
      return value.get();
    }
    if (element.getKind() == ElementKind.ENUM) {
      return choice(type, element, Jackson.find(element, "JsonFormat"));
    }
    Optional<Shape> container = container(type);
    return container.isPresent() ? container.get() : object(type, element, name);
  }

  private static boolean hasOnlyBuilders(TypeElement element) {
    return Jackson.find(element, "JsonSerialize").stream()
        .noneMatch(
            mirror ->
                Jackson.value(mirror, "using").isPresent()
                    || Jackson.value(mirror, "as").isPresent()
                    || Jackson.value(mirror, "converter").isPresent());
  }

  /** What @JsonValue gives. */
  private Optional<Shape> value(DeclaredType type, TypeElement element) {
    for (Element member : elements.getAllMembers(element)) {
      if (Jackson.isOn(List.of(member), "JsonValue")) {
        if (member instanceof ExecutableElement method) {
          return Optional.of(of(((ExecutableType) types.asMemberOf(type, method)).getReturnType()));
        }
        return Optional.of(of(member.asType()));
      }
    }
    return Optional.empty();
  }

  private Shape choice(DeclaredType type, TypeElement element, Optional<AnnotationMirror> format) {
    String shape = format.map(mirror -> Jackson.constant(mirror, "shape", "ANY")).orElse("ANY");
    if (shape.startsWith("NUMBER")) {
      return INTEGER;
    }
    if (shape.equals("OBJECT") || shape.equals("POJO")) {
      return object(type, element, element.getQualifiedName().toString());
    }
    List<String> values = new ArrayList<>();
    for (VariableElement field : ElementFilter.fieldsIn(element.getEnclosedElements())) {
      if (field.getKind() == ElementKind.ENUM_CONSTANT) {
        String given =
            Jackson.find(field, "JsonProperty")
                .map(mirror -> Jackson.text(mirror, "value"))
                .orElse("");
        values.add(given.isEmpty() ? field.getSimpleName().toString() : given);
      }
    }
    return new Shape.Choice(values);
  }

  private Optional<Shape> container(DeclaredType type) {
    if (isA(type, "com.fasterxml.jackson.core.TreeNode")) {
      return Optional.of(ANY);
    }
    Optional<DeclaredType> map = as(type, "java.util.Map");
    if (map.isPresent()) {
      return Optional.of(new Shape.Entries(argument(map.get(), 1)));
    }
    for (String list :
        List.of("java.lang.Iterable", "java.util.Iterator", "java.util.stream.BaseStream")) {
      Optional<DeclaredType> found = as(type, list);
      // A path is made of paths, and written as a text.
      if (found.isPresent() && !isA(type, "java.nio.file.Path")) {
        return Optional.of(new Shape.Items(argument(found.get(), 0)));
      }
    }
    for (String one :
        List.of("java.util.Optional", "java.util.concurrent.atomic.AtomicReference")) {
      Optional<DeclaredType> found = as(type, one);
      if (found.isPresent()) {
        Shape inner = argument(found.get(), 0);
        return Optional.of(inner instanceof Shape.Maybe ? inner : new Shape.Maybe(inner));
      }
    }
    return Optional.empty();
  }

  private Shape argument(DeclaredType type, int index) {
    return type.getTypeArguments().size() > index ? of(type.getTypeArguments().get(index)) : ANY;
  }

  private Shape object(DeclaredType type, TypeElement element, String className) {
    if (className.startsWith("java.") || className.startsWith("javax.")) {
      return ANY;
    }
    Optional<TypeInfo> info = TypeInfo.of(types, element);
    if (info.isPresent() && info.get().isUnknown()) {
      return ANY;
    }
    return info.isPresent() ? union(type, element, info.get()) : plain(type, element);
  }

  private Shape plain(DeclaredType type, TypeElement element) {
    String name = name(type);
    String className = element.getQualifiedName().toString();
    if (begun.contains(name)) {
      return new Shape.Named(name);
    }
    int depth = inside.merge(className, 1, Integer::sum);
    try {
      if (depth > MAX_GROWTH) {
        return ANY;
      }
      begun.add(name);
      definitions.put(name, new Definition.Fields(name, className, List.of(), false));
      definitions.put(name, fields(type, element, name));
      return new Shape.Named(name);
    } finally {
      inside.merge(className, -1, Integer::sum);
    }
  }

  private Definition.Fields fields(DeclaredType type, TypeElement element, String name) {
    Map<String, Definition.Field> found = new LinkedHashMap<>();
    Set<String> ignored =
        Jackson.find(element, "JsonIgnoreProperties").stream()
            .flatMap(mirror -> Jackson.list(mirror, "value"))
            .map(String::valueOf)
            .collect(Collectors.toSet());
    Optional<Set<String>> included =
        Jackson.find(element, "JsonIncludeProperties")
            .map(
                mirror ->
                    Jackson.list(mirror, "value").map(String::valueOf).collect(Collectors.toSet()));
    boolean leavesOut =
        Jackson.find(element, "JsonInclude")
            .map(mirror -> Jackson.constant(mirror, "value", "ALWAYS"))
            .filter(include -> include.startsWith("NON_"))
            .isPresent();
    UnaryOperator<String> naming =
        Jackson.find(element, "JsonNaming")
            .flatMap(mirror -> Jackson.type(mirror, "value"))
            .flatMap(strategy -> Naming.strategy(strategy.getSimpleName().toString()))
            .orElse(UnaryOperator.identity());
    for (Property property : properties.of(type)) {
      property.sources().forEach(this::useInstructions);
      if (isIgnoredType(property.type())) {
        continue;
      }
      String json = property.givenName().orElseGet(() -> naming.apply(property.member()));
      if (ignored.contains(json) || included.filter(names -> !names.contains(json)).isPresent()) {
        continue;
      }
      Optional<AnnotationMirror> unwrapped = Jackson.find(property.sources(), "JsonUnwrapped");
      if (unwrapped.isPresent()) {
        unwrap(property, unwrapped.get(), found);
        continue;
      }
      Shape shape = property(property);
      boolean primitive = property.type().getKind().isPrimitive();
      boolean required =
          property.isRequired()
              && !(shape instanceof Shape.Maybe)
              && !(shape instanceof Shape.Nothing)
              && (!leavesOut || primitive);
      found.put(json, new Definition.Field(json, property.member(), shape, required));
      externalTag(property)
          .ifPresent(
              tag ->
                  found.putIfAbsent(
                      tag, new Definition.Field(tag, property.member(), TEXT, false)));
    }
    boolean open =
        elements.getAllMembers(element).stream()
            .anyMatch(member -> Jackson.isOn(List.of(member), "JsonAnyGetter"));
    return new Definition.Fields(
        name, element.getQualifiedName().toString(), List.copyOf(found.values()), open);
  }

  /** The field beside a property that says which class its value is of. */
  private static Optional<String> externalTag(Property property) {
    return Jackson.find(property.sources(), "JsonTypeInfo").flatMap(TypeInfo::externalProperty);
  }

  private void unwrap(
      Property property, AnnotationMirror annotation, Map<String, Definition.Field> found) {
    String prefix = Jackson.text(annotation, "prefix");
    String suffix = Jackson.text(annotation, "suffix");
    fields(of(property.type())).stream()
        .flatMap(inner -> inner.fields().stream())
        .forEach(
            field -> {
              String name = prefix + field.name() + suffix;
              found.put(
                  name,
                  new Definition.Field(
                      name,
                      property.member() + "." + field.member(),
                      field.shape(),
                      field.required() && property.isRequired()));
            });
  }

  private static boolean isIgnoredType(TypeMirror type) {
    return type instanceof DeclaredType declared
        && Jackson.isOn(List.of(declared.asElement()), "JsonIgnoreType");
  }

  /** The shape of a property, with what its annotations say. */
  private Shape property(Property property) {
    List<Element> sources = property.sources();
    if (Jackson.has(sources, "JsonSerialize")
        || Jackson.has(sources, "JsonTypeInfo")
        || Jackson.has(sources, "JsonRawValue")
        || Jackson.has(sources, "JsonIdentityReference")) {
      return ANY;
    }
    Shape shape = of(property.type());
    Optional<AnnotationMirror> format = Jackson.find(sources, "JsonFormat");
    return format.isEmpty() ? shape : formatted(property.type(), shape, format.get());
  }

  private Shape formatted(TypeMirror type, Shape shape, AnnotationMirror format) {
    if (shape instanceof Shape.Maybe maybe) {
      return new Shape.Maybe(formatted(type, maybe.value(), format));
    }
    String wanted = Jackson.constant(format, "shape", "ANY");
    if (shape instanceof Shape.Choice
        && type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return choice(declared, element, Optional.of(format));
    }
    boolean scalar =
        shape instanceof Shape.Text
            || shape instanceof Shape.Numeric
            || shape instanceof Shape.Bool;
    if (!scalar) {
      return wanted.equals("ARRAY") && shape instanceof Shape.Named ? new Shape.Items(ANY) : shape;
    }
    boolean time = shape instanceof Shape.Text text && text.format() != Shape.Format.PLAIN;
    return switch (wanted) {
      case "STRING" -> shape instanceof Shape.Text ? patterned(shape, format) : TEXT;
      case "NUMBER_INT" -> INTEGER;
      case "NUMBER", "NUMBER_FLOAT" -> new Shape.Numeric(Shape.Kind.DECIMAL);
      case "ARRAY" -> ANY;
      default -> time ? patterned(shape, format) : shape;
    };
  }

  private static Shape patterned(Shape shape, AnnotationMirror format) {
    return Jackson.text(format, "pattern").isEmpty() ? shape : TEXT;
  }

  private Shape union(DeclaredType type, TypeElement element, TypeInfo info) {
    String name = name(type) + "#";
    if (!begun.add(name)) {
      return new Shape.Named(name);
    }
    String className = element.getQualifiedName().toString();
    definitions.put(
        name, new Definition.Union(name, className, info.tagging(), info.property(), List.of()));
    List<Definition.Variant> variants = new ArrayList<>();
    for (TypeInfo.Subtype subtype : info.subtypes(element)) {
      DeclaredType variant =
          subtype.type().equals(element) ? type : types.getDeclaredType(subtype.type());
      use(subtype.type());
      if (plain(variant, subtype.type()) instanceof Shape.Named named) {
        variants.add(new Definition.Variant(subtype.tag(), named));
      }
    }
    if (variants.isEmpty()) {
      // Nobody says what there is.
      begun.remove(name);
      definitions.remove(name);
      return ANY;
    }
    definitions.put(
        name, new Definition.Union(name, className, info.tagging(), info.property(), variants));
    return new Shape.Named(name);
  }

  /** The name of a type: without annotations, and the same whatever compiler has it. */
  private String name(TypeMirror type) {
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      return type.getKind() == TypeKind.ARRAY
          ? name(((ArrayType) type).getComponentType()) + "[]"
          : type.getKind().isPrimitive()
              ? type.getKind().name().toLowerCase(java.util.Locale.ROOT)
              : "?";
    }
    String raw = element.getQualifiedName().toString();
    return declared.getTypeArguments().isEmpty()
        ? raw
        : declared.getTypeArguments().stream()
            .map(this::name)
            .collect(Collectors.joining(",", raw + "<", ">"));
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
        .filter(DeclaredType.class::isInstance)
        .flatMap(parent -> as((DeclaredType) parent, name).stream())
        .findFirst();
  }

  static boolean isAbstract(TypeElement element) {
    return element.getKind().isInterface() || element.getModifiers().contains(Modifier.ABSTRACT);
  }
}
