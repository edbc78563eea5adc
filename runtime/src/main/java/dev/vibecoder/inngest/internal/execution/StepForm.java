package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.middleware.StepKind;
import dev.vibecoder.inngest.protocol.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of step looks like on the wire.
 *
 * @param opcode what it is reported as before it is done
 * @param name the wire's {@code name}; null for the id of steps that run here, else for none
 * @param opts the wire's {@code opts}, or null
 */
record StepForm(Opcode opcode, @Nullable String name, @Nullable ObjectNode opts) {
  /** A piece of code. */
  static final StepForm CODE = new StepForm(Opcode.STEP_PLANNED, null, null);

  static final StepForm SEND = typed("sendEvent", "step.sendEvent");
  static final StepForm AI_WRAP = typed(null, "step.ai.wrap");

  private static StepForm typed(@Nullable String name, String type) {
    return new StepForm(Opcode.STEP_PLANNED, name, object().put("type", type));
  }

  static StepForm sendSignal(String signal) {
    return new StepForm(
        Opcode.STEP_PLANNED,
        "sendSignal",
        object().put("type", "step.sendSignal").put("signal", signal));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What middleware calls a step that runs here. */
  StepKind kind() {
    return switch (opts == null ? "" : opts.path("type").asText()) {
      case "step.sendEvent" -> StepKind.SEND;
      case "step.sendSignal" -> StepKind.SEND_SIGNAL;
      case "step.ai.wrap" -> StepKind.AI_WRAP;
      default -> StepKind.RUN;
    };
  }

  /** Whether it is code that runs here, and nothing that the server does or waits for. */
  boolean runsHere() {
    return opcode == Opcode.STEP_PLANNED;
  }
}
