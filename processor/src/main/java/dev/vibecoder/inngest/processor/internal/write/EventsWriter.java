package dev.vibecoder.inngest.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/**
 * Writes the names of a module's events and the methods that send them: static ones, which use the
 * default client, and those of an instance that is given a client.
 */
public final class EventsWriter {
  private static final String CLIENT = "inngest";

  private final SourceSink sink;

  public EventsWriter(SourceSink sink) {
    this.sink = sink;
  }

  /** Writes the names of all events and the static methods that send them. */
  public void events(
      ClassName type, ClassName sender, List<EventModel> events, List<? extends Element> origins) {
    TypeSpec.Builder spec =
        TypeSpec.classBuilder(type)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                "The events of this module. Sending uses the {@linkplain $T#getDefault()\n"
                    + "default client}, {@link $T} another; in a function, use {@code Steps.send}.\n",
                Names.INNGEST,
                sender)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    CodeBlock client = CodeBlock.of("$T.getDefault()", Names.INNGEST);
    for (EventModel event : events) {
      spec.addField(
          FieldSpec.builder(
                  String.class, event.constant(), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
              .addJavadoc("Name of the event {@link $T}.\n", event.type())
              .initializer("$S", event.name())
              .build());
      methods(spec, event, client, Modifier.PUBLIC, Modifier.STATIC);
    }
    write(type, spec, events, origins);
  }

  /** Writes the class whose instances send the events with a client that they are given. */
  public void sender(
      ClassName type, ClassName statics, List<EventModel> events, List<? extends Element> origins) {
    TypeSpec.Builder spec =
        TypeSpec.classBuilder(type)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                "Sends the events of this module with a client that it is given, where {@link $T}\n"
                    + "uses the default one. Immutable and safe for use by many threads; in a\n"
                    + "function, use {@code Steps.send}.\n",
                statics)
            .addField(Names.INNGEST, CLIENT, Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("Makes a sender.\n\n@param $L sends the events\n", CLIENT)
                    .addParameter(Names.INNGEST, CLIENT)
                    .addStatement("this.$1L = $2T.requireNonNull($1L, $1S)", CLIENT, Objects.class)
                    .build());
    for (EventModel event : events) {
      methods(spec, event, CodeBlock.of("$L", CLIENT), Modifier.PUBLIC);
    }
    write(type, spec, events, origins);
  }

  private void write(
      ClassName type,
      TypeSpec.Builder spec,
      List<EventModel> events,
      List<? extends Element> origins) {
    if (events.stream().anyMatch(EventModel::deprecated)) {
      spec.addAnnotation(Types.suppressing("deprecation", "removal"));
    }
    sink.write(type.packageName(), spec, origins);
  }

  private static void methods(
      TypeSpec.Builder spec, EventModel event, CodeBlock client, Modifier... modifiers) {
    if (event.isSendable()) {
      String method = "send" + event.type().simpleName();
      spec.addMethod(send(method, event, client).addModifiers(modifiers).build())
          .addMethod(sendAsync(method, event, client).addModifiers(modifiers).build())
          .addMethod(sendAll(method, event, client).addModifiers(modifiers).build());
    }
  }

  private static MethodSpec.Builder send(String method, EventModel event, CodeBlock client) {
    return MethodSpec.methodBuilder(method)
        .addJavadoc(
            "Sends the event {@code $L} and waits until the server has accepted it.\n\n"
                + "@param data the payload\n@return the server's id of the event\n",
            Types.escape(event.name()))
        .addParameter(event.payload(), "data")
        .returns(Names.SEND_RESULT)
        .addStatement("return $L.send($T.of(data))", client, event.type());
  }

  private static MethodSpec.Builder sendAsync(String method, EventModel event, CodeBlock client) {
    return MethodSpec.methodBuilder(method + "Async")
        .addJavadoc(
            "Sends the event {@code $L}.\n\n"
                + "@param data the payload\n@return completes with the server's id of the event\n",
            Types.escape(event.name()))
        .addParameter(event.payload(), "data")
        .returns(
            ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), Names.SEND_RESULT))
        .addStatement("return $L.sendAsync($T.of(data))", client, event.type());
  }

  private static MethodSpec.Builder sendAll(String method, EventModel event, CodeBlock client) {
    TypeName many =
        ParameterizedTypeName.get(ClassName.get(Collection.class), event.payload().box());
    return MethodSpec.methodBuilder(method + "s")
        .addJavadoc(
            "Sends many events {@code $L} at once and waits until the server has\n"
                + "accepted them.\n\n"
                + "@param data the payloads\n@return the server's ids of the events, in order\n",
            Types.escape(event.name()))
        .addParameter(many, "data")
        .returns(Names.SEND_RESULT)
        .addStatement("return $L.send(data.stream().map($T::of).toList())", client, event.type());
  }
}
