package dev.vibecoder.inngest.processor.internal.contract;

import static dev.vibecoder.inngest.processor.internal.contract.JsonSchema.map;

import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events and functions as AsyncAPI 3: a channel per event, an operation per function and event. */
final class AsyncApiFile {
  private final ModuleContract module;
  private final JsonSchema schema;
  private final Map<String, String> channels = new TreeMap<>();

  private AsyncApiFile(ModuleContract module, Labels labels) {
    this.module = module;
    this.schema = new JsonSchema(module.shapes(), labels, "#/components/schemas/");
    for (ModuleContract.EventEntry entry : module.events()) {
      channels.put(entry.name(), key(entry.event()));
    }
  }

  static String of(ModuleContract module, Labels labels) {
    return JsonText.of(new AsyncApiFile(module, labels).document());
  }

  /** Events have classes of different names; patterns have none. */
  private static String key(EventModel event) {
    return event.isPattern()
        ? "All_" + event.name().replaceAll("[^\\p{L}\\p{Nd}]+", "_")
        : event.type().simpleName();
  }

  private Map<String, Object> document() {
    Map<String, Object> described = new LinkedHashMap<>();
    Map<String, Object> messages = new LinkedHashMap<>();
    for (ModuleContract.EventEntry entry : module.events()) {
      String key = key(entry.event());
      described.put(
          key,
          map(
              "address",
              entry.name(),
              "messages",
              map(key, map("$ref", "#/components/messages/" + key))));
      messages.put(key, message(entry));
    }
    Map<String, Object> operations = new LinkedHashMap<>();
    module.functions().forEach(entry -> operations(entry, operations));
    return map(
        "asyncapi",
        "3.0.0",
        "info",
        map("title", "Events and functions of " + module.packageName(), "version", "1.0.0"),
        "defaultContentType",
        "application/json",
        "channels",
        described,
        "operations",
        operations,
        "components",
        map("messages", messages, "schemas", schema.definitions()));
  }

  private Map<String, Object> message(ModuleContract.EventEntry entry) {
    Map<String, Object> name =
        entry.event().isPattern() ? map("type", "string") : map("const", entry.name());
    return map(
        "name",
        entry.name(),
        "payload",
        map(
            "type",
            "object",
            "properties",
            map(
                "name",
                name,
                "data",
                schema.of(entry.payload()),
                "id",
                map("type", "string"),
                "ts",
                map("type", "integer"),
                "user",
                map(),
                "v",
                map("type", "string")),
            "required",
            List.of("name", "data")));
  }

  private void operations(ModuleContract.FunctionEntry entry, Map<String, Object> operations) {
    for (Trigger trigger : entry.function().triggers()) {
      if (trigger instanceof Trigger.OnEvent on) {
        operation(entry, "receive", on.event().name(), operations);
      }
    }
    entry.sends().forEach(event -> operation(entry, "send", event, operations));
  }

  private void operation(
      ModuleContract.FunctionEntry entry,
      String action,
      String event,
      Map<String, Object> operations) {
    String channel = channels.get(event);
    if (channel != null) {
      Map<String, Object> operation =
          map("action", action, "channel", map("$ref", "#/channels/" + channel));
      operation.put("title", entry.id());
      if (!entry.function().description().isEmpty()) {
        operation.put("summary", entry.function().description());
      }
      operations.put(
          entry.id() + (action.equals("send") ? "-sends-" : "-on-") + channel, operation);
    }
  }
}
