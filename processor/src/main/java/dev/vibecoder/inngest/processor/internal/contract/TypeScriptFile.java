package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of all payloads and results for TypeScript. */
final class TypeScriptFile {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private final ModuleContract module;
  private final Labels labels;
  private final StringBuilder text = new StringBuilder();

  private TypeScriptFile(ModuleContract module, Labels labels) {
    this.module = module;
    this.labels = labels;
  }

  static String of(ModuleContract module, Labels labels) {
    return new TypeScriptFile(module, labels).write();
  }

  private String write() {
    text.append("// The events and function results of ")
        .append(module.packageName())
        .append(", generated from its annotated classes.\n\n");
    text.append("/** The payload of each event, by its name. */\n");
    text.append("export interface EventPayloads {\n");
    module.events().stream()
        .filter(entry -> !entry.event().isPattern())
        .forEach(
            entry ->
                text.append("  ")
                    .append(JsonText.quoted(entry.name()))
                    .append(": ")
                    .append(payload(entry.payload()))
                    .append(";\n"));
    text.append("}\n\n");
    text.append("/** The events as the TypeScript SDK takes them. */\n");
    text.append("export type Events = {\n");
    text.append("  [Name in keyof EventPayloads]: { data: EventPayloads[Name] };\n");
    text.append("};\n\n");
    text.append("/** The result of each function, by its id. */\n");
    text.append("export interface FunctionResults {\n");
    module
        .functions()
        .forEach(
            entry ->
                text.append("  ")
                    .append(JsonText.quoted(entry.id()))
                    .append(": ")
                    .append(type(entry.result()))
                    .append(";\n"));
    text.append("}\n");
    Map<String, Definition> sorted = new TreeMap<>();
    module
        .shapes()
        .definitions()
        .values()
        .forEach(definition -> sorted.put(labels.of(definition.name()), definition));
    BiConsumer<String, Definition> write = this::definition;
    sorted.forEach(write);
    return text.toString();
  }

  /** What is sent as data is an object, even where nobody says which. */
  private String payload(Shape shape) {
    return shape instanceof Shape.Any ? "any" : type(shape);
  }

  private void definition(String label, Definition definition) {
    text.append('\n');
    if (definition instanceof Definition.Union union) {
      text.append("export type ").append(label).append(" =");
      union.variants().forEach(variant -> text.append("\n  | ").append(variant(union, variant)));
      text.append(";\n");
      return;
    }
    Definition.Fields fields = (Definition.Fields) definition;
    // Not an interface: the SDK wants types that records of unknown values can stand for.
    text.append("export type ").append(label).append(" = {\n");
    for (Definition.Field field : fields.fields()) {
      boolean optional = !field.required();
      text.append("  ")
          .append(property(field.name()))
          .append(optional ? "?: " : ": ")
          .append(type(field.shape()))
          .append(optional && !(field.shape() instanceof Shape.Maybe) ? " | null" : "")
          .append(";")
          .append(comment(field.shape()))
          .append("\n");
    }
    if (fields.open()) {
      text.append("  [name: string]: unknown;\n");
    }
    text.append("};\n");
  }

  private String variant(Definition.Union union, Definition.Variant variant) {
    String tag = JsonText.quoted(variant.tag());
    String inner = labels.of(variant.shape());
    return switch (union.tagging()) {
      case PROPERTY -> "({ " + property(union.property()) + ": " + tag + " } & " + inner + ")";
      case WRAPPER_OBJECT -> "{ " + property(variant.tag()) + ": " + inner + " }";
      case WRAPPER_ARRAY -> "[" + tag + ", " + inner + "]";
      case NONE -> inner;
    };
  }

  private static String property(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : JsonText.quoted(name);
  }

  private static String comment(Shape shape) {
    Shape inner = shape instanceof Shape.Maybe maybe ? maybe.value() : shape;
    return inner instanceof Shape.Text text && !text.format().schema().isEmpty()
        ? " // " + text.format().schema()
        : "";
  }

  private String type(Shape shape) {
    if (shape instanceof Shape.Named named) {
      return labels.of(named);
    }
    if (shape instanceof Shape.Items items) {
      String inner = type(items.element());
      return (inner.contains(" | ") ? "(" + inner + ")" : inner) + "[]";
    }
    if (shape instanceof Shape.Entries entries) {
      return "{ [name: string]: " + type(entries.value()) + " }";
    }
    if (shape instanceof Shape.Maybe maybe) {
      return maybe.value() instanceof Shape.Any ? "unknown" : type(maybe.value()) + " | null";
    }
    if (shape instanceof Shape.Choice choice) {
      return choice.values().isEmpty()
          ? "never"
          : choice.values().stream().map(JsonText::quoted).collect(Collectors.joining(" | "));
    }
    if (shape instanceof Shape.Text) {
      return "string";
    }
    if (shape instanceof Shape.Numeric) {
      return "number";
    }
    if (shape instanceof Shape.Bool) {
      return "boolean";
    }
    return shape instanceof Shape.Nothing ? "null" : "unknown";
  }
}
