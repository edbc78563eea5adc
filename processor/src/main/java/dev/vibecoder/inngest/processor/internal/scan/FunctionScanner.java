package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.validate.ClassRules;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads function classes: what is right with them becomes the model, what is wrong a problem. */
public final class FunctionScanner {
  private static final int MAX_RETRIES = 20;
  private static final int MAX_TRIGGERS = 10;

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final EventCatalog events;
  private final FunctionIds ids;

  public FunctionScanner(
      Elements elements, Types types, Problems problems, EventCatalog events, FunctionIds ids) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.events = events;
    this.ids = ids;
  }

  /** The names of the events that start a function, as they were written. */
  public static List<Annotation.Text> triggerNames(Annotation annotation) {
    return annotation.texts("event");
  }

  /** Reads one annotated type. */
  public FunctionModel scan(TypeElement type, Annotation annotation) {
    long before = problems.errors();
    ClassName source = ClassName.get(type);
    ClassName generated =
        ClassName.get(source.packageName(), String.join("", source.simpleNames()) + "Function");
    TypeNames names = new TypeNames(events, source.packageName());

    String id = annotation.rawText("id");
    ids.check(id, source.canonicalName(), hasFailureHandler(type), annotation.at("id"));
    List<Parameter> constructor =
        ClassRules.check(type, problems)
            ? ClassRules.constructor(type, problems)
                .map(method -> parameters(method, names))
                .orElse(List.of())
            : List.of();
    List<EventModel> triggers = triggers(annotation);
    Integer retries = retries(annotation, -1);
    isTaken(generated, annotation);

    boolean triggered = !triggers.isEmpty();
    ParameterBinder binder = new ParameterBinder(elements, types, problems, names, triggers);
    List<StepScanner.Step> steps = new StepScanner(elements, types, problems).scan(type, names);
    Optional<ExecutableElement> handler = handler(type, steps, annotation);
    Call handlerCall =
        handler.isPresent() && triggered ? call(handler.get(), names, binder::handler) : null;
    List<Call> flow = handler.isPresent() || !triggered ? List.of() : flow(steps, names, binder);
    Optional<ExecutableElement> failure = failureHandler(type);
    Call failureCall =
        failure.isPresent() && triggered ? call(failure.get(), names, binder::failure) : null;
    int failureRetries =
        failure
            .flatMap(method -> Annotation.of(method, "OnFailure"))
            .map(onFailure -> retries(onFailure, 0))
            .orElse(0);

    TypeName result =
        handler
            .map(method -> method.getReturnType())
            .or(() -> last(steps))
            .filter(mirror -> mirror.getKind() != TypeKind.VOID)
            .map(names::of)
            .orElse(null);
    return new FunctionModel(
        id,
        annotation.rawText("name"),
        source,
        generated,
        triggers,
        retries == null || retries < 0 ? null : retries,
        constructor,
        steps.stream().map(StepScanner.Step::model).toList(),
        handlerCall,
        flow,
        failureCall,
        Math.max(0, failureRetries),
        result,
        members(type),
        isVisible(triggers, handler, steps),
        problems.errors() > before);
  }

  private static Optional<javax.lang.model.type.TypeMirror> last(List<StepScanner.Step> steps) {
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(steps.get(steps.size() - 1).method().getReturnType());
  }

  private boolean isVisible(
      List<EventModel> triggers,
      Optional<ExecutableElement> handler,
      List<StepScanner.Step> steps) {
    Optional<javax.lang.model.type.TypeMirror> result =
        handler.map(ExecutableElement::getReturnType).or(() -> last(steps));
    boolean resultVisible =
        result
            .filter(mirror -> mirror.getKind() == TypeKind.DECLARED)
            .map(
                mirror ->
                    EventScanner.isVisible(
                        (TypeElement) ((javax.lang.model.type.DeclaredType) mirror).asElement()))
            .orElse(true);
    return resultVisible && triggers.stream().allMatch(EventModel::visible);
  }

  private Set<String> members(TypeElement type) {
    Set<String> names = new TreeSet<>();
    ElementFilter.methodsIn(elements.getAllMembers(type))
        .forEach(method -> names.add(method.getSimpleName().toString()));
    return names;
  }

  private List<EventModel> triggers(Annotation annotation) {
    List<Annotation.Text> written = triggerNames(annotation);
    if (written.isEmpty()) {
      problems.add(
          ProblemCode.NO_TRIGGER,
          Location.of(annotation.element(), annotation.mirror()),
          "The function has no event that starts it.",
          "Set event, as in event = \"shop/order.placed\".");
    }
    if (written.size() > MAX_TRIGGERS) {
      problems.add(
          ProblemCode.TRIGGER_COUNT,
          annotation.at("event"),
          "The function has " + written.size() + " events; the server takes " + MAX_TRIGGERS + ".",
          "Use a pattern such as shop/*, or several functions.");
    }
    List<EventModel> triggers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Annotation.Text name : written) {
      if (EventRules.checkTrigger(name.value(), name.location(), problems)) {
        if (!seen.add(name.value())) {
          problems.add(
              ProblemCode.TRIGGER_COUNT,
              name.location(),
              "The event \"" + name.value() + "\" is named twice.",
              "Remove one of them.");
        } else {
          events.named(name.value()).ifPresent(triggers::add);
        }
      }
    }
    return triggers;
  }

  private @Nullable Integer retries(Annotation annotation, int otherwise) {
    int retries = annotation.number("retries", otherwise);
    if (retries < otherwise || retries > MAX_RETRIES) {
      problems.add(
          ProblemCode.RETRIES,
          annotation.at("retries"),
          "retries is " + retries + ".",
          "The server takes 0 to " + MAX_RETRIES + ".");
    }
    return retries;
  }

  private Optional<ExecutableElement> handler(
      TypeElement type, List<StepScanner.Step> steps, Annotation annotation) {
    List<ExecutableElement> handlers = annotated(type, "Handler");
    if (handlers.size() > 1) {
      problems.add(
          ProblemCode.TWO_HANDLERS,
          Location.of(handlers.get(1)),
          "The function has a second handler, " + handlers.get(1).getSimpleName() + ".",
          "Leave @Handler on one method.");
    }
    if (handlers.isEmpty() && steps.isEmpty()) {
      problems.add(
          ProblemCode.FUNCTION_EMPTY,
          Location.of(annotation.element(), annotation.mirror()),
          "The function has neither a handler nor a step.",
          "Annotate methods with @Step, or one with @Handler.");
    }
    handlers.forEach(this::checkEntry);
    return handlers.stream().findFirst();
  }

  private void checkEntry(ExecutableElement method) {
    if (Annotation.of(method, "Step").isPresent()) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          Location.of(method),
          "The method " + method.getSimpleName() + " is both a step and a handler.",
          "A handler calls steps; leave one of the two annotations.");
    } else if (method.getModifiers().contains(Modifier.PRIVATE)
        || method.getModifiers().contains(Modifier.STATIC)
        || !method.getTypeParameters().isEmpty()) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          Location.of(method),
          "The method " + method.getSimpleName() + " is private, static or generic.",
          "Make it an instance method that is at least package-private, without type parameters.");
    }
  }

  private static boolean hasFailureHandler(TypeElement type) {
    return !annotated(type, "OnFailure").isEmpty();
  }

  private Optional<ExecutableElement> failureHandler(TypeElement type) {
    List<ExecutableElement> handlers = annotated(type, "OnFailure");
    if (handlers.size() > 1) {
      problems.add(
          ProblemCode.ON_FAILURE,
          Location.of(handlers.get(1)),
          "The function has a second failure handler, " + handlers.get(1).getSimpleName() + ".",
          "Leave @OnFailure on one method.");
    }
    handlers.forEach(this::checkEntry);
    return handlers.stream().findFirst();
  }

  private static List<ExecutableElement> annotated(TypeElement type, String annotation) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> Annotation.of(method, annotation).isPresent())
        .toList();
  }

  private static Call call(
      ExecutableElement method,
      TypeNames names,
      Function<VariableElement, Optional<Argument>> binding) {
    List<Argument> arguments = new ArrayList<>();
    method.getParameters().forEach(parameter -> binding.apply(parameter).ifPresent(arguments::add));
    return new Call(
        method.getSimpleName().toString(),
        arguments,
        method.getReturnType().getKind() == TypeKind.VOID ? null : names.of(method.getReturnType()),
        method.getThrownTypes().stream().map(names::of).toList());
  }

  private static List<Call> flow(
      List<StepScanner.Step> steps, TypeNames names, ParameterBinder binder) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int index = i;
      calls.add(
          call(steps.get(i).method(), names, parameter -> binder.step(parameter, steps, index)));
    }
    return calls;
  }

  private static List<Parameter> parameters(ExecutableElement method, TypeNames names) {
    return method.getParameters().stream()
        .map(
            parameter ->
                new Parameter(parameter.getSimpleName().toString(), names.of(parameter.asType())))
        .toList();
  }

  private void isTaken(ClassName generated, Annotation annotation) {
    TypeElement existing = elements.getTypeElement(generated.canonicalName());
    if (existing != null && Annotation.of(existing, "InngestGenerated").isEmpty()) {
      problems.add(
          ProblemCode.GENERATED_NAME,
          Location.of(annotation.element()),
          "The class " + generated.simpleName() + ", which is to be generated, exists already.",
          "Rename one of the two classes.");
    }
  }
}
