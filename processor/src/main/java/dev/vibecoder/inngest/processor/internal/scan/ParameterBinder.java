package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds what the parameters of steps and handlers are handed. Never by type alone. */
final class ParameterBinder {
  private static final String ROOT = "dev.vibecoder.inngest.";

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final TypeNames names;
  private final Inputs inputs;

  ParameterBinder(
      Elements elements, Types types, Problems problems, TypeNames names, Inputs inputs) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.names = names;
    this.inputs = inputs;
  }

  /** What a parameter of a handler is handed. */
  Optional<Argument> handler(Signature.Input parameter) {
    Optional<Argument> known = known(parameter.type());
    if (known.isPresent()) {
      return known;
    }
    if (isRuntime(parameter.type(), "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    }
    if (isUnknown(parameter)) {
      return Optional.empty();
    }
    problems.add(
        ProblemCode.HANDLER_PARAMETER,
        Location.of(parameter.element()),
        "The handler cannot be handed " + parameter.type() + " " + parameter.name() + ".",
        "It takes " + handlerKnows() + "; anything else is given to the constructor.");
    return Optional.empty();
  }

  /** What a parameter of a failure handler is handed. */
  Optional<Argument> failure(Signature.Input parameter) {
    return outcome(
        parameter,
        "FunctionFailure",
        Argument.Known.FAILURE,
        ProblemCode.ON_FAILURE,
        "The failure handler");
  }

  /** What a parameter of a cancellation handler is handed. */
  Optional<Argument> cancellation(Signature.Input parameter) {
    return outcome(
        parameter,
        "FunctionCancellation",
        Argument.Known.CANCELLATION,
        ProblemCode.ON_CANCELLED,
        "The cancellation handler");
  }

  private Optional<Argument> outcome(
      Signature.Input parameter,
      String wanted,
      Argument.Known meaning,
      ProblemCode code,
      String subject) {
    TypeMirror type = parameter.type();
    if (isRuntime(type, wanted)) {
      List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
      if (arguments.size() == 1 && inputs.isEventArgument(names.of(arguments.get(0)))) {
        return Optional.of(meaning);
      }
    } else if (isRuntime(type, "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    } else if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    } else if (isUnknown(parameter)) {
      return Optional.empty();
    }
    problems.add(
        code,
        Location.of(parameter.element()),
        subject + " cannot be handed " + type + " " + parameter.name() + ".",
        "It takes " + wanted + "<" + inputs.eventName() + ">, Steps and FunctionContext.");
    return Optional.empty();
  }

  /** Whether the compiler reports the type of a parameter. */
  boolean isUnknown(Signature.Input parameter) {
    return TypeParts.of(parameter.type())
        .anyMatch(part -> TypeParts.isMissing(part) && names.event(part).isEmpty());
  }

  /** What is meant by the type alone: what there is only one of. */
  Optional<Argument> known(TypeMirror type) {
    if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    }
    TypeName name = names.of(type);
    if (inputs.isEvent(name)) {
      return Optional.of(Argument.Known.EVENT);
    }
    return inputs.isPayload(name) ? Optional.of(Argument.Known.PAYLOAD) : Optional.empty();
  }

  private boolean isRuntime(TypeMirror type, String simpleName) {
    return TypeParts.isDeclared(type)
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(ROOT + simpleName);
  }

  /**
   * What parameters can be named after: the parts of the payload, by name. None if its class is not
   * known or if there are several events in a run.
   */
  Map<String, Components.Component> components() {
    ClassName source = inputs.source();
    TypeElement payload = source == null ? null : elements.getTypeElement(source.canonicalName());
    return payload == null
        ? Map.of()
        : new Components(elements, types).of(payload.asType(), names.fromPackage());
  }

  private String handlerKnows() {
    return inputs.description() + ", Steps and FunctionContext";
  }

  /** What a step takes without a name, as it is told to the user. */
  String stepKnows() {
    return inputs.description() + " and FunctionContext";
  }
}
