package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Writes the typed class of an event. */
public final class EventWriter {
  private static final AnnotationSpec NULLABLE = AnnotationSpec.builder(Names.NULLABLE).build();

  private final SourceSink sink;

  public EventWriter(SourceSink sink) {
    this.sink = sink;
  }

  /** Writes one class. */
  public void write(EventModel event, List<? extends Element> origins) {
    boolean nullness = sink.sees(origins, Names.NULLABLE);
    TypeSpec.Builder type =
        TypeSpec.recordBuilder(event.type())
            .addJavadoc(
                "The event {@code $L}$L.\n\n"
                    + "@param id identifies the event; null in one to be sent without an id\n"
                    + "@param data the payload\n"
                    + "@param ts when it happened; null for now in one to be sent\n"
                    + "@param user what is known of the user, or null\n"
                    + "@param v version of the payload, or null\n",
                Types.escape(event.name()),
                event.source() == null
                    ? CodeBlock.of(", whose payload is left as JSON")
                    : CodeBlock.of(", whose payload is {@link $T}", event.source()))
            .addSuperinterface(ParameterizedTypeName.get(Names.EVENT, event.payload()))
            .recordConstructor(components(event, nullness))
            .addField(constant(event))
            .addField(typeConstant(event))
            .addMethod(check(event))
            .addMethod(of(event))
            .addMethod(name());
    if (event.visible()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    type.addMethod(
            with(event, "Id", ClassName.get(String.class), "id", "identifies the event", nullness))
        .addMethod(with(event, "Ts", Names.INSTANT, "ts", "when it happened", nullness))
        .addMethod(
            with(event, "User", Names.JSON_NODE, "user", "what is known of the user", nullness))
        .addMethod(
            with(event, "V", ClassName.get(String.class), "v", "version of the payload", nullness));
    if (event.deprecated()) {
      type.addAnnotation(Types.suppressing("deprecation", "removal"));
    }
    sink.write(event.type().packageName(), type, origins);
  }

  private static MethodSpec components(EventModel event, boolean nullness) {
    return MethodSpec.constructorBuilder()
        .addParameter(nullable(ClassName.get(String.class), "id", nullness))
        .addParameter(event.payload(), "data")
        .addParameter(nullable(Names.INSTANT, "ts", nullness))
        .addParameter(nullable(Names.JSON_NODE, "user", nullness))
        .addParameter(nullable(ClassName.get(String.class), "v", nullness))
        .build();
  }

  private static MethodSpec check(EventModel event) {
    MethodSpec.Builder constructor =
        MethodSpec.compactConstructorBuilder()
            .addJavadoc("Checks that there is a payload.\n")
            .addStatement("$T.requireNonNull(data, $S)", Objects.class, "data");
    if (event.visible()) {
      constructor.addModifiers(Modifier.PUBLIC);
    }
    return constructor.build();
  }

  private static ParameterSpec nullable(TypeName type, String name, boolean nullness) {
    return ParameterSpec.builder(nullness ? type.annotated(NULLABLE) : type, name).build();
  }

  private static FieldSpec constant(EventModel event) {
    return FieldSpec.builder(String.class, "NAME", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("The event's name.\n")
        .initializer("$S", event.name())
        .build();
  }

  private static FieldSpec typeConstant(EventModel event) {
    return FieldSpec.builder(
            ParameterizedTypeName.get(Names.EVENT_TYPE, event.type()),
            "TYPE",
            Modifier.PUBLIC,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("The event's type, for triggers and waits.\n")
        .initializer(
            "\n    $T.of(\n        NAME,\n        $L,\n        (id, name, data, ts, user, v) -> new $T(id, data, ts, user, v))",
            Names.EVENT_TYPE,
            Types.ref(event.payload()),
            event.type())
        .build();
  }

  private static MethodSpec of(EventModel event) {
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            "An event to be sent.\n\n@param data the payload\n@return the event, without id and"
                + " time\n")
        .addParameter(event.payload(), "data")
        .returns(event.type())
        .addStatement(
            "return new $T(null, data, null, null, $L)",
            event.type(),
            event.version().isEmpty() ? "null" : CodeBlock.of("$S", event.version()))
        .build();
  }

  private static MethodSpec name() {
    return MethodSpec.methodBuilder("name")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(String.class)
        .addStatement("return NAME")
        .build();
  }

  private static MethodSpec with(
      EventModel event,
      String suffix,
      TypeName type,
      String component,
      String meaning,
      boolean nullness) {
    String given = "new" + suffix;
    String arguments =
        String.join(
            ", ",
            List.of("id", "data", "ts", "user", "v").stream()
                .map(name -> name.equals(component) ? given : name)
                .toList());
    return MethodSpec.methodBuilder("with" + suffix)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            "The same event with another {@code $L}.\n\n@param $L $L\n@return a new event\n",
            component,
            given,
            meaning)
        .addParameter(nullable(type, given, nullness))
        .returns(event.type())
        .addStatement("return new $T($L)", event.type(), arguments)
        .build();
  }
}
