package dev.vibecoder.inngest.processor.internal.contract;

import static dev.vibecoder.inngest.processor.internal.contract.JsonSchema.map;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One JSON Schema of all payloads and results. The payload of an event is at {@code
 * #/properties/events/properties/<name>}, the result of a function at {@code
 * #/properties/results/properties/<id>}.
 */
final class SchemaFile {
  private SchemaFile() {}

  static String of(ModuleContract module, Labels labels) {
    JsonSchema schema = new JsonSchema(module.shapes(), labels, "#/$defs/");
    Map<String, Object> events = new LinkedHashMap<>();
    module.events().stream()
        .filter(entry -> !entry.event().isPattern())
        .forEach(entry -> events.put(entry.name(), schema.of(entry.payload())));
    Map<String, Object> results = new LinkedHashMap<>();
    module.functions().forEach(entry -> results.put(entry.id(), schema.of(entry.result())));
    return JsonText.of(
        map(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "title",
            "Events and function results of " + module.packageName(),
            "type",
            "object",
            "properties",
            map(
                "events",
                map("type", "object", "properties", events),
                "results",
                map("type", "object", "properties", results)),
            "$defs",
            schema.definitions()));
  }
}
