package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.validate.JsonTypes;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the handlers of one class: the function's own, and those of failure and cancellation. */
final class HandlerScanner {
  static final String HANDLER = "Handler";
  static final String ON_FAILURE = "OnFailure";
  static final String ON_CANCELLED = "OnCancelled";

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final TypeElement type;
  private final Members members;
  private final EntryRules rules;
  private final JsonTypes json;

  HandlerScanner(
      Elements elements,
      Types types,
      Problems problems,
      TypeElement type,
      Members members,
      TypeNames names) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.type = type;
    this.members = members;
    this.rules = new EntryRules(problems, names, types, elements);
    this.json = new JsonTypes(types, elements);
  }

  /** The function's own handler. */
  Optional<Signature> handler(Annotation annotation) {
    List<ExecutableElement> handlers = members.annotated(HANDLER);
    second(handlers, ProblemCode.TWO_HANDLERS, "handler", HANDLER);
    if (handlers.isEmpty() && members.annotated("Step").isEmpty()) {
      problems.add(
          ProblemCode.FUNCTION_EMPTY,
          Location.of(annotation.element(), annotation.mirror()),
          "The function has neither a handler nor a step.",
          "Annotate methods with @Step, or one with @Handler.");
    }
    handlers.stream().filter(method -> check(method, "The handler")).forEach(this::checkResult);
    return handlers.stream().findFirst().map(this::signature);
  }

  /** The handler of failures. */
  Optional<Signature> failure() {
    List<ExecutableElement> handlers = members.annotated(ON_FAILURE);
    second(handlers, ProblemCode.ON_FAILURE, "failure handler", ON_FAILURE);
    handlers.stream()
        .filter(method -> isOnly(method, HANDLER))
        .forEach(method -> check(method, "The failure handler"));
    return handlers.stream().findFirst().map(this::signature);
  }

  /** The handler of cancellations. */
  Optional<Signature> cancellation() {
    List<ExecutableElement> handlers = members.annotated(ON_CANCELLED);
    second(handlers, ProblemCode.ON_CANCELLED, "cancellation handler", ON_CANCELLED);
    handlers.stream()
        .filter(method -> isOnly(method, HANDLER) && isOnly(method, ON_FAILURE))
        .forEach(method -> check(method, "The cancellation handler"));
    return handlers.stream().findFirst().map(this::signature);
  }

  /** Whether a method has no annotation for which it is checked elsewhere. */
  private static boolean isOnly(ExecutableElement method, String other) {
    return Annotation.of(method, other).isEmpty();
  }

  private void second(
      List<ExecutableElement> handlers, ProblemCode code, String what, String annotation) {
    if (handlers.size() > 1) {
      problems.add(
          code,
          here(handlers.get(1)),
          "The function has a second " + what + ", " + handlers.get(1).getSimpleName() + ".",
          "Leave @" + annotation + " on one method.");
    }
  }

  private Signature signature(ExecutableElement method) {
    return Signature.of(types, type, method);
  }

  private Location here(ExecutableElement method) {
    return Location.of(type.equals(method.getEnclosingElement()) ? method : type);
  }

  private boolean check(ExecutableElement method, String subject) {
    Location here = here(method);
    if (Annotation.of(method, "Step").isPresent()) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          here,
          "The method " + method.getSimpleName() + " is both a step and a handler.",
          "A handler calls steps; leave one of the two annotations.");
      return false;
    }
    List<String> roles =
        List.of(HANDLER, ON_FAILURE, ON_CANCELLED).stream()
            .filter(annotation -> Annotation.of(method, annotation).isPresent())
            .map(HandlerScanner::role)
            .toList();
    if (roles.size() > 1) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          here,
          "The method "
              + method.getSimpleName()
              + " is both "
              + roles.get(0)
              + " and "
              + roles.get(1)
              + ".",
          "They are two functions; leave one of the two annotations.");
      return false;
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)
        || method.getModifiers().contains(Modifier.STATIC)
        || !method.getTypeParameters().isEmpty()) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          here,
          "The method " + method.getSimpleName() + " is private, static or generic.",
          "Make it an instance method that is at least package-private, without type parameters.");
      return false;
    }
    return isReachable(method, here)
        && rules.throwsWhatCanBeThrown(signature(method), here, subject, ProblemCode.HANDLER_METHOD)
        && rules.namesWhatCanBeNamed(signature(method), here, subject);
  }

  private static String role(String annotation) {
    return switch (annotation) {
      case ON_FAILURE -> "the failure handler";
      case ON_CANCELLED -> "the cancellation handler";
      default -> "the handler";
    };
  }

  private boolean isReachable(ExecutableElement method, Location here) {
    boolean foreign = !elements.getPackageOf(method).equals(elements.getPackageOf(type));
    if (foreign && !method.getModifiers().contains(Modifier.PUBLIC)) {
      problems.add(
          ProblemCode.HANDLER_METHOD,
          here,
          "The method "
              + method.getSimpleName()
              + " is inherited from "
              + method.getEnclosingElement()
              + " in another package, where it is not public.",
          "Make it public: generated code in the package of the function calls it.");
      return false;
    }
    return true;
  }

  private void checkResult(ExecutableElement method) {
    json.problem(signature(method).result())
        .ifPresent(
            path ->
                problems.add(
                    ProblemCode.FUNCTION_RESULT,
                    here(method),
                    "The result of the handler "
                        + method.getSimpleName()
                        + " cannot be kept as JSON: "
                        + path
                        + ".",
                    "Return a record, or another type that Jackson can write and read."));
  }
}
