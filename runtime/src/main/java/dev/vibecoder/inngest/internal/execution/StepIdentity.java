package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.internal.json.UnicodeText;
import dev.vibecoder.inngest.protocol.StepHash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The identity of one step of one run.
 *
 * @param localId the id as written, with its key, without the branch
 * @param rawId the id with the branch, without the repeat's number
 * @param index how often the id was used before in this place
 * @param id all of it
 * @param hash identity on the wire
 * @param hashBytes the same in ASCII, as it stands in a body; not to be changed
 * @param formerIds what the id would be if the step, or the first step of its branch, still had an
 *     id that it had before
 */
public record StepIdentity(
    String localId,
    String rawId,
    int index,
    String id,
    String hash,
    byte[] hashBytes,
    List<String> formerIds) {
  private static final int MAX_ID_LENGTH = 1_024;

  /** The identity of a step on the main line, which never had another id. */
  static StepIdentity of(String rawId, int index) {
    String id = index == 0 ? rawId : rawId + ":" + index;
    String hash = StepHash.of(id);
    return new StepIdentity(
        rawId, rawId, index, id, hash, hash.getBytes(StandardCharsets.US_ASCII), List.of());
  }

  /** The same place in the run, reached in a branch or by an id that has changed. */
  StepIdentity in(String placeLocalId, List<String> former) {
    return new StepIdentity(placeLocalId, rawId, index, id, hash, hashBytes, former);
  }

  /** The oldest id that the step may have been begun under; no other step has it. */
  String oldestId() {
    return formerIds.isEmpty() ? id : formerIds.get(formerIds.size() - 1);
  }

  /** Where the later steps of a branch are counted of which this is the first. */
  Namespace within() {
    List<String> formerPrefixes = formerIds.stream().map(former -> former + ">").toList();
    return new Namespace(id + ">", formerPrefixes);
  }

  /** Checks an id that was written by hand. */
  public static String require(String id) {
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new StepUsageException(
          "A step's id has 1 to " + MAX_ID_LENGTH + " characters, not " + id.length() + ".");
    }
    if (!UnicodeText.isWhole(id)) {
      throw new StepUsageException("The step id \"" + id + "\": " + UnicodeText.problem(id));
    }
    for (int i = 0; i < id.length(); i++) {
      char character = id.charAt(i);
      if (isReserved(character)) {
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
    int at = 0;
    while (at < text.length() && !mustBeEncoded(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 8).append(text, 0, at);
    for (; at < text.length(); at++) {
      char character = text.charAt(at);
      if (mustBeEncoded(character)) {
        encoded.append(String.format("%%%02X", (int) character));
      } else {
        encoded.append(character);
      }
    }
    return encoded.toString();
  }

  private static boolean mustBeEncoded(char character) {
    return character == '%' || isReserved(character);
  }

  private static boolean isReserved(char character) {
    return character == '['
        || character == ']'
        || character == ':'
        || character == '>'
        || Character.isISOControl(character);
  }
}
