package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import dev.vibecoder.inngest.devserver.engine.IncomingEvent;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import dev.vibecoder.inngest.protocol.Ulid;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Reads events that are sent (protocol, event API, section 1). */
final class EventIngest {
  private static final int MAX_EVENTS = 5_000;
  private static final int MAX_EVENT_BYTES = 3_145_728;
  private static final long EARLIEST = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  private final RandomGenerator random;

  EventIngest(RandomGenerator random) {
    this.random = random;
  }

  /**
   * What was read: the good events before the first bad one, which are accepted.
   *
   * @param events the events
   * @param error what is wrong with the next one, or null
   */
  record Batch(List<IncomingEvent> events, @Nullable String error) {
    JsonNode reply() {
      ObjectNode reply = JsonNodeFactory.instance.objectNode();
      ArrayNode ids = reply.putArray("ids");
      events.forEach(event -> ids.add(event.internalId()));
      if (events.isEmpty()) {
        ids.add("");
      }
      reply.put("status", error == null ? 200 : 400);
      if (error != null) {
        reply.put("error", error);
      }
      return reply;
    }

    int status() {
      return error == null ? 200 : 400;
    }
  }

  Batch read(byte[] body, Optional<String> seedHeader, Instant now) {
    JsonNode tree;
    try {
      tree = EngineJson.read(body);
    } catch (IOException e) {
      return new Batch(List.of(), "The body is no JSON: " + JsonProblem.describe(e));
    }
    if (tree.isMissingNode()) {
      return new Batch(List.of(), null);
    }
    if (!tree.isObject() && !tree.isArray()) {
      return new Batch(
          List.of(), "Request body must contain an event object or an array of event objects");
    }
    List<JsonNode> given = new ArrayList<>();
    if (tree.isObject()) {
      given.add(tree);
    } else {
      tree.forEach(given::add);
    }
    if (given.size() > MAX_EVENTS) {
      return new Batch(List.of(), "Cannot have more than " + MAX_EVENTS + " events in a batch");
    }
    Optional<EventIdSeed> seed = seedHeader.flatMap(EventIdSeed::parse);
    List<IncomingEvent> events = new ArrayList<>();
    for (JsonNode event : given) {
      String problem = problem(event);
      if (problem != null) {
        return new Batch(events, problem);
      }
      int index = events.size() + 1;
      String id = seed.map(present -> present.id(index)).orElseGet(() -> Ulid.next(now, random));
      events.add(new IncomingEvent(id, normal(event, id, now)));
    }
    return new Batch(events, null);
  }

  private static @Nullable String problem(JsonNode event) {
    if (!event.isObject()) {
      return "Request body must contain an event object or an array of event objects";
    }
    for (String key : List.of("id", "name", "v")) {
      if (event.hasNonNull(key) && !event.get(key).isTextual()) {
        return "event key \"" + key + "\" must be a string";
      }
    }
    String name = event.path("name").asText("");
    if (name.isEmpty()) {
      return "event name is empty";
    }
    if (name.regionMatches(true, 0, "inngest/", 0, "inngest/".length())) {
      return "event name is reserved for internal use: " + name;
    }
    for (String key : List.of("data", "user")) {
      if (event.hasNonNull(key) && !event.get(key).isObject()) {
        return "event key \"" + key + "\" must be an object";
      }
    }
    JsonNode ts = event.path("ts");
    if (event.hasNonNull("ts")) {
      if (!ts.isIntegralNumber() || !ts.canConvertToLong()) {
        return "event key \"ts\" must be an integer of milliseconds since 1970";
      }
      if (ts.longValue() != 0 && (ts.longValue() < EARLIEST || ts.longValue() >= LATEST)) {
        return "timestamp is before Jan 1, 1980, or after Jan 1, 2100";
      }
    }
    int size = EngineJson.write(event).length;
    if (size > MAX_EVENT_BYTES) {
      return "Event is over the max size: Max "
          + MAX_EVENT_BYTES
          + " bytes / Size "
          + size
          + " bytes";
    }
    return null;
  }

  private static JsonNode normal(JsonNode event, String internalId, Instant now) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    String id = event.path("id").asText("");
    normal.put("id", id.isEmpty() ? internalId : id);
    normal.put("name", event.path("name").asText());
    long ts = event.path("ts").asLong(0);
    normal.put("ts", ts == 0 ? now.toEpochMilli() : ts);
    ObjectNode data =
        event.path("data").isObject()
            ? event.path("data").deepCopy()
            : JsonNodeFactory.instance.objectNode();
    data.remove("_inngest");
    normal.set("data", data);
    for (String key : List.of("user", "v")) {
      if (event.hasNonNull(key)) {
        normal.set(key, event.get(key));
      }
    }
    return normal;
  }
}
