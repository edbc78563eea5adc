package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
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

  public EventScanner(Elements elements, Problems problems, EventCatalog events) {
    this.elements = elements;
    this.problems = problems;
    this.events = events;
  }

  /** Reads one annotated type; an event with errors is given as well, if its class has a name. */
  public Optional<EventModel> scan(TypeElement type, Annotation annotation) {
    String name = annotation.rawText("value");
    EventRules.checkName(name, annotation.at("value"), problems);
    boolean kind =
        type.getKind() == ElementKind.RECORD
            || (type.getKind() == ElementKind.CLASS
                && !type.getModifiers().contains(Modifier.ABSTRACT));
    if (!kind) {
      problems.add(
          ProblemCode.EVENT_KIND,
          annotation.at(""),
          "@InngestEvent is on "
              + type.getSimpleName()
              + ", which is neither a record nor a class.",
          "Put it on a record, or on a class that is not abstract.");
    }
    String typeName = typeName(annotation, name);
    if (!SourceVersion.isIdentifier(typeName) || SourceVersion.isKeyword(typeName)) {
      return Optional.empty();
    }
    EventModel event =
        new EventModel(
            name,
            ClassName.get(elements.getPackageOf(type).getQualifiedName().toString(), typeName),
            ClassName.get(type),
            ClassName.get(type),
            annotation.rawText("version"),
            isVisible(type),
            false);
    return isTaken(event, annotation) ? Optional.empty() : Optional.of(event);
  }

  private String typeName(Annotation annotation, String name) {
    Optional<String> given = annotation.text("typeName");
    if (given.isPresent() && !SourceVersion.isName(given.get())) {
      problems.add(
          ProblemCode.EVENT_TYPE_NAME,
          annotation.at("typeName"),
          "\"" + given.get() + "\" is no name of a class.",
          "Give the simple name of a class, as in OrderPlacedEvent.");
    }
    return given.orElseGet(() -> EventRules.className(name));
  }

  private boolean isTaken(EventModel event, Annotation annotation) {
    Optional<EventModel> sameName = events.named(event.name()).filter(other -> !other.external());
    if (sameName.isPresent()) {
      problems.add(
          ProblemCode.DUPLICATE_EVENT,
          annotation.at("value"),
          "The event \""
              + event.name()
              + "\" has another payload class: "
              + sameName.get().source()
              + ".",
          "Give each event one payload class.");
      return true;
    }
    Optional<EventModel> sameClass = events.typed(event.type());
    if (sameClass.isPresent()) {
      problems.add(
          ProblemCode.EVENT_CLASS_CLASH,
          annotation.at("value"),
          "The events \""
              + event.name()
              + "\" and \""
              + sameClass.get().name()
              + "\" would both get the class "
              + event.type().simpleName()
              + ".",
          "Set typeName on one of them.");
      return true;
    }
    TypeElement existing = elements.getTypeElement(event.type().canonicalName());
    if (existing != null && Annotation.of(existing, "InngestGenerated").isEmpty()) {
      problems.add(
          ProblemCode.GENERATED_NAME,
          annotation.at("value"),
          "The class "
              + event.type().simpleName()
              + " for the event \""
              + event.name()
              + "\" exists already.",
          "Rename it, or set typeName.");
      return true;
    }
    return false;
  }

  static boolean isVisible(TypeElement type) {
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      if (!at.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }
}
