package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Finds what a step changes although the next call of the function will not know of it. */
final class StateInStep {
  private static final Set<String> MUTABLE =
      Set.of(
          "java.util.Collection",
          "java.util.List",
          "java.util.Set",
          "java.util.Queue",
          "java.util.Deque",
          "java.util.Map",
          "java.util.ArrayList",
          "java.util.LinkedList",
          "java.util.HashMap",
          "java.util.ArrayDeque",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentMap",
          "java.util.concurrent.atomic.AtomicBoolean",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong",
          "java.util.concurrent.atomic.AtomicReference",
          "java.lang.StringBuilder",
          "java.lang.StringBuffer");
  private static final Set<String> CHANGING =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "append",
          "clear",
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "decrementAndGet",
          "getAndAdd",
          "getAndDecrement",
          "getAndIncrement",
          "getAndSet",
          "incrementAndGet",
          "addAndGet",
          "insert",
          "merge",
          "offer",
          "poll",
          "pop",
          "push",
          "put",
          "putAll",
          "putIfAbsent",
          "remove",
          "removeAll",
          "removeIf",
          "replace",
          "replaceAll",
          "retainAll",
          "set",
          "sort",
          "updateAndGet");

  private final Trees trees;

  StateInStep(Trees trees) {
    this.trees = trees;
  }

  /** The variables that are declared in a piece of code. */
  Set<Element> declaredIn(TreePath code) {
    Set<Element> declared = new HashSet<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null) {
          declared.add(element);
        }
        return super.visitVariable(variable, null);
      }
    }.scan(code, null);
    return declared;
  }

  /**
   * What an assignment changes outside of a step.
   *
   * @param path the assignment
   * @param own the variables of the step, or null if all are
   * @return how it is named
   */
  Optional<String> assigned(TreePath path, ExpressionTree target, @Nullable Set<Element> own) {
    Tree root = Syntax.root(target);
    Element element = trees.getElement(new TreePath(path, root));
    if (element == null) {
      return Optional.empty();
    }
    if (element.getKind() == ElementKind.FIELD) {
      return Optional.of("the field " + element.getSimpleName());
    }
    return isCaptured(element, own)
        ? Optional.of("the variable " + element.getSimpleName())
        : Optional.empty();
  }

  /** The captured variable that a call changes. */
  Optional<String> mutated(
      TreePath path,
      MethodInvocationTree call,
      ExecutableElement called,
      @Nullable Set<Element> own) {
    if (!(call.getMethodSelect() instanceof MemberSelectTree select)
        || !CHANGING.contains(called.getSimpleName().toString())
        || !MUTABLE.contains(Effect.owner(called))) {
      return Optional.empty();
    }
    if (!(Syntax.root(select.getExpression()) instanceof IdentifierTree root)) {
      return Optional.empty();
    }
    Element element = trees.getElement(new TreePath(path, root));
    return element != null && isCaptured(element, own)
        ? Optional.of("the variable " + element.getSimpleName())
        : Optional.empty();
  }

  private static boolean isCaptured(Element element, @Nullable Set<Element> own) {
    boolean local =
        switch (element.getKind()) {
          case LOCAL_VARIABLE,
              PARAMETER,
              EXCEPTION_PARAMETER,
              RESOURCE_VARIABLE,
              BINDING_VARIABLE ->
              true;
          default -> false;
        };
    return own != null && local && !own.contains(element);
  }
}
