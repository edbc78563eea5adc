package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of one element, read through its mirror: annotation classes are never loaded, so
 * the processor depends on none. Members that were not written are absent.
 */
public record Annotation(Element element, AnnotationMirror mirror) {
  /** The package of our annotations. */
  public static final String PACKAGE = "dev.vibecoder.inngest.annotation.";

  /** What holds an annotation that is given several times, nested in it. */
  public static final String CONTAINER = ".All";

  /** The annotation of an element by the simple name of ours. */
  public static Optional<Annotation> of(Element element, String simpleName) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> name(mirror).equals(PACKAGE + simpleName))
        .map(mirror -> new Annotation(element, mirror))
        .findFirst();
  }

  /** The annotations of an element by the simple name of ours, which may be given several times. */
  public static List<Annotation> all(Element element, String simpleName) {
    List<Annotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String name = name(mirror);
      if (name.equals(PACKAGE + simpleName)) {
        found.add(new Annotation(element, mirror));
      } else if (name.equals(PACKAGE + simpleName + CONTAINER)) {
        new Annotation(element, mirror)
            .items("value").stream()
                .filter(item -> item.getValue() instanceof AnnotationMirror)
                .map(item -> new Annotation(element, (AnnotationMirror) item.getValue()))
                .forEach(found::add);
      }
    }
    return found;
  }

  /** Whether an element has an annotation of a simple name, from whatever package. */
  public static boolean anyNamed(Element element, String simpleName) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(
            mirror ->
                mirror.getAnnotationType().asElement().getSimpleName().contentEquals(simpleName));
  }

  /** The annotation of an element by a simple name, from whatever package. */
  public static Optional<Annotation> named(Element element, String simpleName) {
    return element.getAnnotationMirrors().stream()
        .map(mirror -> new Annotation(element, mirror))
        .filter(annotation -> annotation.simpleName().equals(simpleName))
        .findFirst();
  }

  /** The same of a class or, as Jackson reads it, the nearest of its supertypes that has it. */
  public static Optional<Annotation> inherited(TypeElement type, String simpleName) {
    Optional<Annotation> own = named(type, simpleName);
    return own.isPresent()
        ? own
        : Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
            .filter(DeclaredType.class::isInstance)
            .map(parent -> (TypeElement) ((DeclaredType) parent).asElement())
            .flatMap(parent -> inherited(parent, simpleName).stream())
            .findFirst();
  }

  private static String name(AnnotationMirror mirror) {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /** Simple name of the annotation. */
  public String simpleName() {
    return mirror.getAnnotationType().asElement().getSimpleName().toString();
  }

  private @Nullable AnnotationValue value(String member) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Whether a member was written. */
  public boolean has(String member) {
    return value(member) != null;
  }

  /** Whether a member names a constant that does not exist, or does not exist yet. */
  public boolean isUnresolved() {
    return mirror.getElementValues().values().stream().anyMatch(Annotation::isUnresolved);
  }

  private static boolean isUnresolved(AnnotationValue value) {
    if (value.getValue() instanceof List<?> list) {
      return list.stream().anyMatch(item -> item instanceof AnnotationValue v && isUnresolved(v));
    }
    if (value.getValue() instanceof AnnotationMirror nested) {
      return nested.getElementValues().values().stream().anyMatch(Annotation::isUnresolved);
    }
    if (value.getValue() instanceof TypeMirror type) {
      return type.getKind() == TypeKind.ERROR;
    }
    // Compilers give this text for such a constant; a text that was really written has quotes.
    return "<error>".equals(value.getValue()) && !value.toString().startsWith("\"");
  }

  /** A text member; an empty text counts as not written. */
  public Optional<String> text(String member) {
    AnnotationValue value = value(member);
    return value != null && value.getValue() instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A text member as it was written, which may be empty. */
  public Optional<String> given(String member) {
    return has(member) ? Optional.of(rawText(member)) : Optional.empty();
  }

  /** A text member as it was written; empty if it was not. */
  public String rawText(String member) {
    AnnotationValue value = value(member);
    return value != null && value.getValue() instanceof String text ? text : "";
  }

  /** A number member. */
  public int number(String member, int otherwise) {
    AnnotationValue value = value(member);
    return value != null && value.getValue() instanceof Integer number ? number : otherwise;
  }

  /** A number member, if it was written. */
  public Optional<Integer> number(String member) {
    AnnotationValue value = value(member);
    return value != null && value.getValue() instanceof Integer number
        ? Optional.of(number)
        : Optional.empty();
  }

  /** A member that is true or false; false if it was not written. */
  public boolean flag(String member) {
    AnnotationValue value = value(member);
    return value != null && Boolean.TRUE.equals(value.getValue());
  }

  /** Name of the constant of a member that is an enum, if it was written. */
  public Optional<String> constant(String member) {
    AnnotationValue value = value(member);
    return value != null && value.getValue() instanceof VariableElement constant
        ? Optional.of(constant.getSimpleName().toString())
        : Optional.empty();
  }

  /** An array of texts, each with its place. */
  public List<Text> texts(String member) {
    return items(member).stream()
        .filter(item -> !isUnresolved(item))
        .map(item -> new Text(String.valueOf(item.getValue()), at(item)))
        .toList();
  }

  /** An array of classes, each with its place. */
  public List<Type> types(String member) {
    return items(member).stream()
        .filter(item -> item.getValue() instanceof TypeMirror)
        .map(item -> new Type((TypeMirror) item.getValue(), at(item)))
        .toList();
  }

  /** A class and its place. */
  public record Type(TypeMirror value, Location location) {}

  private List<AnnotationValue> items(String member) {
    AnnotationValue value = value(member);
    if (value == null || !(value.getValue() instanceof List<?> list)) {
      return List.of();
    }
    return list.stream()
        .filter(item -> item instanceof AnnotationValue)
        .map(item -> (AnnotationValue) item)
        .toList();
  }

  private Location at(AnnotationValue value) {
    return new Location(element, mirror, value);
  }

  /** The place of an item of a member that is an array. */
  public Location at(String member, int item) {
    List<AnnotationValue> items = items(member);
    return item >= 0 && item < items.size() ? at(items.get(item)) : at(member);
  }

  /** The place of a member, or of the annotation if the member was not written. */
  public Location at(String member) {
    return new Location(element, mirror, value(member));
  }

  /** A text and its place. */
  public record Text(String value, Location location) {}
}
