package dev.vibecoder.inngest.processor.internal.contract;

import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.StepModel;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import dev.vibecoder.inngest.processor.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds the shapes of what a module's events and functions carry, when all types are there. */
public final class ContractReader {
  private final Types types;
  private final Elements elements;
  private final Shapes shapes;

  public ContractReader(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
    this.shapes = new Shapes(types, elements);
  }

  /**
   * Reads a module.
   *
   * @param events its events and those that start its functions, by name
   * @param functions its functions by id
   * @param sends names of the events that each function sends, by the function's id
   */
  public ModuleContract read(
      String packageName,
      SortedMap<String, EventModel> events,
      SortedMap<String, FunctionModel> functions,
      Map<String, ? extends Collection<String>> sends) {
    List<ModuleContract.EventEntry> described = new ArrayList<>();
    events.forEach(
        (name, event) -> described.add(new ModuleContract.EventEntry(event, payload(event))));
    List<ModuleContract.FunctionEntry> entries = new ArrayList<>();
    functions.forEach(
        (id, function) -> {
          Collection<String> sent = sends.get(id);
          entries.add(function(function, sent == null ? List.of() : List.copyOf(sent)));
        });
    return new ModuleContract(packageName, described, entries, shapes);
  }

  private Shape payload(EventModel event) {
    TypeElement source =
        event.source() == null ? null : elements.getTypeElement(event.source().canonicalName());
    return source == null ? new Shape.Any() : shapes.of(source.asType());
  }

  private ModuleContract.FunctionEntry function(FunctionModel function, List<String> sends) {
    TypeElement type = elements.getTypeElement(function.source().canonicalName());
    List<ModuleContract.StepEntry> steps = new ArrayList<>();
    for (StepModel step : function.steps()) {
      steps.add(new ModuleContract.StepEntry(step, result(type, step.method(), "Step")));
    }
    return new ModuleContract.FunctionEntry(function, result(function, type), steps, sends);
  }

  private Shape result(FunctionModel function, @Nullable TypeElement type) {
    if (function.handler() != null) {
      return result(type, function.handler().method(), "Handler");
    }
    return function.steps().stream()
        .filter(step -> step.id().equals(function.flow().result()))
        .findFirst()
        .map(step -> result(type, step.method(), "Step"))
        .orElseGet(Shape.Nothing::new);
  }

  /** What a method gives, as the function's class sees it. */
  private Shape result(@Nullable TypeElement type, String method, String annotation) {
    if (type == null) {
      return new Shape.Any();
    }
    Optional<ExecutableElement> found =
        ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
            .filter(one -> one.getSimpleName().contentEquals(method))
            .filter(one -> Annotation.of((Element) one, annotation).isPresent())
            .findFirst();
    return found
        .map(one -> (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), one))
        .map(ExecutableType::getReturnType)
        .map((TypeMirror result) -> shapes.of(result))
        .orElseGet(Shape.Any::new);
  }
}
