package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.internal.json.UnicodeText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The key of a step as a part of its id: {@code raw[key]}. */
final class StepKeyText {
  private static final int MAX_BYTES = 128;

  private StepKeyText() {}

  /**
   * Writes a key.
   *
   * @param stepId names the step in errors
   */
  static String of(@Nullable Object key, String stepId) {
    String text = text(key, stepId);
    if (!UnicodeText.isWhole(text)) {
      throw new StepUsageException(
          "A key of the step \"" + stepId + "\": " + UnicodeText.problem(text));
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new StepUsageException(
          "A key of the step \""
              + stepId
              + "\" has "
              + bytes
              + " bytes. Keys have 1 to "
              + MAX_BYTES
              + "; take a short one that stays the same, such as an order number.");
    }
    return StepIdentity.encode(text);
  }

  private static String text(@Nullable Object key, String stepId) {
    if (key instanceof String text) {
      return text;
    }
    if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    if (key instanceof Integer
        || key instanceof Long
        || key instanceof Short
        || key instanceof Byte
        || key instanceof BigInteger
        || key instanceof UUID) {
      return key.toString();
    }
    throw new StepUsageException(
        "A key of the step \""
            + stepId
            + "\" is "
            + (key == null ? "null" : "a " + key.getClass().getName())
            + ". Keys are texts, integers, enum constants or UUIDs.");
  }
}
