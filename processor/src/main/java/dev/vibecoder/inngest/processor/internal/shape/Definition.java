package dev.vibecoder.inngest.processor.internal.shape;

import java.util.List;
import java.util.Optional;

/** What a {@link Shape.Named} stands for. */
public sealed interface Definition {
  /** The type in Java, with its arguments: {@code app.Page<app.Order>}. */
  String name();

  /** The type in Java without arguments. */
  String type();

  /**
   * An object.
   *
   * @param fields its fields, in the order of a record's components, else by name
   * @param open whether it may have others, whose names are data
   */
  record Fields(String name, String type, List<Field> fields, boolean open) implements Definition {
    public Fields {
      fields = List.copyOf(fields);
    }

    /** The field of a name. */
    public Optional<Field> field(String wanted) {
      return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }
  }

  /**
   * One of several, told apart by a tag.
   *
   * @param property the property that holds the tag, empty if none does
   */
  record Union(String name, String type, Tagging tagging, String property, List<Variant> variants)
      implements Definition {
    public Union {
      variants = List.copyOf(variants);
    }
  }

  /**
   * A field of an object.
   *
   * @param name its name in JSON
   * @param member its name in Java
   * @param required whether it is always there and never null, as far as the type says
   */
  record Field(String name, String member, Shape shape, boolean required) {}

  /**
   * One of several.
   *
   * @param tag what tells it apart
   * @param shape what it looks like without the tag
   */
  record Variant(String tag, Shape.Named shape) {}

  /** How a value says which of several it is. */
  enum Tagging {
    /** By a property beside its fields. */
    PROPERTY,
    /** It is the only value of an object, under the tag. */
    WRAPPER_OBJECT,
    /** It is the second of a list, after the tag. */
    WRAPPER_ARRAY,
    /** By the fields that it has. */
    NONE
  }
}
