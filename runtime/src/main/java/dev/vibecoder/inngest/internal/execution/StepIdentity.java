package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.protocol.StepHash;
import java.util.HashMap;
import java.util.Map;

/**
 * The identity of one step of one run.
 *
 * @param rawId the id as written
 * @param index how often the id was used before in this call
 * @param hash identity on the wire
 */
public record StepIdentity(String rawId, int index, String hash) {
  private static final int MAX_ID_LENGTH = 1_024;

  /** The id with the repeat's number. */
  String id() {
    return index == 0 ? rawId : rawId + ":" + index;
  }

  /** Checks an id that was written by hand. */
  public static String require(String id) {
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new StepUsageException(
          "A step's id has 1 to " + MAX_ID_LENGTH + " characters, not " + id.length() + ".");
    }
    for (int i = 0; i < id.length(); i++) {
      char character = id.charAt(i);
      if (character == '['
          || character == ']'
          || character == ':'
          || character == '>'
          || Character.isISOControl(character)) {
        throw new StepUsageException(
            "The step id \""
                + id
                + "\" contains "
                + (Character.isISOControl(character)
                    ? "a control character"
                    : "'" + character + "'")
                + ", which ids may not: [ ] : > and control characters are reserved.");
      }
    }
    return id;
  }

  /** Makes a part of an id of any text: what is reserved is percent-encoded. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean reserved = "%[]:>".indexOf(character) >= 0 || Character.isISOControl(character);
      if (reserved) {
        encoded.append(String.format("%%%02X", (int) character));
      } else {
        encoded.append(character);
      }
    }
    return encoded.toString();
  }

  /** Counts how often each id is used in one call. */
  static final class Counter {
    private final Map<String, Integer> used = new HashMap<>();

    /** The next identity of an id whose own hash is known. */
    StepIdentity next(String id, String hash) {
      int index = used.merge(id, 1, Integer::sum) - 1;
      return new StepIdentity(id, index, index == 0 ? hash : StepHash.of(id + ":" + index));
    }

    /** The next identity of an id. */
    StepIdentity next(String id) {
      int index = used.merge(id, 1, Integer::sum) - 1;
      return new StepIdentity(id, index, StepHash.of(index == 0 ? id : id + ":" + index));
    }
  }
}
