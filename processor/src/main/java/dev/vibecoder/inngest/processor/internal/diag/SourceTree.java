package dev.vibecoder.inngest.processor.internal.diag;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The source as javac has it. An annotation that is given several times stands in a container that
 * the compiler makes up, and its messager finds no place for what is in there; here it is found.
 */
final class SourceTree {
  private final Trees trees;

  private SourceTree(Trees trees) {
    this.trees = trees;
  }

  /** The source, or empty where the compiler is not javac. */
  static Optional<SourceTree> of(ProcessingEnvironment environment) {
    try {
      return Optional.of(new SourceTree(Trees.instance(environment)));
    } catch (IllegalArgumentException | LinkageError otherCompiler) {
      return Optional.empty();
    }
  }

  /** Prints a message at a value of a repeated annotation; false if the location is none. */
  boolean print(Diagnostic.Kind kind, String message, Location location) {
    AnnotationMirror mirror = location.annotation();
    if (mirror == null || location.element().getAnnotationMirrors().contains(mirror)) {
      return false;
    }
    TreePath path = trees.getPath(location.element());
    if (path == null) {
      return false;
    }
    Optional<Tree> tree =
        annotation(path, location.element(), mirror)
            .map(annotation -> value(annotation, mirror, location.value()));
    tree.ifPresent(found -> trees.printMessage(kind, message, found, path.getCompilationUnit()));
    return tree.isPresent();
  }

  /** The annotation as it was written: of those of its type, the one in the same place. */
  private static Optional<AnnotationTree> annotation(
      TreePath path, Element element, AnnotationMirror mirror) {
    if (!(path.getLeaf() instanceof ClassTree type)) {
      return Optional.empty();
    }
    String name = mirror.getAnnotationType().asElement().getSimpleName().toString();
    List<? extends AnnotationTree> written =
        type.getModifiers().getAnnotations().stream()
            .filter(annotation -> simpleName(annotation.getAnnotationType()).equals(name))
            .toList();
    int index = index(element, mirror);
    return index >= 0 && index < written.size()
        ? Optional.of(written.get(index))
        : Optional.empty();
  }

  /** The place of an annotation in the container that holds it, or -1. */
  private static int index(Element element, AnnotationMirror mirror) {
    for (AnnotationMirror container : element.getAnnotationMirrors()) {
      for (AnnotationValue value : container.getElementValues().values()) {
        if (value.getValue() instanceof List<?> list) {
          for (int i = 0; i < list.size(); i++) {
            if (((AnnotationValue) list.get(i)).getValue() == mirror) {
              return i;
            }
          }
        }
      }
    }
    return -1;
  }

  private static String simpleName(Tree type) {
    if (type instanceof MemberSelectTree select) {
      return select.getIdentifier().toString();
    }
    return type instanceof IdentifierTree identifier ? identifier.getName().toString() : "";
  }

  /** The value in an annotation, or the annotation if there is no such value. */
  private static Tree value(
      AnnotationTree annotation, AnnotationMirror mirror, @Nullable AnnotationValue value) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> member :
        mirror.getElementValues().entrySet()) {
      int item = member.getValue().getValue() instanceof List<?> list ? list.indexOf(value) : -1;
      if (member.getValue() == value || item >= 0) {
        String name = member.getKey().getSimpleName().toString();
        return annotation.getArguments().stream()
            .map(argument -> argument(argument, name))
            .flatMap(Optional::stream)
            .map(argument -> item(argument, item))
            .findFirst()
            .orElse(annotation);
      }
    }
    return annotation;
  }

  private static Optional<ExpressionTree> argument(ExpressionTree argument, String member) {
    if (argument instanceof AssignmentTree assignment) {
      return assignment.getVariable().toString().equals(member)
          ? Optional.of(assignment.getExpression())
          : Optional.empty();
    }
    return member.equals("value") ? Optional.of(argument) : Optional.empty();
  }

  private static Tree item(ExpressionTree argument, int item) {
    return item >= 0
            && argument instanceof NewArrayTree array
            && item < array.getInitializers().size()
        ? array.getInitializers().get(item)
        : argument;
  }
}
