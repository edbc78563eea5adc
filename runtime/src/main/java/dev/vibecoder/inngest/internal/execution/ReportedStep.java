package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.Operation;
import dev.vibecoder.inngest.protocol.Opcode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A step as the server is told of it.
 *
 * @param step its identity
 * @param displayName the name for people
 * @param kind the wire's name and type of steps that are more than a piece of code, or null
 */
record ReportedStep(StepIdentity step, String displayName, @Nullable Kind kind) {
  /**
   * A kind of step that servers know.
   *
   * @param name the wire's {@code name}
   * @param type the wire's {@code opts.type}
   */
  record Kind(String name, String type) {
    static final Kind SEND = new Kind("sendEvent", "step.sendEvent");
  }

  /**
   * When a step was executed.
   *
   * @param startedNanos since the epoch; 0 if it was not executed
   * @param tookNanos how long it took
   */
  record Timing(long startedNanos, long tookNanos) {
    static final Timing NONE = new Timing(0, 0);
  }

  Operation planned() {
    return operation(Opcode.STEP_PLANNED, null, null, Timing.NONE);
  }

  Operation ran(byte[] data, Timing timing) {
    return operation(Opcode.STEP_RUN, data, null, timing);
  }

  Operation failed(boolean last, JsonNode error, Timing timing) {
    return operation(last ? Opcode.STEP_FAILED : Opcode.STEP_ERROR, null, error, timing);
  }

  /** A step that was asked for although it is done: answered with what is remembered. */
  Operation remembered(Memo memo) {
    try {
      JsonNode tree = memo.tree();
      return memo.kind() == Memo.Kind.ERROR
          ? failed(true, tree, Timing.NONE)
          : ran(Json.encode(tree), Timing.NONE);
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded result of step \"" + step.id() + "\" cannot be read: " + Json.problem(e),
          e);
    }
  }

  /**
   * A step that only time ends.
   *
   * @param until a duration or an instant, as the wire writes them
   */
  Operation sleeps(String until) {
    return new Operation(
        Opcode.SLEEP,
        step.hash(),
        until,
        displayName,
        step.rawId(),
        step.index(),
        null,
        null,
        null,
        0,
        0);
  }

  private Operation operation(
      Opcode opcode, byte @Nullable [] data, @Nullable JsonNode error, Timing timing) {
    return new Operation(
        opcode,
        step.hash(),
        kind == null ? step.rawId() : kind.name(),
        displayName,
        step.rawId(),
        step.index(),
        kind == null ? null : kind.type(),
        data,
        error,
        timing.startedNanos(),
        timing.tookNanos());
  }
}
