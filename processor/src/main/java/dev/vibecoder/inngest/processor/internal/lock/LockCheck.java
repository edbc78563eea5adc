package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.validate.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reports what would break runs under way. */
final class LockCheck {
  private static final String UPDATE = "compile once with -Ainngest.lock.update=true";

  private final Elements elements;
  private final Bodies bodies;
  private final Problems problems;
  private final String file;
  private final LockedModule before;
  private final LockedModule now;
  private final Compatibility compatibility;

  /**
   * Makes a check.
   *
   * @param file name of the file, for messages
   */
  LockCheck(
      Elements elements,
      Bodies bodies,
      Problems problems,
      String file,
      LockedModule before,
      LockedModule now) {
    this.elements = elements;
    this.bodies = bodies;
    this.problems = problems;
    this.file = file;
    this.before = before;
    this.now = now;
    this.compatibility = new Compatibility(before.types(), now.types());
  }

  void check() {
    for (LockedModule.Function old : before.functions().values()) {
      LockedModule.Function function = now.functions().get(old.id());
      if (function != null) {
        function(old, function);
      } else if (!isElsewhere(old)) {
        removed(old);
      }
    }
  }

  /**
   * Whether a function is there, but was not compiled this time: compilers of IDEs and incremental
   * builds look at what has changed.
   */
  boolean isElsewhere(LockedModule.Function function) {
    if (now.functions().values().stream().anyMatch(one -> one.type().equals(function.type()))) {
      return false;
    }
    TypeElement type = elements.getTypeElement(function.type());
    if (type == null) {
      // Where the output is not on the class path, its files are all that is known.
      return bodies.isCompiled(function.type());
    }
    return Annotation.of(type, "InngestFunction")
        .filter(annotation -> annotation.rawText("id").equals(function.id()))
        .isPresent();
  }

  private String at(int line) {
    return " (" + file + ":" + line + ")";
  }

  private void removed(LockedModule.Function old) {
    String fact = "The function \"" + old.id() + "\" is gone" + at(old.line()) + ".";
    Optional<LockedModule.Function> renamed =
        now.functions().values().stream()
            .filter(one -> one.type().equals(old.type()))
            .filter(one -> !before.functions().containsKey(one.id()))
            .findFirst();
    String fix =
        "Runs of it that are under way can go on nowhere. Keep it until they have ended; if they"
            + " have, "
            + UPDATE
            + ".";
    if (renamed.isPresent()) {
      problems.add(
          ProblemCode.LOCK_FUNCTION_REMOVED,
          functionAt(renamed.get()),
          fact + " Its class now has the id \"" + renamed.get().id() + "\".",
          fix);
    } else {
      problems.addGeneral(ProblemCode.LOCK_FUNCTION_REMOVED, fact, fix);
    }
  }

  private void function(LockedModule.Function old, LockedModule.Function function) {
    Map<String, String> renamed = renamed(function);
    List<LockedModule.Step> gone = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (LockedModule.Step step : old.steps()) {
      String id = renamed.getOrDefault(step.id(), step.id());
      Optional<LockedModule.Step> same = function.step(id);
      if (same.isEmpty()) {
        gone.add(step);
      } else {
        order.add(id);
        step(function, step, same.get());
      }
    }
    gone(old, function, gone, Set.copyOf(order));
    if (old.ordered() && function.ordered()) {
      order(old, function, order);
    }
    compatibility
        .difference(old.result(), function.result())
        .filter(difference -> !isResultOfAStep(old, function))
        .ifPresent(
            difference ->
                problems.add(
                    ProblemCode.LOCK_RESULT,
                    functionAt(function),
                    "The result of the function \""
                        + function.id()
                        + "\" has changed"
                        + at(old.line())
                        + ": "
                        + difference
                        + ".",
                    "Functions that have invoked it read the former result as the new one. Let what"
                        + " is new be missing, or "
                        + UPDATE
                        + " when no such run is under way."));
  }

  /** Whether what has changed is the result of a step, of which it is told already. */
  private static boolean isResultOfAStep(
      LockedModule.Function old, LockedModule.Function function) {
    return old.steps().stream()
        .filter(step -> step.result().equals(old.result()))
        .anyMatch(
            step ->
                function
                    .step(step.id())
                    .filter(one -> one.keyed() == step.keyed())
                    .filter(one -> one.result().equals(function.result()))
                    .isPresent());
  }

  /** The ids that steps had before, with what they are now. */
  private Map<String, String> renamed(LockedModule.Function function) {
    Map<String, String> renamed = new HashMap<>();
    for (ExecutableElement method : steps(function)) {
      Annotation.of(method, "Step")
          .ifPresent(
              annotation -> {
                String id = idOf(method, annotation);
                annotation.texts("formerly").forEach(old -> renamed.put(old.value(), id));
              });
    }
    return renamed;
  }

  private static String idOf(ExecutableElement method, Annotation annotation) {
    return annotation.text("value").orElseGet(() -> Ids.kebab(method.getSimpleName().toString()));
  }

  private List<ExecutableElement> steps(LockedModule.Function function) {
    TypeElement type = elements.getTypeElement(function.type());
    return type == null
        ? List.of()
        : ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
            .filter(method -> Annotation.of((Element) method, "Step").isPresent())
            .toList();
  }

  private void step(LockedModule.Function function, LockedModule.Step old, LockedModule.Step step) {
    if (old.keyed() != step.keyed()) {
      problems.add(
          ProblemCode.LOCK_STEP_KEY,
          stepAt(function, step),
          "The step \""
              + old.shown()
              + "\" of \""
              + function.id()
              + "\" is \""
              + step.shown()
              + "\" now"
              + at(old.line())
              + ".",
          "Runs under way that have done it do it again under its new id. Give it another id and"
              + " keep the old one until these runs have ended, or "
              + UPDATE
              + " if doing it again does no harm.");
      return;
    }
    compatibility
        .difference(old.result(), step.result())
        .ifPresent(
            difference ->
                problems.add(
                    ProblemCode.LOCK_RESULT,
                    stepAt(function, step),
                    "The result of the step \""
                        + step.shown()
                        + "\" of \""
                        + function.id()
                        + "\" has changed"
                        + at(old.line())
                        + ": "
                        + difference
                        + ".",
                    "Runs under way that have done it read what they recorded as the new type. Let"
                        + " what is new be missing, give the step another id, or "
                        + UPDATE
                        + " when no such run is under way."));
  }

  private void gone(
      LockedModule.Function old,
      LockedModule.Function function,
      List<LockedModule.Step> gone,
      Set<String> kept) {
    List<LockedModule.Step> fresh =
        function.steps().stream()
            .filter(step -> !kept.contains(step.id()) && old.step(step.id()).isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    for (LockedModule.Step step : gone) {
      Optional<LockedModule.Step> instead =
          fresh.stream()
              .filter(one -> one.kind().equals(step.kind()) && one.keyed() == step.keyed())
              .filter(one -> compatibility.difference(step.result(), one.result()).isEmpty())
              .findFirst();
      instead.ifPresent(fresh::remove);
      String fact =
          "The step \""
              + step.shown()
              + "\" of \""
              + function.id()
              + "\" is gone"
              + at(step.line());
      boolean method = step.kind().equals(LockedModule.Step.METHOD);
      if (instead.isPresent()) {
        problems.add(
            ProblemCode.LOCK_STEP_RENAMED,
            stepAt(function, instead.get()),
            fact + ", and \"" + instead.get().shown() + "\" is new.",
            "Runs under way that have done the old one do the new one as well. If it is the same"
                + " step: "
                + (method
                    ? "@Step(formerly = \"" + step.id() + "\")"
                    : "keep the id that runs know")
                + ". If not, "
                + UPDATE
                + ".");
      } else {
        problems.add(
            ProblemCode.LOCK_STEP_REMOVED,
            functionAt(function),
            fact + ".",
            "Runs under way that have done it go on without its result, those that have not never"
                + " do it. If that is meant, "
                + UPDATE
                + ".");
      }
    }
  }

  /** The steps that both have must come in the same order. */
  private void order(
      LockedModule.Function old, LockedModule.Function function, List<String> before) {
    List<String> after =
        function.steps().stream().map(LockedModule.Step::id).filter(before::contains).toList();
    List<String> known = before.stream().distinct().toList();
    for (int i = 0; i < Math.min(known.size(), after.size()); i++) {
      if (!known.get(i).equals(after.get(i))) {
        LockedModule.Step first = function.step(after.get(i)).orElseThrow();
        problems.add(
            ProblemCode.LOCK_STEP_ORDER,
            stepAt(function, first),
            "The step \""
                + first.shown()
                + "\" of \""
                + function.id()
                + "\" comes before \""
                + known.get(i)
                + "\" now, and came after it"
                + at(old.line())
                + ".",
            "Runs under way that have done \""
                + known.get(i)
                + "\" but not \""
                + first.id()
                + "\" do them in another order than all others. If that does no harm, "
                + UPDATE
                + ".");
        return;
      }
    }
  }

  private Location functionAt(LockedModule.Function function) {
    TypeElement type = elements.getTypeElement(function.type());
    if (type == null) {
      throw new IllegalStateException(function.type() + " was there before");
    }
    return Annotation.of(type, "InngestFunction")
        .map(annotation -> annotation.at("id"))
        .orElseGet(() -> Location.of(type));
  }

  private Location stepAt(LockedModule.Function function, LockedModule.Step step) {
    return steps(function).stream()
        .filter(
            method ->
                Annotation.of((Element) method, "Step")
                    .filter(annotation -> idOf(method, annotation).equals(step.id()))
                    .isPresent())
        .filter(
            method -> {
              Element owner = method.getEnclosingElement();
              return owner != null && owner.toString().equals(function.type());
            })
        .findFirst()
        .map(Location::of)
        .orElseGet(() -> functionAt(function));
  }
}
