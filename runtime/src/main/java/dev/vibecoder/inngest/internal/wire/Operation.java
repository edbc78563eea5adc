package dev.vibecoder.inngest.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.protocol.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * One operation of an answer.
 *
 * @param opcode what it says
 * @param hash identity of the step
 * @param name the wire's {@code name}: the id, or what the opcode puts there; null for none
 * @param displayName the name for people
 * @param rawId the step's id without the repeat's number
 * @param index the repeat's number, 0 for the first
 * @param opts the wire's {@code opts} without the mode, or null
 * @param data result of the step as JSON, or null
 * @param error what the step threw, or null
 * @param startedNanos when it began, in nanoseconds since the epoch; 0 if it did not run
 * @param durationNanos how long it took
 * @param raced whether the server shall ask again as soon as it is done
 */
public record Operation(
    Opcode opcode,
    String hash,
    @Nullable String name,
    String displayName,
    String rawId,
    int index,
    @Nullable ObjectNode opts,
    byte @Nullable [] data,
    @Nullable JsonNode error,
    long startedNanos,
    long durationNanos,
    boolean raced) {

  /** The same operation in the mode {@code race}. */
  public Operation race() {
    return new Operation(
        opcode,
        hash,
        name,
        displayName,
        rawId,
        index,
        opts,
        data,
        error,
        startedNanos,
        durationNanos,
        true);
  }
}
