package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.Companion;
import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.validate.ClassRules;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads function classes: what is right with them becomes the model, what is wrong a problem. */
public final class FunctionScanner {
  private static final int MAX_RETRIES = 20;

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final EventCatalog events;
  private final FunctionIds ids;
  private final Set<String> reported;
  private final @Nullable OptionChecks checks;
  private final TypeAccess access;

  /**
   * Makes a scanner.
   *
   * @param reported classes whose steps were complained about where they are declared
   * @param checks checks the options, or null if nothing is to be reported
   */
  public FunctionScanner(
      Elements elements,
      Types types,
      Problems problems,
      EventCatalog events,
      FunctionIds ids,
      Set<String> reported,
      @Nullable OptionChecks checks) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.events = events;
    this.ids = ids;
    this.reported = reported;
    this.checks = checks;
    this.access = new TypeAccess(elements);
  }

  /** The names of the events that start a function, as they were written. */
  public static List<Annotation.Text> triggerNames(TypeElement type) {
    return TriggerScanner.names(type);
  }

  /** The class that is generated for an annotated one. */
  public static ClassName generated(ClassName source) {
    return ClassName.get(source.packageName(), String.join("", source.simpleNames()) + "Function");
  }

  /**
   * Reads one annotated type.
   *
   * @param complete whether all is there that it names; else it is broken whatever is found
   */
  public FunctionModel scan(TypeElement type, Annotation annotation, boolean complete) {
    long before = problems.errors();
    ClassName source = ClassName.get(type);
    TypeNames names = new TypeNames(events, access, source.packageName());
    EntryRules entries = new EntryRules(problems, names, types, elements);
    Members members = new Members(elements, type);

    String id = annotation.rawText("id");
    if (annotation.has("id")) {
      ids.check(
          id,
          source.canonicalName(),
          FunctionIds.companions(
              !members.annotated(HandlerScanner.ON_FAILURE).isEmpty(),
              !members.annotated(HandlerScanner.ON_CANCELLED).isEmpty()),
          annotation.at("id"));
    }
    boolean fit = ClassRules.check(type, problems);
    Optional<ExecutableElement> constructor =
        fit ? ClassRules.constructor(type, problems) : usableConstructor(type);
    if (fit) {
      constructor.ifPresent(method -> entries.constructor(type, method));
    }
    Start start =
        new StartScanner(elements, types, problems, events, names, checks)
            .scan(type, annotation, members);
    boolean isClass = type.getKind() == ElementKind.CLASS;
    Code code = isClass ? code(type, annotation, members, names, start) : Code.NONE;
    return new FunctionModel(
        id,
        annotation.rawText("name"),
        annotation.rawText("description"),
        source,
        generated(source),
        start.triggers(),
        start.options(),
        constructor.map(method -> parameters(method, names)).orElse(List.of()),
        code.steps().stream().map(StepScanner.Step::model).toList(),
        code.handler(),
        code.flow(),
        code.failure(),
        code.cancellation(),
        start.inputs(),
        start.input(),
        code.result().map(names::of).orElse(null),
        members(type),
        Members.nestedTypes(type),
        start.visible() && isVisible(code.result(), names),
        start.deprecated() || isDeprecated(constructor, code),
        !complete || problems.errors() > before || !start.sound());
  }

  /**
   * What a class does.
   *
   * @param result type of what it returns, empty for nothing
   */
  private record Code(
      List<StepScanner.Step> steps,
      @Nullable Call handler,
      FlowModel flow,
      @Nullable Companion failure,
      @Nullable Companion cancellation,
      Optional<TypeMirror> result) {
    static final Code NONE =
        new Code(List.of(), null, FlowModel.NONE, null, null, Optional.empty());
  }

  private Code code(
      TypeElement type, Annotation annotation, Members members, TypeNames names, Start start) {
    ClassRules.state(type, members.fields(), problems);
    members.dropped().forEach(dropped -> dropped(type, dropped));
    List<StepScanner.Step> steps =
        new StepScanner(elements, types, problems, type, names, reported).scan(members);
    HandlerScanner handlers = new HandlerScanner(elements, types, problems, type, members, names);
    Optional<Signature> handler = handlers.handler(annotation);
    Optional<Signature> failure = handlers.failure();
    Optional<Signature> cancellation = handlers.cancellation();
    Optional<TypeMirror> result =
        handler
            .map(Signature::result)
            .or(() -> members.resultStep().map(step -> Signature.of(types, type, step).result()))
            .filter(mirror -> mirror.getKind() != TypeKind.VOID);

    // What is wrong with an event is not told again for each parameter.
    boolean bindable = start.sound();
    ParameterBinder binder = new ParameterBinder(elements, types, problems, names, start.inputs());
    FlowScanner flow =
        new FlowScanner(
            annotation,
            members,
            problems,
            names,
            handler.isPresent(),
            new StepBinder(types, problems, names, binder));
    return new Code(
        steps,
        handler.filter(any -> bindable).map(one -> call(one, names, binder::handler)).orElse(null),
        flow.scan(steps, bindable),
        companion(failure, HandlerScanner.ON_FAILURE, bindable, names, binder::failure),
        companion(cancellation, HandlerScanner.ON_CANCELLED, bindable, names, binder::cancellation),
        result);
  }

  private @Nullable Companion companion(
      Optional<Signature> method,
      String annotation,
      boolean bindable,
      TypeNames names,
      Function<Signature.Input, Optional<Argument>> binding) {
    return method
        .flatMap(
            one ->
                Annotation.of(one.method(), annotation)
                    .map(this::retries)
                    .filter(any -> bindable)
                    .map(retries -> new Companion(call(one, names, binding), retries)))
        .orElse(null);
  }

  private int retries(Annotation companion) {
    int retries = companion.number("retries", 0);
    if (retries < 0 || retries > MAX_RETRIES) {
      problems.add(
          ProblemCode.RETRIES,
          companion.at("retries"),
          "retries is " + retries + ".",
          "The server takes 0 to " + MAX_RETRIES + ".");
    }
    return retries;
  }

  private void dropped(TypeElement type, Members.Dropped dropped) {
    boolean own = type.equals(dropped.overrider().getEnclosingElement());
    problems.add(
        ProblemCode.ANNOTATION_DROPPED,
        Location.of(own ? dropped.overrider() : type),
        "The method "
            + dropped.overrider().getSimpleName()
            + " overrides one of "
            + dropped.overridden().getEnclosingElement()
            + " that is annotated with @"
            + dropped.annotation()
            + ", and is not annotated itself.",
        "Repeat @"
            + dropped.annotation()
            + ": a method does not inherit the annotations of the one it overrides.");
  }

  private static Optional<ExecutableElement> usableConstructor(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  private boolean isVisible(Optional<TypeMirror> result, TypeNames names) {
    return result
        .filter(
            mirror ->
                !access.isPublic(mirror)
                    || TypeParts.of(mirror)
                        .flatMap(part -> names.event(part).stream())
                        .anyMatch(event -> !event.visible()))
        .isEmpty();
  }

  private boolean isDeprecated(Optional<ExecutableElement> constructor, Code code) {
    return constructor.filter(this::isDeprecated).isPresent()
        || code.steps().stream().anyMatch(step -> isDeprecated(step.signature().method()))
        || code.result().filter(access::isDeprecated).isPresent();
  }

  private boolean isDeprecated(ExecutableElement method) {
    return access.isDeprecated(method)
        || access.isDeprecated(method.getReturnType())
        || method.getParameters().stream()
            .anyMatch(parameter -> access.isDeprecated(parameter.asType()))
        || method.getThrownTypes().stream().anyMatch(access::isDeprecated);
  }

  private Set<String> members(TypeElement type) {
    Set<String> names = new TreeSet<>();
    ElementFilter.methodsIn(elements.getAllMembers(type))
        .forEach(method -> names.add(method.getSimpleName().toString()));
    return names;
  }

  static Call call(
      Signature signature, TypeNames names, Function<Signature.Input, Optional<Argument>> binding) {
    List<Argument> arguments = new ArrayList<>();
    signature.inputs().forEach(input -> binding.apply(input).ifPresent(arguments::add));
    return new Call(
        signature.name(),
        arguments,
        signature.result().getKind() == TypeKind.VOID ? null : names.of(signature.result()),
        signature.thrown().stream().map(names::of).toList());
  }

  private static List<Parameter> parameters(ExecutableElement method, TypeNames names) {
    return method.getParameters().stream()
        .map(
            parameter ->
                new Parameter(
                    parameter.getSimpleName().toString(), names.signature(parameter.asType())))
        .toList();
  }
}
