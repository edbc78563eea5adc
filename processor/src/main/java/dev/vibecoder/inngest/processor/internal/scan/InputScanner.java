package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Works out what a function is handed from what starts it. */
record InputScanner(Elements elements, Types types, TypeNames names) {
  private static final String ROOT = "dev.vibecoder.inngest";
  private static final ClassName JSON_EVENT = ClassName.get(ROOT, "JsonEvent");
  private static final ClassName CRON_EVENT = ClassName.get(ROOT, "CronEvent");
  private static final ClassName SCHEDULE = CRON_EVENT.nestedClass("Schedule");
  private static final ClassName INVOKED_EVENT = ClassName.get(ROOT, "InvokedEvent");

  /** What a function is handed that events and schedules start. */
  Inputs of(List<Trigger> triggers, boolean batch) {
    Set<EventModel> events = new LinkedHashSet<>();
    boolean scheduled = false;
    for (Trigger trigger : triggers) {
      if (trigger instanceof Trigger.OnEvent event) {
        events.add(event.event());
      } else {
        scheduled = true;
      }
    }
    if (events.isEmpty()) {
      return scheduled
          ? new Inputs(CRON_EVENT, SCHEDULE, batch ? null : SCHEDULE, batch, false)
          : Inputs.UNKNOWN;
    }
    if (events.size() == 1 && !scheduled) {
      EventModel event = events.iterator().next();
      return new Inputs(
          event.isPattern() ? JSON_EVENT : event.type(),
          event.payload(),
          batch ? null : event.source(),
          batch,
          false);
    }
    TypeName payload = scheduled ? null : common(events);
    ClassName source = payload instanceof ClassName type && !batch ? type : null;
    return new Inputs(Inputs.ANY_EVENT, payload, source, batch, true);
  }

  /** What a function is handed that others invoke. */
  Inputs invoked(TypeMirror payload) {
    TypeName name = names.of(payload).box();
    return new Inputs(
        ParameterizedTypeName.get(INVOKED_EVENT, name),
        name,
        name instanceof ClassName type ? type : null,
        false,
        false);
  }

  /** What the payloads of several events are: all the same, or all of one sealed type. */
  private @Nullable TypeName common(Set<EventModel> events) {
    Set<TypeName> payloads = new LinkedHashSet<>();
    events.forEach(event -> payloads.add(event.payload()));
    if (payloads.size() == 1) {
      return payloads.iterator().next();
    }
    List<TypeElement> shared = new ArrayList<>();
    boolean first = true;
    for (EventModel event : events) {
      ClassName source = event.source();
      TypeElement type = source == null ? null : elements.getTypeElement(source.canonicalName());
      if (type == null) {
        return null;
      }
      Set<TypeElement> parents = new LinkedHashSet<>();
      sealedParents(type.asType(), parents);
      if (first) {
        shared.addAll(parents);
      } else {
        shared.retainAll(parents);
      }
      first = false;
    }
    List<TypeElement> nearest =
        shared.stream()
            .filter(type -> shared.stream().noneMatch(other -> isBelow(other, type)))
            .toList();
    return nearest.size() == 1 ? ClassName.get(nearest.get(0)) : null;
  }

  private boolean isBelow(TypeElement type, TypeElement parent) {
    return !type.equals(parent) && types.isSubtype(type.asType(), parent.asType());
  }

  private void sealedParents(TypeMirror type, Set<TypeElement> found) {
    for (TypeMirror parent : types.directSupertypes(type)) {
      TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
      if (element.getModifiers().contains(Modifier.SEALED)
          && element.getTypeParameters().isEmpty()
          && names.access().problem(element, names.fromPackage()).isEmpty()) {
        found.add(element);
      }
      sealedParents(parent, found);
    }
  }

  /**
   * What a function without triggers is invoked with.
   *
   * @param type the payload
   * @param explicit whether it is named as the payload of an InvokedEvent
   */
  record Invoked(TypeMirror type, boolean explicit) {}

  /** What the parameters of a function without triggers say that it is invoked with. */
  Optional<Invoked> invokedWith(TypeElement type, Members members) {
    List<Signature> entries = entries(type, members);
    Optional<Invoked> explicit =
        entries.stream()
            .flatMap(entry -> entry.inputs().stream())
            .map(Signature.Input::type)
            .filter(parameter -> isRuntime(parameter, "InvokedEvent"))
            .flatMap(parameter -> ((DeclaredType) parameter).getTypeArguments().stream())
            .filter(argument -> argument.getKind() != TypeKind.WILDCARD)
            .map(argument -> new Invoked(argument, true))
            .findFirst();
    return explicit.or(() -> entries.stream().findFirst().flatMap(this::payload));
  }

  private List<Signature> entries(TypeElement type, Members members) {
    return (members.annotated("Handler").isEmpty()
            ? members.annotated("Step")
            : members.annotated("Handler"))
        .stream().map(method -> Signature.of(types, type, method)).toList();
  }

  /** The one parameter of an entry that can only be a payload. */
  private Optional<Invoked> payload(Signature entry) {
    List<Signature.Input> others =
        entry.inputs().stream().filter(input -> !isRuntimes(input.type())).toList();
    return others.size() == 1 && isPayload(others.get(0).type())
        ? Optional.of(new Invoked(others.get(0).type(), false))
        : Optional.empty();
  }

  /** What an entry takes as if it were a payload, though no JSON object is ever read as that. */
  Optional<TypeMirror> noPayload(TypeElement type, Members members) {
    return entries(type, members).stream()
        .findFirst()
        .map(
            entry ->
                entry.inputs().stream()
                    .map(Signature.Input::type)
                    .filter(input -> !isRuntimes(input))
                    .toList())
        .filter(others -> others.size() == 1 && names.event(others.get(0)).isEmpty())
        .map(others -> others.get(0));
  }

  /** Whether a type is a class of the user's or a map, which is JSON as it is, and no event. */
  private boolean isPayload(TypeMirror type) {
    if (!TypeParts.isDeclared(type) || names.event(type).isPresent()) {
      return false;
    }
    String name = ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().toString();
    return !name.startsWith("java.") || name.equals("java.util.Map");
  }

  private static boolean isRuntimes(TypeMirror type) {
    return TypeParts.isDeclared(type)
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .toString()
            .matches("dev\\.vibecoder\\.inngest\\.[A-Za-z]+");
  }

  private static boolean isRuntime(TypeMirror type, String simpleName) {
    return TypeParts.isDeclared(type)
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(ROOT + "." + simpleName);
  }
}
