package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the subclass whose steps are durable. */
final class DurableWriter {
  static final String NAME = "Durable";
  private static final String FLOW = "runSteps";

  private final FunctionModel function;
  private final NameAllocator constants = new NameAllocator();

  DurableWriter(FunctionModel function) {
    this.function = function;
    for (StepModel step : function.steps()) {
      constants.newName(step.constant(), step);
    }
  }

  /** Name of the method that calls the steps in order: one that the class does not have. */
  static String flowName(FunctionModel function) {
    String name = FLOW;
    while (function.members().contains(name)) {
      name += "_";
    }
    return name;
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
      type.addMethod(flow());
    }
    return type.build();
  }

  private FieldSpec constant(StepModel step) {
    CodeBlock.Builder value = CodeBlock.builder();
    if (step.result() == null) {
      value.add("\n    $T.ofVoid($S, $S)", Names.STEP_DEFINITION, step.id(), step.hash());
    } else {
      value.add(
          "\n    $T.of($S, $S, $L)",
          Names.STEP_DEFINITION,
          step.id(),
          step.hash(),
          Types.ref(step.result()));
    }
    if (!step.displayName().equals(step.id())) {
      value.add("\n        .named($S)", step.displayName());
    }
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
    if (result == null) {
      return method
          .addCode(
              "$L.call(\n    () -> {\n      super.$L($L);\n      return null;\n    });\n",
              constants.get(step),
              step.method(),
              arguments)
          .build();
    }
    return method
        .returns(step.declared() == null ? result : step.declared())
        .addStatement(
            "return $L.call(() -> super.$L($L))", constants.get(step), step.method(), arguments)
        .build();
  }

  private MethodSpec flow() {
    String event = function.inputs().batch() ? "events" : "event";
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(flowName(function))
            .addParameter(function.inputs().eventParameter(), event)
            .addParameter(Names.STEPS, "steps");
    NameAllocator locals = new NameAllocator();
    locals.newName(event, event);
    locals.newName("steps", "steps");
    Handed handed = new Handed(function.inputs(), event, "steps", "");
    Set<String> used =
        function.flow().stream()
            .flatMap(call -> call.arguments().stream())
            .filter(Argument.StepResult.class::isInstance)
            .map(argument -> ((Argument.StepResult) argument).method())
            .collect(Collectors.toSet());
    Set<TypeName> thrown = new LinkedHashSet<>();
    List<Call> calls = function.flow();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      thrown.addAll(call.thrown());
      CodeBlock invocation =
          CodeBlock.of(
              "$L($L)",
              call.method(),
              call.arguments().stream()
                  .map(argument -> argument(argument, handed, locals))
                  .collect(CodeBlock.joining(", ")));
      TypeName result = call.result();
      if (i == calls.size() - 1 && result != null) {
        method.addStatement("return $L", invocation);
      } else if (result != null && used.contains(call.method())) {
        method.addStatement(
            "$T $L = $L", result, locals.newName(call.method(), call.method()), invocation);
      } else {
        method.addStatement("$L", invocation);
      }
    }
    thrown.forEach(method::addException);
    TypeName result = function.result();
    if (result != null) {
      method.returns(result);
    }
    return method.build();
  }

  private static CodeBlock argument(Argument argument, Handed handed, NameAllocator locals) {
    return argument instanceof Argument.StepResult step
        ? CodeBlock.of("$L", locals.get(step.method()))
        : handed.of(argument);
  }
}
