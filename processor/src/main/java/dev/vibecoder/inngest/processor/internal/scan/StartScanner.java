package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import dev.vibecoder.inngest.processor.internal.validate.ConfigValues;
import dev.vibecoder.inngest.processor.internal.validate.JsonTypes;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads how a function starts, and how the server is to treat it. */
final class StartScanner {
  private static final ClassName JSON_NODE =
      ClassName.get("com.fasterxml.jackson.databind", "JsonNode");

  private final Types types;
  private final Problems problems;
  private final EventCatalog events;
  private final TypeNames names;
  private final @Nullable OptionChecks checks;
  private final InputScanner inputs;
  private final JsonTypes json;

  /**
   * Makes a scanner.
   *
   * @param checks checks the options, or null if nothing is to be reported
   */
  StartScanner(
      Elements elements,
      Types types,
      Problems problems,
      EventCatalog events,
      TypeNames names,
      @Nullable OptionChecks checks) {
    this.types = types;
    this.problems = problems;
    this.events = events;
    this.names = names;
    this.checks = checks;
    this.inputs = new InputScanner(elements, types, names);
    this.json = new JsonTypes(types, elements);
  }

  Start scan(TypeElement type, Annotation annotation, Members members) {
    DeclaredOptions declared = new DeclaredOptions(type);
    TriggerScanner scanner = new TriggerScanner(problems, events, declared, names.fromPackage());
    TriggerScanner.Written written = scanner.read();
    OptionScanner reader = new OptionScanner(declared, written, scanner.cancelling());
    ConfigValues values = reader.written();
    if (checks != null) {
      checks.check(declared, values, problems);
    }
    FunctionOptions options = reader.options(values, names.fromPackage());
    List<Trigger> triggers = scanner.triggers(written);
    boolean batch = declared.one("Batch").isPresent();
    boolean misspelt =
        new MisspeltEvents(types, problems, events, names)
            .report(type, members, declared, written.events());
    if (!written.isEmpty() || !written.sound() || annotation.isUnresolved()) {
      Inputs handed = inputs.of(triggers, batch);
      return new Start(
          triggers,
          options,
          handed,
          input(triggers, handed),
          events(triggers).stream().allMatch(EventModel::visible),
          events(triggers).stream().anyMatch(EventModel::deprecated),
          written.sound() && !written.isEmpty() && !misspelt);
    }
    Optional<TypeMirror> payload = invokedWith(type, annotation, members);
    Inputs handed = payload.map(inputs::invoked).orElse(Inputs.UNKNOWN);
    return new Start(
        List.of(),
        options,
        handed,
        payload.map(names::of).map(TypeName::box).orElse(JSON_NODE),
        payload.filter(one -> !names.access().isPublic(one)).isEmpty(),
        payload.filter(names.access()::isDeprecated).isPresent(),
        payload.isPresent());
  }

  private static List<EventModel> events(List<Trigger> triggers) {
    return triggers.stream()
        .filter(Trigger.OnEvent.class::isInstance)
        .map(trigger -> ((Trigger.OnEvent) trigger).event())
        .toList();
  }

  /** What a function is invoked with: what its events carry, if they all carry the same. */
  private TypeName input(List<Trigger> triggers, Inputs handed) {
    TypeName payload = handed.payload();
    if (payload == null || handed.mixed()) {
      return JSON_NODE;
    }
    boolean nameable =
        events(triggers).stream()
            .allMatch(
                event -> event.visible() || event.type().packageName().equals(names.fromPackage()));
    return nameable ? payload : ClassName.OBJECT;
  }

  /** The payload of a function without triggers, or empty and a problem. */
  private Optional<TypeMirror> invokedWith(
      TypeElement type, Annotation annotation, Members members) {
    Location here = Location.of(annotation.element(), annotation.mirror());
    Optional<InputScanner.Invoked> invoked = inputs.invokedWith(type, members);
    if (invoked.isEmpty()) {
      problems.add(
          ProblemCode.NO_TRIGGER,
          here,
          "The function has no event that starts it"
              + inputs
                  .noPayload(type, members)
                  .map(other -> ", and " + other + " is nothing that it can be invoked with")
                  .orElse("")
              + ".",
          "Set event, as in event = \"shop/order.placed\"; one that other functions invoke says"
              + " what with by a parameter: InvokedEvent<...>, or a payload of its own, which is a"
              + " record, a class or a Map.");
      return Optional.empty();
    }
    TypeMirror payload = invoked.get().type();
    Optional<EventModel> event = event(payload);
    if (event.isPresent() && !invoked.get().explicit()) {
      String simple = ((DeclaredType) payload).asElement().getSimpleName().toString();
      problems.add(
          ProblemCode.NO_TRIGGER,
          here,
          "The function takes "
              + simple
              + ", the payload of \""
              + event.get().name()
              + "\", and has no event that starts it.",
          "Set event = \""
              + event.get().name()
              + "\"; one that other functions invoke takes InvokedEvent<"
              + simple
              + ">.");
      return Optional.empty();
    }
    Optional<String> path = json.problem(payload);
    path.ifPresent(
        wrong ->
            problems.add(
                ProblemCode.HANDLER_PARAMETER,
                here,
                "What the function is invoked with cannot be read from JSON: " + wrong + ".",
                "Take a record, or another type that Jackson can write and read."));
    return path.isPresent() ? Optional.empty() : Optional.of(payload);
  }

  private Optional<EventModel> event(TypeMirror payload) {
    return payload.getKind() == TypeKind.DECLARED
        ? events.withPayload(ClassName.get((TypeElement) ((DeclaredType) payload).asElement()))
        : Optional.empty();
  }
}
