package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Tells what the calls in one class mean. */
final class Calls {
  private static final String ROOT = "dev.vibecoder.inngest.";
  private static final String UNDO = ROOT + "Undo";
  private static final Set<String> STEPS =
      Set.of(ROOT + "Steps", ROOT + "StepGroups", ROOT + "Ai", UNDO);

  /** Methods of these that only give something to call more methods of. */
  private static final Set<String> NO_STEPS = Set.of("context", "ai", "independent");

  /** Methods of these whose code is a step, not a part of the function with steps of its own. */
  private static final Set<String> BODIES = Set.of("run", "wrap", "step");

  private final Trees trees;
  private final Types types;
  private final TypeElement owner;

  Calls(Trees trees, Types types, TypeElement owner) {
    this.trees = trees;
    this.types = types;
    this.owner = owner;
  }

  /** The method or constructor that is called or referred to. */
  Optional<ExecutableElement> called(TreePath path) {
    return trees.getElement(path) instanceof ExecutableElement method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** The step that is called, as it is to be named. */
  Optional<String> step(Tree call, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (isSteps(method)) {
      return NO_STEPS.contains(name) || Effect.owner(method).equals(UNDO)
          ? Optional.empty()
          : Optional.of("Steps." + name);
    }
    boolean own = Annotation.of(method, "Step").isPresent() && isOwn(call, method);
    return own ? Optional.of(name) : Optional.empty();
  }

  private static boolean isSteps(ExecutableElement method) {
    return STEPS.contains(Effect.owner(method));
  }

  /** Whether a method of the same object is called. */
  boolean isOwn(Tree call, ExecutableElement method) {
    boolean onThis =
        (call instanceof MethodInvocationTree invocation && Syntax.isOnThis(invocation))
            || (call instanceof MemberReferenceTree reference
                && Syntax.isThis(reference.getQualifierExpression()));
    Element declaring = method.getEnclosingElement();
    return onThis
        && declaring instanceof TypeElement type
        && isSubtype(owner.asType(), type.asType());
  }

  boolean isSubtype(TypeMirror type, TypeMirror parent) {
    return types.isSubtype(types.erasure(type), types.erasure(parent));
  }

  /** Whether a method sends events without being a step. */
  static boolean sends(ExecutableElement method) {
    if (!method.getSimpleName().toString().startsWith("send")) {
      return false;
    }
    if (Effect.owner(method).equals(ROOT + "Inngest")) {
      return true;
    }
    Element declaring = method.getEnclosingElement();
    String name = declaring == null ? "" : declaring.getSimpleName().toString();
    return declaring != null
        && name.startsWith("Inngest")
        && (name.endsWith("Events") || name.endsWith("EventSender"))
        && Annotation.of(declaring, "InngestGenerated").isPresent();
  }

  /** Where what is handed to a call is run. */
  static Place handed(ExecutableElement method, Place place, boolean parallel) {
    String owner = Effect.owner(method);
    if (place == Place.STEP || place == Place.UNKNOWN) {
      return place;
    }
    if (isSteps(method)) {
      return BODIES.contains(method.getSimpleName().toString()) ? Place.STEP : Place.HANDLER;
    }
    if (parallel || Effect.runsElsewhere(method)) {
      return Place.ELSEWHERE;
    }
    boolean library = owner.startsWith("java.") && !method.getSimpleName().contentEquals("<init>");
    return library ? place : Place.UNKNOWN;
  }
}
