package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the subclass whose steps are durable. */
final class DurableWriter {
  static final String NAME = "Durable";

  private final FunctionModel function;
  private final NameAllocator constants = new NameAllocator();

  DurableWriter(FunctionModel function) {
    this.function = function;
    for (StepModel step : function.steps()) {
      constants.newName(step.constant(), step);
    }
  }

  /** The constants of the steps whose number of retries is their own. */
  static List<CodeBlock> withOwnRetries(FunctionModel function) {
    DurableWriter writer = new DurableWriter(function);
    return function.steps().stream()
        .filter(step -> step.policy().retries() != null)
        .map(step -> CodeBlock.of("$L.$L", NAME, writer.constants.get(step)))
        .toList();
  }

  TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(NAME)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .superclass(function.source())
            // Classes nested in the superclass hide imported ones of the same name.
            .alwaysQualify(function.nestedTypes().toArray(String[]::new));
    function.steps().forEach(step -> type.addField(constant(step)));
    if (!function.constructor().isEmpty()) {
      type.addMethod(constructor());
    }
    function.steps().forEach(step -> type.addMethod(override(step)));
    if (function.handler() == null) {
      type.addMethod(new FlowWriter(function).method());
    }
    return type.build();
  }

  private FieldSpec constant(StepModel step) {
    CodeBlock.Builder value = CodeBlock.builder();
    if (step.result() == null) {
      value.add("\n    $T.ofVoid($S,$W$S)", Names.STEP_DEFINITION, step.id(), step.hash());
    } else {
      value.add(
          // With the id's hash it is longer than a line.
          "\n    $T.of(\n$>$>    $S,$W$S,$W$L)$<$<",
          Names.STEP_DEFINITION,
          step.id(),
          step.hash(),
          Types.ref(step.result()));
    }
    if (!step.displayName().equals(step.id())) {
      value.add("\n        .named($S)", step.displayName());
    }
    policy(step.policy(), value);
    for (StepModel.Rethrown rethrown : step.rethrown()) {
      value.add(
          rethrown.withCause()
              ? "\n        .rethrowing($1T.class, (message, cause) -> new $1T(message, cause))"
              : "\n        .rethrowing($1T.class, (message, cause) -> new $1T(message))",
          rethrown.type());
    }
    return FieldSpec.builder(
            ParameterizedTypeName.get(Names.STEP_DEFINITION, Types.boxed(step.result())),
            constants.get(step),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer(value.build())
        .build();
  }

  private static void policy(StepModel.Policy policy, CodeBlock.Builder value) {
    if (!policy.formerly().isEmpty()) {
      value.add("\n        .formerly($L)", join(policy.formerly(), "$S"));
    }
    if (policy.retries() != null) {
      value.add("\n        .retries($L)", policy.retries());
    }
    if (!policy.backoff().isEmpty()) {
      value.add(
          "\n        .backoff($L)",
          policy.backoff().stream().map(OptionsWriter::duration).collect(CodeBlock.joining(", ")));
    }
    if (!policy.nonRetriable().isEmpty()) {
      value.add("\n        .nonRetriable($L)", join(policy.nonRetriable(), "$T.class"));
    }
  }

  private static CodeBlock join(List<?> values, String format) {
    return values.stream()
        .map(value -> CodeBlock.of(format, value))
        .collect(CodeBlock.joining(", "));
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
    List<String> names = new ArrayList<>();
    for (Parameter parameter : function.constructor()) {
      constructor.addParameter(parameter.type(), parameter.name());
      names.add(parameter.name());
    }
    return constructor.addStatement("super($L)", String.join(", ", names)).build();
  }

  private MethodSpec override(StepModel step) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(step.method()).addAnnotation(Names.OVERRIDE);
    if (step.access() != null) {
      method.addModifiers(step.access());
    }
    // A parameter must not hide the constant.
    NameAllocator locals = constants.clone();
    List<String> given = new ArrayList<>();
    for (Parameter parameter : step.parameters()) {
      String name = locals.newName(parameter.name());
      given.add(name);
      method.addParameter(ParameterSpec.builder(parameter.type(), name).build());
    }
    step.thrown().forEach(method::addException);
    String arguments = String.join(", ", given);
    TypeName result = step.result();
    CodeBlock key = key(step, given);
    if (result == null) {
      return method
          .addCode(
              "$L.call($L\n    () -> {\n      super.$L($L);\n      return null;\n    });\n",
              constants.get(step),
              key.isEmpty() ? key : CodeBlock.of("\n    $L", key),
              step.method(),
              arguments)
          .build();
    }
    return method
        .returns(step.declared() == null ? result : step.declared())
        .addStatement(
            "return $L.call($L$L() -> super.$L($L))",
            constants.get(step),
            key,
            key.isEmpty() ? "" : " ",
            step.method(),
            arguments)
        .build();
  }

  /** What tells the calls of a step apart, with a comma; or nothing. */
  private static CodeBlock key(StepModel step, List<String> parameters) {
    StepModel.Key key = step.key();
    if (key == null) {
      return CodeBlock.of("");
    }
    CodeBlock.Builder path = CodeBlock.builder().add("$L", parameters.get(key.parameter()));
    key.accessors().forEach(accessor -> path.add(".$L()", accessor));
    return path.add(",").build();
  }
}
