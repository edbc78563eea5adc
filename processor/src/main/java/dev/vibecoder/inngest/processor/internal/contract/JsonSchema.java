package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import dev.vibecoder.inngest.processor.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shapes as JSON Schema 2020-12. What may be added to an object is left open: reading is lenient.
 */
final class JsonSchema {
  private final Shapes shapes;
  private final Labels labels;
  private final String definitions;

  /**
   * Makes a writer.
   *
   * @param definitions where a document keeps its definitions: {@code #/$defs/}
   */
  JsonSchema(Shapes shapes, Labels labels, String definitions) {
    this.shapes = shapes;
    this.labels = labels;
    this.definitions = definitions;
  }

  static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  /** All definitions, by their labels. */
  Map<String, Object> definitions() {
    Map<String, Object> all = new TreeMap<>();
    for (Definition definition : shapes.definitions().values()) {
      all.put(labels.of(definition.name()), definition(definition));
    }
    return all;
  }

  Map<String, Object> of(Shape shape) {
    if (shape instanceof Shape.Named named) {
      return map("$ref", definitions + labels.of(named));
    }
    if (shape instanceof Shape.Items items) {
      return map("type", "array", "items", of(items.element()));
    }
    if (shape instanceof Shape.Entries entries) {
      return map("type", "object", "additionalProperties", of(entries.value()));
    }
    if (shape instanceof Shape.Maybe maybe) {
      return maybe(of(maybe.value()));
    }
    if (shape instanceof Shape.Choice choice) {
      return map("type", "string", "enum", choice.values());
    }
    if (shape instanceof Shape.Text text) {
      return text(text.format());
    }
    if (shape instanceof Shape.Numeric numeric) {
      return map("type", numeric.kind() == Shape.Kind.INTEGER ? "integer" : "number");
    }
    if (shape instanceof Shape.Bool) {
      return map("type", "boolean");
    }
    return shape instanceof Shape.Nothing ? map("type", "null") : map();
  }

  private static Map<String, Object> maybe(Map<String, Object> schema) {
    return schema.isEmpty() ? schema : map("anyOf", List.of(schema, map("type", "null")));
  }

  private static Map<String, Object> text(Shape.Format format) {
    Map<String, Object> schema = map("type", "string");
    if (format == Shape.Format.BYTES) {
      schema.put("contentEncoding", "base64");
    } else if (!format.schema().isEmpty()) {
      schema.put("format", format.schema());
    }
    return schema;
  }

  private Map<String, Object> definition(Definition definition) {
    return definition instanceof Definition.Union union
        ? union(union)
        : fields((Definition.Fields) definition);
  }

  private Map<String, Object> fields(Definition.Fields fields) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Definition.Field field : fields.fields()) {
      Map<String, Object> schema = of(field.shape());
      boolean optional = !field.required() && !(field.shape() instanceof Shape.Maybe);
      properties.put(field.name(), optional ? maybe(schema) : schema);
      if (field.required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = map("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private Map<String, Object> union(Definition.Union union) {
    List<Object> variants = new ArrayList<>();
    for (Definition.Variant variant : union.variants()) {
      Map<String, Object> inner = of(variant.shape());
      variants.add(
          switch (union.tagging()) {
            case PROPERTY ->
                map(
                    "allOf",
                    List.of(
                        map(
                            "type",
                            "object",
                            "properties",
                            map(union.property(), map("const", variant.tag())),
                            "required",
                            List.of(union.property())),
                        inner));
            case WRAPPER_OBJECT ->
                map(
                    "type",
                    "object",
                    "properties",
                    map(variant.tag(), inner),
                    "required",
                    List.of(variant.tag()));
            case WRAPPER_ARRAY ->
                map(
                    "type",
                    "array",
                    "prefixItems",
                    List.of(map("const", variant.tag()), inner),
                    "minItems",
                    2,
                    "maxItems",
                    2);
            case NONE -> inner;
          });
    }
    return map("anyOf", variants);
  }
}
