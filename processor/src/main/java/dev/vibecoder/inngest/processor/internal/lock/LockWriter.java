package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import java.util.Comparator;
import java.util.Locale;

/** Writes what runs rely on as a text for people: sorted, one thing a line. */
final class LockWriter {
  static final String HEAD =
      "# What runs under way rely on: step ids, their order, and the shapes of results.\n"
          + "# Kept by inngest-processor; commit it. If a change is meant: @Step(formerly = ...),\n"
          + "# or compile once with -Ainngest.lock.update=true.\n";

  private LockWriter() {}

  static String text(LockedModule module) {
    StringBuilder text = new StringBuilder(HEAD);
    for (LockedModule.Function function : module.functions().values()) {
      text.append("\nfunction ").append(function.id()).append('\n');
      text.append("  class ").append(function.type()).append('\n');
      text.append("  result ").append(ShapeText.of(function.result())).append('\n');
      text.append("  steps ").append(function.ordered() ? "in order" : "in any order").append('\n');
      for (LockedModule.Step step : function.steps()) {
        text.append("    ").append(step.kind()).append(' ').append(step.shown());
        text.append(": ").append(ShapeText.of(step.result())).append('\n');
      }
    }
    for (Definition definition : module.types().values()) {
      if (definition instanceof Definition.Union union) {
        union(union, text);
      } else {
        fields((Definition.Fields) definition, text);
      }
    }
    return text.toString();
  }

  private static void fields(Definition.Fields fields, StringBuilder text) {
    text.append("\ntype ").append(fields.name()).append(fields.open() ? " open" : "").append('\n');
    fields.fields().stream()
        .sorted(Comparator.comparing(Definition.Field::name))
        .forEach(
            field ->
                text.append("  ")
                    .append(ShapeText.name(field.name()))
                    .append(field.required() ? ": " : "?: ")
                    .append(ShapeText.of(field.shape()))
                    .append('\n'));
  }

  private static void union(Definition.Union union, StringBuilder text) {
    text.append("\ntype ").append(union.name()).append(" one of by ");
    text.append(union.tagging().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (!union.property().isEmpty()) {
      text.append(' ').append(ShapeText.name(union.property()));
    }
    text.append('\n');
    union.variants().stream()
        .sorted(Comparator.comparing(Definition.Variant::tag))
        .forEach(
            variant ->
                text.append("  ")
                    .append(ShapeText.name(variant.tag()))
                    .append(": ")
                    .append(ShapeText.of(variant.shape()))
                    .append('\n'));
  }
}
