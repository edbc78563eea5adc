package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of the JSON of a value. */
sealed interface Shape {
  /** A value of which only the kind matters. */
  record Plain(Kind kind) implements Shape {}

  /**
   * A text.
   *
   * @param constants the only texts that it can be; null if it can be any
   */
  record Text(@Nullable Set<String> constants) implements Shape {}

  /** A list of values that are alike. */
  record ListOf(Shape element) implements Shape {}

  /** An object with any keys. */
  record MapOf(Shape value) implements Shape {}

  /** One of several shapes. */
  record OneOf(List<Shape> alternatives) implements Shape {}

  /** An object with known fields, found out when they are needed: types may contain themselves. */
  final class Fields implements Shape {
    private final String name;
    private final Supplier<Content> supplier;
    private @Nullable Content content;

    Fields(String name, Supplier<Content> supplier) {
      this.name = name;
      this.supplier = supplier;
    }

    /** What it is called in messages. */
    String name() {
      return name;
    }

    Content content() {
      Content known = content;
      if (known == null) {
        known = supplier.get();
        content = known;
      }
      return known;
    }

    /**
     * What an object holds.
     *
     * @param open whether there may be others
     */
    record Content(Map<String, Shape> fields, boolean open) {}
  }

  /** The shapes that it can be; itself if it is one. */
  default List<Shape> alternatives() {
    return this instanceof OneOf one ? one.alternatives() : List.of(this);
  }

  /** The kinds that it can be. */
  default Set<Kind> kinds() {
    Set<Kind> kinds = new LinkedHashSet<>();
    alternatives().forEach(shape -> kinds.add(kind(shape)));
    return kinds;
  }

  private static Kind kind(Shape shape) {
    if (shape instanceof Plain plain) {
      return plain.kind();
    }
    if (shape instanceof Text) {
      return Kind.TEXT;
    }
    return shape instanceof ListOf ? Kind.LIST : Kind.MAP;
  }

  /** What it is, for messages. */
  default String described() {
    List<String> words = new ArrayList<>();
    kinds().forEach(kind -> words.add(kind.described()));
    return words.stream().distinct().collect(Collectors.joining(" or "));
  }
}
