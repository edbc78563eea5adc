package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Inputs;

/**
 * How generated code gets at what a function is handed.
 *
 * @param inputs what it is handed
 * @param event the variable that holds the event, or the events
 * @param steps the variable that holds the steps
 * @param outcome the variable that holds the failure or the cancellation, in their handlers
 */
record Handed(Inputs inputs, String event, String steps, String outcome) {
  /** An expression for anything but the result of a step. */
  CodeBlock of(Argument argument) {
    if (argument instanceof Argument.Component component) {
      return CodeBlock.of("$L.$L()", component(), component.accessor());
    }
    return switch ((Argument.Known) argument) {
      case EVENT -> CodeBlock.of("$L", event);
      case PAYLOAD -> inputs.batch() ? payloads() : payload();
      case CONTEXT -> CodeBlock.of("$L.context()", steps);
      case STEPS -> CodeBlock.of("$L", steps);
      case FAILURE, CANCELLATION -> CodeBlock.of("$L", outcome);
    };
  }

  private CodeBlock component() {
    return inputs.mixed() ? CodeBlock.of("($L)", payload()) : payload();
  }

  private CodeBlock payload() {
    return inputs.mixed()
        ? CodeBlock.of("($T) $L.data()", inputs.payload(), event)
        : CodeBlock.of("$L.data()", event);
  }

  private CodeBlock payloads() {
    if (inputs.mixed()) {
      return CodeBlock.of(
          "$L.stream().map($T::data).map($T.class::cast).toList()",
          event,
          Names.EVENT,
          inputs.payload());
    }
    TypeName type = inputs.event();
    return CodeBlock.of(
        "$L.stream().map($T::data).toList()",
        event,
        type instanceof ParameterizedTypeName generic ? generic.rawType() : type);
  }
}
