package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads what is part of a step's id. */
final class KeyScanner {
  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.String",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.util.UUID");
  private static final Set<TypeKind> PRIMITIVES =
      Set.of(TypeKind.BYTE, TypeKind.SHORT, TypeKind.INT, TypeKind.LONG);

  private final Elements elements;
  private final Problems problems;
  private final TypeNames names;
  private final Components components;

  KeyScanner(Elements elements, Types types, Problems problems, TypeNames names) {
    this.elements = elements;
    this.problems = problems;
    this.names = names;
    this.components = new Components(elements, types);
  }

  /** The key of a step, if it has a sound one. */
  Optional<StepModel.Key> scan(Signature signature) {
    Optional<StepModel.Key> key = Optional.empty();
    boolean found = false;
    List<Signature.Input> inputs = signature.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Signature.Input input = inputs.get(i);
      Optional<Annotation> annotation = Annotation.of(input.element(), "StepKey");
      if (annotation.isEmpty()) {
        continue;
      }
      if (found) {
        problems.add(
            ProblemCode.STEP_KEY,
            Location.of(input.element()),
            "Step " + signature.name() + " has a second key, " + input.name() + ".",
            "Leave @StepKey on one parameter; several things make one key as a text of them all.");
        return key;
      }
      found = true;
      int parameter = i;
      key = path(input, annotation.get()).map(path -> new StepModel.Key(parameter, path));
    }
    return key;
  }

  /** The methods that lead to the key. */
  private Optional<List<String>> path(Signature.Input input, Annotation annotation) {
    Location here = annotation.has("value") ? annotation.at("value") : Location.of(input.element());
    TypeMirror type = input.type();
    List<String> accessors = new ArrayList<>();
    String path = annotation.rawText("value");
    for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      if (isUnknown(type)) {
        return Optional.empty();
      }
      Map<String, Components.Component> known = componentsOf(type);
      Components.Component component = known.get(name);
      if (component == null) {
        problems.add(
            ProblemCode.STEP_KEY,
            here,
            "The key's path \"" + path + "\": " + type + " has no component \"" + name + "\".",
            DidYouMean.sentence(name, known.keySet())
                + (known.isEmpty()
                    ? "A path leads through records and what getters give."
                    : "Components are " + String.join(", ", known.keySet()) + "."));
        return Optional.empty();
      }
      accessors.add(component.accessor());
      type = component.type();
    }
    if (isUnknown(type)) {
      return Optional.empty();
    }
    if (!isKey(type)) {
      problems.add(
          ProblemCode.STEP_KEY,
          here,
          "The key " + (path.isEmpty() ? input.name() : path) + " is " + type + ".",
          "A key is a String, an integer, an enum constant or a UUID; @StepKey(\"<path>\") names a"
              + " component that is.");
      return Optional.empty();
    }
    return Optional.of(accessors);
  }

  /** Whether the compiler reports a type itself. */
  private boolean isUnknown(TypeMirror type) {
    return TypeParts.isMissing(type) && names.event(type).isEmpty();
  }

  private Map<String, Components.Component> componentsOf(TypeMirror type) {
    // The class of an event is only about to be generated.
    return names
        .event(type)
        .map(this::ofEvent)
        .orElseGet(() -> components.of(type, names.fromPackage()));
  }

  private Map<String, Components.Component> ofEvent(EventModel event) {
    Map<String, Components.Component> components = new LinkedHashMap<>();
    TypeElement text = elements.getTypeElement("java.lang.String");
    TypeElement payload =
        event.source() == null ? null : elements.getTypeElement(event.source().canonicalName());
    components.put("id", new Components.Component("id", text.asType()));
    if (payload != null) {
      components.put("data", new Components.Component("data", payload.asType()));
    }
    return components;
  }

  private static boolean isKey(TypeMirror type) {
    if (!TypeParts.isDeclared(type)) {
      return PRIMITIVES.contains(type.getKind());
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return element.getKind() == ElementKind.ENUM
        || CLASSES.contains(element.getQualifiedName().toString());
  }
}
