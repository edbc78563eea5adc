package dev.vibecoder.inngest.processor.internal.contract;

import static dev.vibecoder.inngest.processor.internal.contract.JsonSchema.map;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** What GraalVM's native image must keep: everything that Jackson looks at by reflection. */
final class NativeImageFile {
  private NativeImageFile() {}

  /**
   * Writes it.
   *
   * @param types binary names of classes
   */
  static String of(NavigableSet<String> types) {
    List<Object> reflection = new ArrayList<>();
    for (String type : types) {
      reflection.add(
          map(
              "type",
              type,
              "allDeclaredConstructors",
              true,
              "allDeclaredMethods",
              true,
              "allDeclaredFields",
              true));
    }
    return JsonText.of(map("reflection", reflection));
  }
}
