package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.env.GeneratedNames;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads payload classes. */
public final class EventScanner {
  private final Elements elements;
  private final Problems problems;
  private final EventCatalog events;
  private final GeneratedNames names;
  private final TypeAccess access;

  public EventScanner(
      Elements elements, Problems problems, EventCatalog events, GeneratedNames names) {
    this.elements = elements;
    this.problems = problems;
    this.events = events;
    this.names = names;
    this.access = new TypeAccess(elements);
  }

  /** Reads one annotated type; an event with errors is given as well, if its class is its own. */
  public Optional<EventModel> scan(TypeElement type, Annotation annotation) {
    if (!annotation.has("value") || annotation.isUnresolved()) {
      // The compiler reports it.
      return Optional.empty();
    }
    String name = annotation.rawText("value");
    long before = problems.errors();
    EventRules.checkName(name, annotation.at("value"), problems);
    boolean usable = problems.errors() == before;
    unfitness(type).ifPresent(fact -> unfit(type, annotation, fact));
    ClassName eventType =
        ClassName.get(
            elements.getPackageOf(type).getQualifiedName().toString(),
            typeName(
                annotation,
                usable ? EventRules.className(name) : EventRules.classNameOfBroken(name)));
    TypeName payload =
        access.problem(type, eventType.packageName()).isEmpty()
            ? ClassName.get(type)
            : ClassName.OBJECT;
    EventModel event =
        new EventModel(
            name,
            eventType,
            payload,
            ClassName.get(type),
            annotation.rawText("version"),
            access.isPublic(type),
            false,
            access.isDeprecated(type));
    boolean own = isItsOwn(event, annotation);
    if (problems.errors() > before) {
      events.markBroken(name);
    }
    if (own) {
      events.add(event);
    }
    return own ? Optional.of(event) : Optional.empty();
  }

  private static Optional<String> unfitness(TypeElement type) {
    boolean kind =
        type.getKind() == ElementKind.RECORD
            || (type.getKind() == ElementKind.CLASS
                && !type.getModifiers().contains(Modifier.ABSTRACT));
    if (!kind) {
      return Optional.of("which is neither a record nor a class");
    }
    if (!type.getTypeParameters().isEmpty()) {
      return Optional.of("which has type parameters");
    }
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        return Optional.of("which is private or in a private class");
      }
      if (at.getEnclosingElement() instanceof TypeElement
          && at.getKind() == ElementKind.CLASS
          && !at.getModifiers().contains(Modifier.STATIC)) {
        return Optional.of("which is an inner class");
      }
    }
    return Optional.empty();
  }

  private void unfit(TypeElement type, Annotation annotation, String fact) {
    problems.add(
        ProblemCode.EVENT_KIND,
        annotation.at(""),
        "@InngestEvent is on " + type.getSimpleName() + ", " + fact + ".",
        fact.startsWith("which is neither")
            ? "Put it on a record, or on a class that is not abstract."
            : "Make it a class that generated code can name, without type parameters.");
  }

  private String typeName(Annotation annotation, String derived) {
    Optional<String> given = annotation.text("typeName");
    if (given.isEmpty()) {
      return derived;
    }
    if (SourceVersion.isIdentifier(given.get()) && !SourceVersion.isKeyword(given.get())) {
      return given.get();
    }
    problems.add(
        ProblemCode.EVENT_TYPE_NAME,
        annotation.at("typeName"),
        "\"" + given.get() + "\" is no name of a class.",
        "Give the simple name of a class, as in OrderPlacedEvent.");
    return derived;
  }

  /** Whether nothing else has the event's name, class or constant. */
  private boolean isItsOwn(EventModel event, Annotation annotation) {
    Optional<EventModel> sameName = events.named(event.name());
    if (sameName.isPresent()) {
      if (sameName.get().source() == null) {
        // Reported at the function for which the class was generated.
        return false;
      }
      problems.add(
          ProblemCode.DUPLICATE_EVENT,
          annotation.at("value"),
          "The event \""
              + event.name()
              + "\" has another payload class: "
              + sameName.get().source()
              + (sameName.get().external() ? ", in another jar." : "."),
          "Give each event one payload class.");
      return sameName.get().external() && claim(event, annotation);
    }
    Optional<EventModel> sameClass = events.typed(event.type());
    if (sameClass.isPresent()) {
      clash(event, sameClass.get(), annotation, "get the class " + event.type().simpleName());
      return false;
    }
    Optional<EventModel> sameConstant = events.withConstant(event.constant());
    if (sameConstant.isPresent()) {
      clash(
          event,
          sameConstant.get(),
          annotation,
          "get the constant " + event.constant() + " in InngestEvents");
      return false;
    }
    return claim(event, annotation);
  }

  private void clash(EventModel event, EventModel other, Annotation annotation, String what) {
    problems.add(
        ProblemCode.EVENT_CLASS_CLASH,
        annotation.at("value"),
        "The events \"" + event.name() + "\" and \"" + other.name() + "\" would both " + what + ".",
        "Set typeName on one of them.");
  }

  private boolean claim(EventModel event, Annotation annotation) {
    return names.claim(
        event.type(),
        "the event \"" + event.name() + "\"",
        annotation.at("value"),
        "The class " + event.type().simpleName() + " for the event \"" + event.name() + "\"",
        "Rename it, or set typeName.");
  }
}
