package dev.vibecoder.inngest.processor.internal.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What a class or one of its supertypes says about how its subclasses are told apart. */
final class TypeInfo {
  private final AnnotationMirror annotation;
  private final TypeElement declaring;

  private TypeInfo(AnnotationMirror annotation, TypeElement declaring) {
    this.annotation = annotation;
    this.declaring = declaring;
  }

  /**
   * The property beside a member that holds its value's tag.
   *
   * @param annotation the member's own: where a class asks for it, the tag stands in the value
   */
  static Optional<String> externalProperty(AnnotationMirror annotation) {
    return Jackson.constant(annotation, "include", "PROPERTY").equals("EXTERNAL_PROPERTY")
        ? Optional.of(property(annotation))
        : Optional.empty();
  }

  /** A subclass and what it is called. */
  record Subtype(TypeElement type, String tag) {}

  static Optional<TypeInfo> of(Types types, TypeElement element) {
    Optional<AnnotationMirror> own = Jackson.find(element, "JsonTypeInfo");
    if (own.isPresent()) {
      TypeInfo info = new TypeInfo(own.get(), element);
      return info.use().equals("NONE") ? Optional.empty() : Optional.of(info);
    }
    for (TypeMirror parent : types.directSupertypes(element.asType())) {
      if (parent instanceof DeclaredType declared
          && declared.asElement() instanceof TypeElement type
          && !type.getQualifiedName().toString().startsWith("java.")) {
        Optional<TypeInfo> inherited = of(types, type);
        if (inherited.isPresent()) {
          return inherited;
        }
      }
    }
    return Optional.empty();
  }

  private String use() {
    return use(annotation);
  }

  private static String use(AnnotationMirror annotation) {
    return Jackson.constant(annotation, "use", "NAME");
  }

  /** Whether only code of the user's knows the tags. */
  boolean isUnknown() {
    return use().equals("CUSTOM");
  }

  Definition.Tagging tagging() {
    if (use().equals("DEDUCTION")) {
      return Definition.Tagging.NONE;
    }
    return switch (Jackson.constant(annotation, "include", "PROPERTY")) {
      case "WRAPPER_OBJECT" -> Definition.Tagging.WRAPPER_OBJECT;
      case "WRAPPER_ARRAY" -> Definition.Tagging.WRAPPER_ARRAY;
      default -> Definition.Tagging.PROPERTY;
    };
  }

  String property() {
    return tagging() == Definition.Tagging.PROPERTY ? property(annotation) : "";
  }

  private static String property(AnnotationMirror annotation) {
    String given = Jackson.text(annotation, "property");
    if (!given.isEmpty()) {
      return given;
    }
    return switch (use(annotation)) {
      case "CLASS" -> "@class";
      case "MINIMAL_CLASS" -> "@c";
      default -> "@type";
    };
  }

  /** The classes that a value of a type may have, with their tags. */
  List<Subtype> subtypes(TypeElement element) {
    Map<String, Subtype> found = new LinkedHashMap<>();
    collect(element, found, "");
    return List.copyOf(found.values());
  }

  private void collect(TypeElement element, Map<String, Subtype> found, String given) {
    String name = element.getQualifiedName().toString();
    if (found.containsKey(name)) {
      return;
    }
    if (!Shapes.isAbstract(element)) {
      found.put(name, new Subtype(element, tag(element, given)));
    }
    Jackson.find(element, "JsonSubTypes").stream()
        .flatMap(mirror -> Jackson.list(mirror, "value"))
        .filter(AnnotationMirror.class::isInstance)
        .map(AnnotationMirror.class::cast)
        .forEach(
            entry ->
                Jackson.type(entry, "value").ifPresent(type -> collect(type, found, name(entry))));
    for (TypeMirror permitted : element.getPermittedSubclasses()) {
      if (permitted instanceof DeclaredType declared
          && declared.asElement() instanceof TypeElement type) {
        collect(type, found, "");
      }
    }
  }

  private static String name(AnnotationMirror entry) {
    String name = Jackson.text(entry, "name");
    return name.isEmpty()
        ? Jackson.list(entry, "names").map(String::valueOf).findFirst().orElse("")
        : name;
  }

  private String tag(TypeElement element, String given) {
    return switch (use()) {
      case "CLASS" -> binaryName(element);
      case "MINIMAL_CLASS" -> minimal(element);
      default -> {
        if (!given.isEmpty()) {
          yield given;
        }
        String named =
            registered(element)
                .or(
                    () ->
                        Jackson.find(element, "JsonTypeName")
                            .map(mirror -> Jackson.text(mirror, "value")))
                .orElse("");
        if (!named.isEmpty()) {
          yield named;
        }
        String simple = binaryName(element);
        simple = simple.substring(simple.lastIndexOf('.') + 1);
        yield use().equals("SIMPLE_NAME") ? simple.substring(simple.lastIndexOf('$') + 1) : simple;
      }
    };
  }

  /** The name that the declaring class gives one of its subclasses. */
  private Optional<String> registered(TypeElement element) {
    return Jackson.find(declaring, "JsonSubTypes").stream()
        .flatMap(mirror -> Jackson.list(mirror, "value"))
        .filter(AnnotationMirror.class::isInstance)
        .map(AnnotationMirror.class::cast)
        .filter(entry -> Jackson.type(entry, "value").filter(element::equals).isPresent())
        .map(TypeInfo::name)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private String minimal(TypeElement element) {
    String base = binaryName(declaring);
    String prefix = base.substring(0, base.lastIndexOf('.') + 1);
    String name = binaryName(element);
    return !prefix.isEmpty() && name.startsWith(prefix)
        ? name.substring(prefix.length() - 1)
        : name;
  }

  private static String binaryName(TypeElement element) {
    List<String> names = new ArrayList<>();
    Element at = element;
    while (at instanceof TypeElement type && type.getNestingKind().isNested()) {
      names.add(0, type.getSimpleName().toString());
      at = type.getEnclosingElement();
    }
    if (at instanceof TypeElement top) {
      names.add(0, top.getQualifiedName().toString());
    }
    return String.join("$", names);
  }
}
