package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one mapper of this library and the readers prepared from it.
 *
 * <p>Writing is strict: a value that would arrive changed is refused ({@link ExactValues}). Reading
 * is lenient, because the server rewrites numbers ({@code 1.0} comes back as {@code 1}).
 */
public final class Json {
  /** Nesting beyond this is refused, so that a small body cannot exhaust the stack. */
  public static final int MAX_DEPTH = 500;

  // What is written is read back within a call request or the event that tells of a failed run.
  private static final int MAX_WRITE_DEPTH = MAX_DEPTH - 20;
  private static final int FIRST_BYTES = 256;
  private static final int MAX_NUMBER_LENGTH = 400;
  private static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_WRITE_DEPTH).build())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .build())
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // 1.9 for an int is a mistake, not a 1.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          // A tree keeps what was written: from a double, Java before 19 makes longer decimals.
          .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ConcurrentMap<TypeRef<?>, ObjectReader> READERS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<TypeRef<?>, ObjectWriter> WRITERS = new ConcurrentHashMap<>();
  private static final ObjectWriter UNTYPED = MAPPER.writer();
  // Of two values under one key two readers could take different ones.
  private static final ObjectReader TREE =
      MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Json() {}

  /** The factory behind everything, with its limits. */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /** The mapper; not to be changed. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A parser over a part of an array. */
  public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
    return FACTORY.createParser(bytes, offset, length);
  }

  /** Reads a part of an array as a tree. */
  public static JsonNode tree(byte[] bytes, int offset, int length) throws IOException {
    try {
      return TREE.readValue(bytes, offset, length);
    } catch (NumberFormatException e) {
      throw noNumber(e);
    }
  }

  /** Reads a part of an array as a typed value; JSON {@code null} gives null. */
  public static @Nullable Object read(byte[] bytes, int offset, int length, TypeRef<?> type)
      throws IOException {
    try {
      return reader(type).readValue(bytes, offset, length);
    } catch (NumberFormatException e) {
      throw noNumber(e);
    }
  }

  /** Reads the next value of a parser as a typed value; JSON {@code null} gives null. */
  public static @Nullable Object read(JsonParser parser, TypeRef<?> type) throws IOException {
    try {
      return reader(type).readValue(parser);
    } catch (NumberFormatException e) {
      throw noNumber(e);
    }
  }

  /** Reads a tree as a typed value; JSON {@code null} gives null. */
  public static @Nullable Object read(JsonNode tree, TypeRef<?> type) throws IOException {
    return reader(type).readValue(tree);
  }

  /** An exponent beyond what a decimal can have is good JSON and no number. */
  private static IOException noNumber(NumberFormatException e) {
    return new IOException("it contains a number that is too large to be read", e);
  }

  private static ObjectReader reader(TypeRef<?> type) {
    ObjectReader reader = READERS.get(type);
    return reader != null
        ? reader
        : READERS.computeIfAbsent(
            type, missing -> MAPPER.readerFor(MAPPER.constructType(missing.type())));
  }

  /** Reads a tree that the protocol defines. */
  public static <T> T decode(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new NonRetriableException(
          "Cannot read " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Writes a value that the protocol defines. */
  public static byte[] encode(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a user's value, refusing what would arrive changed.
   *
   * @param value any value, null included
   * @param what names the value in the error, such as {@code the result of step "charge"}
   */
  public static byte[] write(@Nullable Object value, String what) {
    return write(value, null, what);
  }

  /**
   * Writes a user's value so that it can be read as a type, refusing what would arrive changed.
   *
   * @param value any value, null included
   * @param type the type it will be read as, or null to go by the value's class
   * @param what names the value in the error, such as {@code the result of step "charge"}
   */
  public static byte[] write(@Nullable Object value, @Nullable TypeRef<?> type, String what) {
    if (value instanceof Future || value instanceof CompletionStage) {
      throw new NonRetriableException(
          "Cannot write "
              + what
              + ": it is a "
              + value.getClass().getName()
              + ", which is not there yet. Wait for it, and return what it gives.");
    }
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(FIRST_BYTES);
        JsonGenerator generator = new ExactValues(FACTORY.createGenerator(bytes))) {
      writer(type).writeValue(generator, value);
      generator.flush();
      return bytes.toByteArray();
    } catch (ArrivesChangedException e) {
      throw new NonRetriableException(e.describe(what), e);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof ArrivesChangedException inexact) {
        throw new NonRetriableException(inexact.describe(what), e);
      }
      throw new NonRetriableException("Cannot write " + what + " as JSON: " + problem(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StackOverflowError endless) {
      throw new NonRetriableException(
          "Cannot write " + what + " as JSON: it contains itself, or is nested too deeply.");
    }
  }

  /**
   * What is wrong with a JSON text or value, and where in it. What a constructor of the user's has
   * against a value is told in its own words.
   */
  public static String problem(IOException e) {
    if (!(e instanceof JsonProcessingException json)) {
      return String.valueOf(e.getMessage());
    }
    String path = e instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
    Throwable cause = e instanceof ValueInstantiationException ? e.getCause() : null;
    return path + (cause == null ? json.getOriginalMessage() : cause.getMessage());
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : references) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.length() == 0 ? "" : path.append(": ").toString();
  }

  /**
   * The class of a value tells all of its type but its type arguments, and with them go the type
   * ids of what it holds ({@code @JsonTypeInfo}): generic types are written as they were declared.
   */
  private static ObjectWriter writer(@Nullable TypeRef<?> type) {
    if (type == null || type.type() instanceof Class) {
      return UNTYPED;
    }
    ObjectWriter writer = WRITERS.get(type);
    return writer != null
        ? writer
        : WRITERS.computeIfAbsent(
            type, missing -> MAPPER.writerFor(MAPPER.constructType(missing.type())));
  }
}
