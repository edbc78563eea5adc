package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event as the server keeps it.
 *
 * @param internalId the server's id of it
 * @param id the sender's id of it
 * @param name its name
 * @param ts its time in epoch milliseconds
 * @param parts everything else by key: {@code data}, and {@code user} and {@code v} where given
 */
public record AcceptedEvent(
    String internalId, String id, String name, long ts, Map<String, Payload> parts) {
  /** Copies the parts. */
  public AcceptedEvent {
    parts = Map.copyOf(parts);
  }

  static AcceptedEvent of(IncomingEvent incoming, Instant now) {
    JsonNode event = incoming.event();
    Map<String, Payload> parts = new LinkedHashMap<>();
    event.properties().forEach(part -> parts.put(part.getKey(), Payload.of(part.getValue())));
    parts.keySet().removeAll(List.of("id", "name", "ts"));
    return new AcceptedEvent(
        incoming.internalId(),
        event.path("id").asText(),
        event.path("name").asText(),
        event.path("ts").asLong(now.toEpochMilli()),
        parts);
  }

  /** The event as it was sent. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    json.put("name", name);
    json.put("ts", ts);
    parts.forEach((key, part) -> json.set(key, part.node()));
    return json;
  }

  /** The event as functions get it: always with a user. */
  ObjectNode forFunctions() {
    ObjectNode json = json();
    if (!json.has("user")) {
      json.putObject("user");
    }
    return json;
  }

  /** The text at a path of at least one key, or empty. */
  Optional<String> text(List<String> path) {
    String first = path.get(0);
    if (path.size() == 1 && first.equals("id")) {
      return Optional.of(id);
    }
    if (path.size() == 1 && first.equals("name")) {
      return Optional.of(name);
    }
    Payload part = parts.get(first);
    return part == null ? Optional.empty() : part.text(path.subList(1, path.size()));
  }

  long size() {
    return parts.values().stream().mapToLong(Payload::size).sum() + id.length() + name.length();
  }
}
