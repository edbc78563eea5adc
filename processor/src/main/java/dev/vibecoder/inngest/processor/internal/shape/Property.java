package dev.vibecoder.inngest.processor.internal.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A property of a class: a name, and all the members that may say something of it. */
final class Property {
  private final String member;
  private final List<Element> sources = new ArrayList<>();
  private @Nullable TypeMirror type;
  private boolean optional;

  Property(String member) {
    this.member = member;
  }

  String member() {
    return member;
  }

  List<Element> sources() {
    return sources;
  }

  TypeMirror type() {
    if (type == null) {
      throw new IllegalStateException("The property " + member + " has no type");
    }
    return type;
  }

  boolean isVisible() {
    return type != null;
  }

  /** What a member says of it. */
  void source(Element element) {
    sources.add(element);
  }

  /** A member that gives the value; the first one counts. */
  void value(Element element, TypeMirror valueType) {
    source(element);
    if (type == null) {
      type = valueType;
    }
  }

  /** Says that it is written, but nobody has to hand it in. */
  void derived() {
    optional = true;
  }

  boolean isIgnored() {
    return Jackson.isOn(sources, "JsonIgnore") || Jackson.has(sources, "JsonBackReference");
  }

  /** The name that an annotation gives it. */
  Optional<String> givenName() {
    return List.of("JsonProperty", "JsonGetter").stream()
        .flatMap(name -> sources.stream().flatMap(source -> Jackson.find(source, name).stream()))
        .map(mirror -> Jackson.text(mirror, "value"))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** Whether it is always there and not null, as far as anything says. */
  boolean isRequired() {
    boolean leftOut =
        Jackson.find(sources, "JsonInclude")
            .map(mirror -> Jackson.constant(mirror, "value", "ALWAYS"))
            .filter(include -> include.startsWith("NON_"))
            .isPresent();
    return !optional && !leftOut && !isNullable();
  }

  private boolean isNullable() {
    return isNullable(type().getAnnotationMirrors())
        || sources.stream().anyMatch(source -> isNullable(source.getAnnotationMirrors()));
  }

  private static boolean isNullable(
      List<? extends javax.lang.model.element.AnnotationMirror> annotations) {
    return annotations.stream()
        .map(mirror -> mirror.getAnnotationType().asElement().getSimpleName())
        .anyMatch(name -> name.contentEquals("Nullable") || name.contentEquals("CheckForNull"));
  }
}
