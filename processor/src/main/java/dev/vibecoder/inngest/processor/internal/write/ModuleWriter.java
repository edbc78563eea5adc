package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.model.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Writes the functions of a module and its part of the index. */
public final class ModuleWriter {
  private static final String SERVICE =
      "META-INF/services/dev.vibecoder.inngest.spi.FunctionProvider";

  private final SourceSink sink;

  public ModuleWriter(SourceSink sink) {
    this.sink = sink;
  }

  /**
   * Writes the references of all functions and the provider the runtime finds.
   *
   * @param functions all functions
   * @param named those that have a constant
   */
  public void functions(
      ClassName type,
      List<Registration> functions,
      List<Registration> named,
      List<? extends Element> origins) {
    TypeSpec.Builder spec =
        TypeSpec.classBuilder(type)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(Names.PROVIDER)
            .addJavadoc("The functions of this module.\n")
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("For {@link java.util.ServiceLoader}.\n")
                    .build());
    Map<Registration, String> constants = constants(named);
    for (Registration function : constants.keySet()) {
      spec.addField(
          FieldSpec.builder(
                  FunctionWriter.referenceType(function),
                  constants.getOrDefault(function, function.constantOfId()),
                  Modifier.PUBLIC,
                  Modifier.STATIC,
                  Modifier.FINAL)
              .addJavadoc(
                  "The function {@code $L}, declared by {@link $T}.\n",
                  function.id(),
                  function.generated())
              .initializer("$T.REF", function.generated())
              .build());
    }
    spec.addMethod(all()).addMethod(allFrom(functions)).addMethod(provide());
    if (named.stream().anyMatch(Registration::deprecated)) {
      spec.addAnnotation(Types.suppressing("deprecation", "removal"));
    }
    sink.write(type.packageName(), spec, origins);
    sink.resource(SERVICE, type.canonicalName() + "\n", origins);
  }

  /**
   * The names of the constants: those of the classes; where that is another function's, those of
   * the ids.
   */
  private static Map<Registration, String> constants(List<Registration> functions) {
    Set<Registration> byId = new HashSet<>();
    int before;
    do {
      before = byId.size();
      Map<String, Registration> taken = new HashMap<>();
      byId.forEach(function -> taken.put(function.constantOfId(), function));
      for (Registration function : functions) {
        if (!byId.contains(function)) {
          Registration other = taken.putIfAbsent(function.constant(), function);
          if (other != null) {
            byId.add(function);
            byId.add(other);
          }
        }
      }
    } while (byId.size() > before);
    Map<String, Registration> sorted = new TreeMap<>();
    functions.forEach(
        function ->
            sorted.put(
                byId.contains(function) ? function.constantOfId() : function.constant(), function));
    Map<Registration, String> constants = new LinkedHashMap<>();
    sorted.forEach((constant, function) -> constants.put(function, constant));
    return constants;
  }

  private static MethodSpec all() {
    return MethodSpec.methodBuilder("all")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            "Makes all functions, if their constructors have no parameters.\n\n"
                + "@return the functions, sorted by id\n")
        .returns(listOfDefinitions())
        .addStatement("return all($T.none())", Names.DEPENDENCIES)
        .build();
  }

  private static MethodSpec allFrom(List<Registration> functions) {
    List<CodeBlock> definitions = new ArrayList<>();
    for (Registration function : functions) {
      definitions.add(CodeBlock.of("$T.define(dependencies)", function.generated()));
    }
    return MethodSpec.methodBuilder("all")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            "Makes all functions with what their constructors need looked up.\n\n"
                + "@param dependencies looks it up\n"
                + "@return the functions, sorted by id\n")
        .addParameter(Names.DEPENDENCIES, "dependencies")
        .returns(listOfDefinitions())
        .addStatement(
            definitions.isEmpty() ? "return $T.of()" : "return $T.of(\n$L)",
            definitions.isEmpty()
                ? new Object[] {List.class}
                : new Object[] {List.class, CodeBlock.join(definitions, ",\n")})
        .build();
  }

  private static MethodSpec provide() {
    return MethodSpec.methodBuilder("functions")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(Names.DEPENDENCIES, "dependencies")
        .returns(listOfDefinitions())
        .addStatement("return all(dependencies)")
        .build();
  }

  private static ParameterizedTypeName listOfDefinitions() {
    return ParameterizedTypeName.get(ClassName.get(List.class), Names.DEFINITION);
  }

  /** Writes the marker that tells other modules of a function. */
  public void index(ClassName marker, FunctionModel function, IndexFacts facts, Element origin) {
    AnnotationSpec.Builder entry =
        entry("FUNCTION", function.id(), function.source(), function.generated());
    list(entry, "handles", facts.handles());
    list(entry, "sends", facts.sends());
    list(entry, "waitsFor", facts.waits());
    marker(marker, entry, function.source(), origin);
  }

  private static void list(AnnotationSpec.Builder entry, String member, Collection<String> values) {
    values.forEach(value -> entry.addMember(member, "$S", value));
  }

  /** Writes the marker that tells other modules of an event with a payload class. */
  public void index(ClassName marker, EventModel event, ClassName source, Element origin) {
    marker(marker, entry("EVENT", event.name(), source, event.type()), source, origin);
  }

  private static AnnotationSpec.Builder entry(
      String kind, String name, ClassName source, ClassName generated) {
    return AnnotationSpec.builder(Names.INDEX_ENTRY)
        .addMember("kind", "$T.Kind.$L", Names.INDEX_ENTRY, kind)
        .addMember("name", "$S", name)
        .addMember("source", "$S", source.canonicalName())
        .addMember("generated", "$S", generated.canonicalName());
  }

  private void marker(
      ClassName marker, AnnotationSpec.Builder entry, ClassName source, Element origin) {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(marker)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("Tells other modules of {@code $L}.\n", source.canonicalName())
            .addAnnotation(entry.build());
    sink.write(marker.packageName(), type, List.of(origin));
  }
}
