package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the method that runs the steps of a declarative function. */
final class FlowWriter {
  private static final String NAME = "runSteps";
  private static final String GRAPH = "graph";

  private final FunctionModel function;
  private final FlowModel flow;
  private final NameAllocator locals = new NameAllocator();
  private final Handed handed;
  private final MethodSpec.Builder method;

  FlowWriter(FunctionModel function) {
    this.function = function;
    this.flow = function.flow();
    // A variable must not hide the class.
    locals.newName(Names.STEP_GRAPH.simpleName());
    String event = locals.newName(function.inputs().batch() ? "events" : "event");
    String steps = locals.newName("steps");
    this.handed = new Handed(function.inputs(), event, steps, "");
    this.method =
        MethodSpec.methodBuilder(name(function))
            .addParameter(function.inputs().eventParameter(), event)
            .addParameter(Names.STEPS, steps);
  }

  /** Name of the method: one that the class does not have. */
  static String name(FunctionModel function) {
    String name = NAME;
    while (function.members().contains(name)) {
      name += "_";
    }
    return name;
  }

  MethodSpec method() {
    TypeName result = function.result();
    if (result != null) {
      method.returns(result);
    }
    if (flow.graph()) {
      graph();
    } else {
      sequence();
    }
    return method.build();
  }

  /** One call after the other; results that others take are kept in variables. */
  private void sequence() {
    Set<String> used = new LinkedHashSet<>();
    flow.nodes().forEach(node -> used.addAll(taken(node.call())));
    Set<TypeName> thrown = new LinkedHashSet<>();
    List<FlowModel.Node> nodes = flow.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      FlowModel.Node node = nodes.get(i);
      Call call = node.call();
      thrown.addAll(call.thrown());
      boolean last = i == nodes.size() - 1;
      boolean returned = node.step().equals(flow.result());
      TypeName result = call.result();
      if (returned && last) {
        method.addStatement("return $L", invocation(call));
      } else if (result != null && (returned || used.contains(node.step()))) {
        CodeBlock invocation = invocation(call);
        method.addStatement("$T $L = $L", result, variable(node), invocation);
      } else {
        method.addStatement("$L", invocation(call));
      }
      if (last && flow.result() != null && !returned) {
        method.addStatement("return $L", locals.get(flow.result()));
      }
    }
    thrown.forEach(method::addException);
  }

  /** A node for each step, after those of the steps that it waits for. */
  private void graph() {
    method.addException(Exception.class);
    String graph = locals.newName(GRAPH);
    method.addStatement("$1T $2L = $1T.of($3L)", Names.STEP_GRAPH, graph, handed.steps());
    Set<String> used = new LinkedHashSet<>();
    flow.nodes().forEach(node -> used.addAll(node.after()));
    if (flow.result() != null) {
      used.add(flow.result());
    }
    for (FlowModel.Node node : flow.nodes()) {
      CodeBlock call = call(graph, node);
      if (used.contains(node.step())) {
        TypeName type =
            ParameterizedTypeName.get(Names.STEP_GRAPH_NODE, Types.boxed(node.call().result()));
        String variable = locals.newName(node.call().method(), node.step());
        method.addCode("$[$T $L =$W$L;\n$]", type, variable, call);
      } else {
        method.addCode("$[$L;\n$]", call);
      }
    }
    method.addStatement("$L.run()", graph);
    if (flow.result() != null) {
      method.addStatement("return $L.result()", locals.get(flow.result()));
    }
  }

  private CodeBlock call(String graph, FlowModel.Node node) {
    CodeBlock.Builder call = CodeBlock.builder();
    List<String> after = node.after().stream().map(locals::get).toList();
    if (node.call().result() != null) {
      call.add("$L.node(() -> $L", graph, invocation(node.call()));
      after.forEach(before -> call.add(", $L", before));
    } else {
      call.add("$L.node(\n() -> {\n  $L;\n  return null;\n}", graph, invocation(node.call()));
      after.forEach(before -> call.add(before.equals(after.get(0)) ? ",\n$L" : ", $L", before));
    }
    return call.add(")").build();
  }

  private CodeBlock invocation(Call call) {
    return CodeBlock.of(
        "$L($L)",
        call.method(),
        call.arguments().stream().map(this::argument).collect(CodeBlock.joining(", ")));
  }

  private CodeBlock argument(Argument argument) {
    if (argument instanceof Argument.StepResult result) {
      String variable = locals.get(result.step());
      return CodeBlock.of(flow.graph() ? "$L.result()" : "$L", variable);
    }
    return handed.of(argument);
  }

  /** The ids of the steps whose results a call takes. */
  private static List<String> taken(Call call) {
    return call.arguments().stream()
        .filter(Argument.StepResult.class::isInstance)
        .map(argument -> ((Argument.StepResult) argument).step())
        .toList();
  }

  private String variable(FlowModel.Node node) {
    return locals.newName(node.call().method(), node.step());
  }
}
