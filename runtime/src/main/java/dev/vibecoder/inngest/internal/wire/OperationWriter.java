package dev.vibecoder.inngest.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.Opcode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the body of a 206 answer. */
public final class OperationWriter {
  // Inngest's wire suites tell an explicit null from nothing at all, and want the former here.
  private static final Set<Opcode> SAY_NO_DATA =
      EnumSet.of(Opcode.SLEEP, Opcode.WAIT_FOR_EVENT, Opcode.STEP_ERROR, Opcode.STEP_FAILED);

  private static final int FIRST_BYTES = 512;

  private OperationWriter() {}

  /** An array of operations; it must not be empty, or the server may never ask again. */
  public static byte[] write(List<Operation> operations) {
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("An answer without operations leaves the run hanging");
    }
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(FIRST_BYTES);
        JsonGenerator json = Json.factory().createGenerator(bytes)) {
      json.setCodec(Json.mapper());
      json.writeStartArray();
      for (Operation operation : operations) {
        write(json, operation);
      }
      json.writeEndArray();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, Operation operation) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", operation.hash());
    json.writeStringField("op", operation.opcode().wireName());
    if (operation.name() != null) {
      json.writeStringField("name", operation.name());
    }
    json.writeStringField("displayName", operation.displayName());
    writeOptions(json, operation);
    json.writeObjectFieldStart("userland");
    json.writeStringField("id", operation.rawId());
    if (operation.index() > 0) {
      json.writeNumberField("index", operation.index());
    }
    json.writeEndObject();
    byte[] data = operation.data();
    if (data != null) {
      json.writeFieldName("data");
      json.writeRawValue(new String(data, StandardCharsets.UTF_8));
    } else if (SAY_NO_DATA.contains(operation.opcode())) {
      json.writeNullField("data");
    }
    if (operation.error() != null) {
      json.writeFieldName("error");
      json.writeTree(operation.error());
    }
    if (operation.startedNanos() > 0) {
      json.writeObjectFieldStart("timing");
      json.writeNumberField("a", operation.startedNanos());
      json.writeNumberField("b", operation.durationNanos());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeOptions(JsonGenerator json, Operation operation) throws IOException {
    if (operation.opts() == null && !operation.raced()) {
      return;
    }
    json.writeObjectFieldStart("opts");
    if (operation.opts() != null) {
      for (Map.Entry<String, JsonNode> option : operation.opts().properties()) {
        json.writeFieldName(option.getKey());
        json.writeTree(option.getValue());
      }
    }
    if (operation.raced()) {
      json.writeStringField("parallelMode", "race");
    }
    json.writeEndObject();
  }
}
