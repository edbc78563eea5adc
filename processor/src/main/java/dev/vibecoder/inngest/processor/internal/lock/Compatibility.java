package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether what was recorded in one shape can be read in another. Types are compared by what
 * they consist of, not by their names. What is read no more is no difference, nor is what may be
 * missing.
 */
final class Compatibility {
  private final Map<String, Definition> oldTypes;
  private final Map<String, Definition> newTypes;
  private final Set<Pair> compared = new HashSet<>();

  Compatibility(Map<String, Definition> oldTypes, Map<String, Definition> newTypes) {
    this.oldTypes = oldTypes;
    this.newTypes = newTypes;
  }

  private record Pair(String before, String after) {}

  /**
   * What is different.
   *
   * @return the path to it, what it is and what it was; empty if nothing is
   */
  Optional<String> difference(Shape before, Shape after) {
    compared.clear();
    return difference(before, after, "");
  }

  private Optional<String> difference(Shape before, Shape after, String path) {
    if (after instanceof Shape.Any || after instanceof Shape.Nothing) {
      return Optional.empty();
    }
    if (after instanceof Shape.Maybe maybe) {
      return before instanceof Shape.Nothing
          ? Optional.empty()
          : difference(
              before instanceof Shape.Maybe inner ? inner.value() : before, maybe.value(), path);
    }
    return parts(before, after, path);
  }

  private Optional<String> parts(Shape before, Shape after, String path) {
    if (before instanceof Shape.Named one && after instanceof Shape.Named other) {
      return named(one, other, path);
    }
    if (before instanceof Shape.Items one && after instanceof Shape.Items other) {
      return difference(one.element(), other.element(), path + "[]");
    }
    if (before instanceof Shape.Entries one && after instanceof Shape.Entries other) {
      return difference(one.value(), other.value(), path + "{}");
    }
    return before.equals(after) || isReadable(before, after)
        ? Optional.empty()
        : changed(before, after, path);
  }

  private static boolean isReadable(Shape before, Shape after) {
    if (before instanceof Shape.Choice one) {
      return (after instanceof Shape.Choice other && other.values().containsAll(one.values()))
          || (after instanceof Shape.Text text && text.format() == Shape.Format.PLAIN);
    }
    if (before instanceof Shape.Text one && after instanceof Shape.Text other) {
      return one.format() == other.format() || other.format() == Shape.Format.PLAIN;
    }
    return before instanceof Shape.Numeric one
        && after instanceof Shape.Numeric other
        && (one.kind() == other.kind() || other.kind() == Shape.Kind.DECIMAL);
  }

  private static Optional<String> changed(Shape before, Shape after, String path) {
    return Optional.of(
        (path.isEmpty() ? "it" : path.startsWith(".") ? path.substring(1) : path)
            + " is "
            + ShapeText.of(after)
            + ", was "
            + ShapeText.of(before));
  }

  private Optional<String> named(Shape.Named before, Shape.Named after, String path) {
    if (!compared.add(new Pair(before.name(), after.name()))) {
      return Optional.empty();
    }
    Definition one = oldTypes.get(before.name());
    Definition other = newTypes.get(after.name());
    if (one instanceof Definition.Fields a && other instanceof Definition.Fields b) {
      return fields(a, b, path);
    }
    if (one instanceof Definition.Union a && other instanceof Definition.Union b) {
      return union(a, b, path);
    }
    return one == null || other == null ? Optional.empty() : changed(before, after, path);
  }

  private Optional<String> fields(Definition.Fields before, Definition.Fields after, String path) {
    for (Definition.Field field : after.fields()) {
      String inner = path + "." + field.name();
      Optional<Definition.Field> old = before.field(field.name());
      if (old.isEmpty()) {
        if (field.required() && !before.open()) {
          return Optional.of(inner.substring(1) + " is new, and must not be missing");
        }
        continue;
      }
      if (field.required() && !old.get().required()) {
        return Optional.of(inner.substring(1) + " must not be missing, and could be");
      }
      Shape wanted =
          field.required() || field.shape() instanceof Shape.Maybe
              ? field.shape()
              : new Shape.Maybe(field.shape());
      Optional<String> difference = difference(old.get().shape(), wanted, inner);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> union(Definition.Union before, Definition.Union after, String path) {
    String here = path.isEmpty() ? "it" : path.substring(1);
    if (before.tagging() != after.tagging() || !before.property().equals(after.property())) {
      return Optional.of(here + " tells its subclasses apart in another way");
    }
    for (Definition.Variant old : before.variants()) {
      Optional<Definition.Variant> same =
          after.variants().stream().filter(one -> one.tag().equals(old.tag())).findFirst();
      if (same.isEmpty()) {
        return Optional.of(here + " knows \"" + old.tag() + "\" no more");
      }
      Optional<String> difference =
          named(old.shape(), same.get().shape(), path + "(" + old.tag() + ")");
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }
}
