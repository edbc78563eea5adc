package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Writes the class of a function: its reference, its definition and its durable form. */
public final class FunctionWriter {
  private final SourceSink sink;

  public FunctionWriter(SourceSink sink) {
    this.sink = sink;
  }

  /** Writes one class; of a function with errors only what other code may name. */
  public void write(FunctionModel function, List<? extends Element> origins) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(function.generated())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("The durable form of {@link $T}.\n", function.source())
            .addField(reference(function))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(define(function));
    if (hasLookup(function)) {
      type.addMethod(lookup(function));
    }
    if (!function.broken()) {
      type.addType(new DurableWriter(function).type());
    }
    sink.write(function.generated().packageName(), type, origins);
  }

  /** Input and result of a function, as type arguments. */
  static TypeName referenceType(FunctionModel function) {
    TypeName input =
        function.triggers().size() == 1 ? function.triggers().get(0).payload() : Names.JSON_NODE;
    return ParameterizedTypeName.get(
        Names.FUNCTION_REF, input.box(), Types.boxed(function.result()));
  }

  private static FieldSpec reference(FunctionModel function) {
    return FieldSpec.builder(
            referenceType(function), "REF", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("Refers to the function, for calls from other functions.\n")
        .initializer(
            "\n    $T.of($S, $L)", Names.FUNCTION_REF, function.id(), Types.ref(function.result()))
        .build();
  }

  private static MethodSpec define(FunctionModel function) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("define")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("Makes the function.\n\n")
            .returns(Names.DEFINITION);
    for (Parameter parameter : function.constructor()) {
      method.addJavadoc("@param $L handed to the constructor\n", parameter.name());
      method.addParameter(ParameterSpec.builder(parameter.type(), parameter.name()).build());
    }
    method.addJavadoc("@return the function, ready to be registered\n");
    if (function.broken()) {
      return method
          .addStatement(
              "throw new $T($S)",
              IllegalStateException.class,
              function.source().simpleName() + " did not compile")
          .build();
    }
    String arguments =
        function.constructor().stream().map(Parameter::name).collect(Collectors.joining(", "));
    String local =
        function.constructor().stream().anyMatch(p -> p.name().equals("function"))
            ? "durable"
            : "function";
    return method
        .addStatement("$1L $2L = new $1L($3L)", DurableWriter.NAME, local, arguments)
        .addStatement("$L", definition(function, local))
        .build();
  }

  private static CodeBlock definition(FunctionModel function, String local) {
    CodeBlock.Builder code =
        CodeBlock.builder().add("return $T.define($S)", Names.DEFINITION, function.id());
    code.add("\n.$L", triggers(function.triggers()));
    if (!function.name().isEmpty()) {
      code.add("\n.name($S)", function.name());
    }
    if (function.retries() != null) {
      code.add("\n.retries($L)", function.retries());
    }
    Call failure = function.onFailure();
    if (failure != null) {
      code.add("\n.onFailure(");
      if (function.failureRetries() > 0) {
        code.add("$L, ", function.failureRetries());
      }
      code.add("$L)", lambda("failure", failure, local));
    }
    Call handler = function.handler();
    if (handler != null) {
      code.add("\n.handle($L)", lambda("event", handler, local));
    } else if (function.result() == null) {
      code.add(
          "\n.handle((event, steps) -> {\n$>$L.$L(event, steps);\nreturn null;\n$<})",
          local,
          DurableWriter.flowName(function));
    } else {
      code.add("\n.handle($L::$L)", local, DurableWriter.flowName(function));
    }
    return code.build();
  }

  private static CodeBlock triggers(List<EventModel> triggers) {
    List<CodeBlock> types = new ArrayList<>();
    for (EventModel trigger : triggers) {
      types.add(
          trigger.name().endsWith("*")
              ? CodeBlock.of("$T.json($S)", Names.EVENT_TYPE, trigger.name())
              : CodeBlock.of("$T.TYPE", trigger.type()));
    }
    if (triggers.size() == 1) {
      return CodeBlock.of("on($L)", types.get(0));
    }
    return CodeBlock.of("onAny($L)", CodeBlock.join(types, ", "));
  }

  private static CodeBlock lambda(String first, Call call, String local) {
    CodeBlock invocation =
        CodeBlock.of(
            "$L.$L($L)",
            local,
            call.method(),
            call.arguments().stream()
                .map(DurableWriter::argument)
                .collect(Collectors.joining(", ")));
    return call.result() == null
        ? CodeBlock.of("($L, steps) -> {\n$>$L;\nreturn null;\n$<}", first, invocation)
        : CodeBlock.of("($L, steps) -> $L", first, invocation);
  }

  private static boolean hasLookup(FunctionModel function) {
    List<Parameter> parameters = function.constructor();
    return !(parameters.size() == 1 && parameters.get(0).type().equals(Names.DEPENDENCIES));
  }

  /** The same with the constructor's parameters looked up, for registries in other packages. */
  private static MethodSpec lookup(FunctionModel function) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (Parameter parameter : function.constructor()) {
      TypeName type = parameter.type().box();
      arguments.add(
          type instanceof ClassName
              ? CodeBlock.of("dependencies.get($T.class)", type)
              : CodeBlock.of("dependencies.get(new $T<$T>() {})", Names.TYPE_REF, type));
    }
    return MethodSpec.methodBuilder("define")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            "Makes the function with what its constructor needs looked up.\n\n"
                + "@param dependencies looks it up\n"
                + "@return the function, ready to be registered\n")
        .addParameter(Names.DEPENDENCIES, "dependencies")
        .returns(Names.DEFINITION)
        .addStatement("return define($L)", CodeBlock.join(arguments, ", "))
        .build();
  }

  /** The type of the event that the code of a function is handed. */
  static TypeName eventType(FunctionModel function) {
    if (function.triggers().size() != 1) {
      return ParameterizedTypeName.get(Names.EVENT, WildcardTypeName.subtypeOf(Object.class));
    }
    EventModel trigger = function.triggers().get(0);
    return trigger.name().endsWith("*")
        ? ClassName.get("dev.vibecoder.inngest", "JsonEvent")
        : trigger.type();
  }
}
