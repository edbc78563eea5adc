package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of definitions outside Java: simple names where these are unique, {@code PageOfOrder}
 * for {@code app.Page<app.Order>}; else with their packages.
 */
final class Labels {
  private static final Pattern NAME = Pattern.compile("[^<>,\\[\\]#]+");

  private final Map<String, String> labels = new HashMap<>();

  Labels(Collection<Definition> definitions) {
    Map<String, List<Definition>> bySimple = new LinkedHashMap<>();
    for (Definition definition : definitions) {
      bySimple.computeIfAbsent(label(definition, true), any -> new ArrayList<>()).add(definition);
    }
    bySimple.forEach(
        (simple, same) -> {
          for (Definition definition : same) {
            labels.put(definition.name(), same.size() == 1 ? simple : label(definition, false));
          }
        });
  }

  String of(Shape.Named shape) {
    return of(shape.name());
  }

  String of(String name) {
    return labels.getOrDefault(name, name);
  }

  private static String label(Definition definition, boolean simple) {
    StringBuilder label = new StringBuilder();
    Matcher parts = NAME.matcher(definition.name());
    int count = 0;
    while (parts.find()) {
      String part = parts.group();
      label
          .append(count == 0 ? "" : count == 1 ? "Of" : "And")
          .append(simple ? part.substring(part.lastIndexOf('.') + 1) : part.replace('.', '_'));
      count++;
    }
    boolean one = definition instanceof Definition.Union union && union.variants().size() == 1;
    return one ? "Tagged" + label : label.toString();
  }
}
