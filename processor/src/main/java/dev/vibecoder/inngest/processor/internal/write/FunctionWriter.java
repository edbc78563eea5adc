package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.Companion;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.model.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Writes the class of a function: its reference, its definition and its durable form. */
public final class FunctionWriter {
  private static final String REF = "REF";

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
            .addJavadoc(description(function))
            .addField(reference(function))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(define(function));
    if (hasLookup(function)) {
      type.addMethod(lookup(function));
    }
    if (!function.broken()) {
      type.addType(new DurableWriter(function).type());
    }
    if (function.deprecated()) {
      type.addAnnotation(Types.suppressing("deprecation", "removal"));
    }
    sink.write(
        function.generated().packageName(),
        type,
        origins,
        file -> {
          FunctionOptions.Singleton singleton = function.options().singleton();
          // Two classes are called Singleton; the other need not be named.
          return singleton == null || function.broken()
              ? file
              : file.addStaticImport(Names.MODE, singleton.mode());
        });
  }

  private static String description(FunctionModel function) {
    String text = function.description();
    return text.isBlank() ? "" : "\n<p>" + Types.escape(text).replace("$", "$$") + "\n";
  }

  /** Input and result of a function, as type arguments. */
  static TypeName referenceType(Registration function) {
    return ParameterizedTypeName.get(
        Names.FUNCTION_REF, function.input().box(), Types.boxed(function.result()));
  }

  private static FieldSpec reference(FunctionModel function) {
    return FieldSpec.builder(
            referenceType(function.registration()),
            REF,
            Modifier.PUBLIC,
            Modifier.STATIC,
            Modifier.FINAL)
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
    Locals locals = new Locals(function);
    for (Parameter parameter : function.constructor()) {
      String name = locals.of(parameter);
      method.addJavadoc("@param $L handed to the constructor\n", name);
      method.addParameter(ParameterSpec.builder(parameter.type(), name).build());
    }
    if (function.constructor().size() == 1 && hasLookup(function)) {
      // A lambda may fit both this parameter and the lookup: a cast says which is meant.
      method.addAnnotation(Types.suppressing("overloads"));
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
        function.constructor().stream().map(locals::of).collect(Collectors.joining(", "));
    TriggersWriter triggers = new TriggersWriter(function, locals);
    return method
        .addStatement("$1L $2L = new $1L($3L)", DurableWriter.NAME, locals.function(), arguments)
        .addCode(triggers.variables())
        .addStatement("$L", definition(function, locals, triggers))
        .build();
  }

  private static CodeBlock definition(
      FunctionModel function, Locals locals, TriggersWriter triggers) {
    CodeBlock.Builder code =
        CodeBlock.builder().add("return $T.define($S)", Names.DEFINITION, function.id());
    code.add("\n.$L", triggers.call());
    if (!function.name().isEmpty()) {
      code.add("\n.name($S)", function.name());
    }
    code.add(OptionsWriter.of(function.options()));
    List<CodeBlock> retried = DurableWriter.withOwnRetries(function);
    if (!retried.isEmpty()) {
      // The server is told the greatest number of retries.
      code.add("\n.steps($L)", CodeBlock.join(retried, ", "));
    }
    if (function.result() instanceof ParameterizedTypeName) {
      // The class of a result does not tell its type arguments.
      code.add("\n.returning($N.result())", REF);
    }
    code.add(companion("onFailure", function.onFailure(), locals.failure(), locals));
    code.add(companion("onCancelled", function.onCancelled(), locals.cancellation(), locals));
    String handle = function.inputs().batch() ? "handleBatch" : "handle";
    Call handler = function.handler();
    if (handler != null) {
      code.add("\n.$L($L)", handle, lambda(locals.event(), handler, locals));
    } else if (function.result() == null) {
      code.add(
          "\n.$5L(($1L, $2L) -> {\n$>$3L.$4L($1L, $2L);\nreturn null;\n$<})",
          locals.event(),
          locals.steps(),
          locals.function(),
          FlowWriter.name(function),
          handle);
    } else {
      code.add("\n.$L($L::$L)", handle, locals.function(), FlowWriter.name(function));
    }
    return code.build();
  }

  private static CodeBlock companion(
      String method, @Nullable Companion companion, String outcome, Locals locals) {
    if (companion == null) {
      return CodeBlock.of("");
    }
    CodeBlock code = lambda(outcome, companion.call(), locals);
    return companion.retries() == 0
        ? CodeBlock.of("\n.$L($L)", method, code)
        : CodeBlock.of("\n.$L($L, $L)", method, companion.retries(), code);
  }

  private static CodeBlock lambda(String first, Call call, Locals locals) {
    CodeBlock invocation =
        CodeBlock.of(
            "$L.$L($L)",
            locals.function(),
            call.method(),
            call.arguments().stream()
                .map(locals.handed(first)::of)
                .collect(CodeBlock.joining(", ")));
    return call.result() == null
        ? CodeBlock.of("($L, $L) -> {\n$>$L;\nreturn null;\n$<}", first, locals.steps(), invocation)
        : CodeBlock.of("($L, $L) -> $L", first, locals.steps(), invocation);
  }

  private static boolean hasLookup(FunctionModel function) {
    List<Parameter> parameters = function.constructor();
    return !(parameters.size() == 1
        && parameters.get(0).type().withoutAnnotations().equals(Names.DEPENDENCIES));
  }

  /** The same with the constructor's parameters looked up, for registries in other packages. */
  private static MethodSpec lookup(FunctionModel function) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (Parameter parameter : function.constructor()) {
      TypeName type = parameter.type().withoutAnnotations().box();
      arguments.add(
          type instanceof ClassName
              ? CodeBlock.of("dependencies.get($T.class)", type)
              : CodeBlock.of("dependencies.get(new $T<$T>() {})", Names.TYPE_REF, type));
    }
    MethodSpec.Builder method = MethodSpec.methodBuilder("define");
    if (function.constructor().size() == 1) {
      method.addAnnotation(Types.suppressing("overloads"));
    }
    return method
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
}
