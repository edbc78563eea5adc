package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** The methods that a class declares, and the steps that calling them leads to. */
final class OwnMethods {
  private static final List<String> HANDLERS = List.of("Handler", "OnFailure", "OnCancelled");

  private final Calls calls;
  private final Map<ExecutableElement, TreePath> methods = new LinkedHashMap<>();
  private final Map<ExecutableElement, Reached> reached = new HashMap<>();

  OwnMethods(Trees trees, Calls calls, TreePath type) {
    this.calls = calls;
    for (Tree member : ((ClassTree) type.getLeaf()).getMembers()) {
      TreePath path = new TreePath(type, member);
      if (member instanceof MethodTree && trees.getElement(path) instanceof ExecutableElement own) {
        methods.put(own, path);
      }
    }
  }

  /** What a method calls: a step, or others of the class. */
  private record Reached(Optional<String> step, Set<ExecutableElement> called) {}

  Set<ExecutableElement> all() {
    return methods.keySet();
  }

  Optional<TreePath> path(ExecutableElement method) {
    return Optional.ofNullable(methods.get(method));
  }

  /** How a method of the class is entered; null for one that only others of the class call. */
  static @Nullable Place place(ExecutableElement method) {
    if (Annotation.of(method, "Step").isPresent()) {
      return Place.STEP;
    }
    return HANDLERS.stream().anyMatch(name -> Annotation.of(method, name).isPresent())
        ? Place.HANDLER
        : null;
  }

  /** Whether a method is ordinary code of the class. */
  boolean isPlain(ExecutableElement method) {
    return methods.containsKey(method) && place(method) == null;
  }

  /** The step that calling a method leads to. */
  Optional<String> step(ExecutableElement method) {
    return step(method, new HashSet<>());
  }

  private Optional<String> step(ExecutableElement method, Set<ExecutableElement> seen) {
    if (!isPlain(method) || !seen.add(method)) {
      return Optional.empty();
    }
    Reached own = reached.computeIfAbsent(method, this::scan);
    return own.step()
        .or(() -> own.called().stream().flatMap(next -> step(next, seen).stream()).findFirst());
  }

  /** The step that code calls, itself or through methods of the class. */
  Optional<String> stepIn(TreePath code) {
    Reached found = scan(code);
    return found
        .step()
        .or(() -> found.called().stream().flatMap(next -> step(next).stream()).findFirst());
  }

  private Reached scan(ExecutableElement method) {
    TreePath path = methods.get(method);
    return path == null ? new Reached(Optional.empty(), Set.of()) : scan(path);
  }

  private Reached scan(TreePath code) {
    Set<ExecutableElement> called = new LinkedHashSet<>();
    Optional<String> step =
        Optional.ofNullable(
            new TreePathScanner<@Nullable String, @Nullable Void>() {
              @Override
              public @Nullable String reduce(@Nullable String one, @Nullable String other) {
                return one != null ? one : other;
              }

              @Override
              public @Nullable String visitMethodInvocation(
                  MethodInvocationTree call, @Nullable Void none) {
                String own = look(call);
                return reduce(own, super.visitMethodInvocation(call, null));
              }

              @Override
              public @Nullable String visitMemberReference(
                  MemberReferenceTree reference, @Nullable Void none) {
                String own = look(reference);
                return reduce(own, super.visitMemberReference(reference, null));
              }

              private @Nullable String look(Tree tree) {
                Optional<ExecutableElement> method = calls.called(getCurrentPath());
                method.filter(one -> isPlain(one) && calls.isOwn(tree, one)).ifPresent(called::add);
                return method.flatMap(one -> calls.step(tree, one)).orElse(null);
              }
            }.scan(code, null));
    return new Reached(step, called);
  }
}
