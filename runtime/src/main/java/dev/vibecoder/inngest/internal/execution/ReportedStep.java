package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param hash its identity on the wire, which may be one that it had before
 * @param displayName the name for people
 * @param form what its kind looks like
 */
record ReportedStep(StepIdentity step, String hash, String displayName, StepForm form) {
  /**
   * When a step was executed.
   *
   * @param startedNanos since the epoch; 0 if it was not executed
   * @param tookNanos how long it took
   */
  record Timing(long startedNanos, long tookNanos) {
    static final Timing NONE = new Timing(0, 0);
  }

  /** The step is not done. */
  Operation open() {
    return operation(form.opcode(), null, null, Timing.NONE);
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

  private Operation operation(
      Opcode opcode, byte @Nullable [] data, @Nullable JsonNode error, Timing timing) {
    String name = form.name() == null && form.runsHere() ? step.rawId() : form.name();
    ObjectNode opts = form.opts();
    return new Operation(
        opcode,
        hash,
        name,
        displayName,
        step.rawId(),
        step.index(),
        opts,
        data,
        error,
        timing.startedNanos(),
        timing.tookNanos(),
        false);
  }
}
