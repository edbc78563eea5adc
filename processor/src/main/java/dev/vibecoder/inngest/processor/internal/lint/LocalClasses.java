package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** Tells of functions and payloads in methods: compilers do not show these to processors. */
record LocalClasses(Report report) {
  /** Looks at a class, wherever it is. */
  void check(TypeElement type, TreePath path) {
    if (type.getNestingKind() != NestingKind.LOCAL) {
      return;
    }
    if (Annotation.of(type, "InngestFunction").isPresent()) {
      report.mistake(
          ProblemCode.FUNCTION_NESTED,
          path,
          annotation(path, "InngestFunction"),
          "The function class " + type.getSimpleName() + " is in a method.",
          "Move it out: generated code cannot name it there.");
    }
    if (Annotation.of(type, "InngestEvent").isPresent()) {
      report.mistake(
          ProblemCode.EVENT_KIND,
          path,
          annotation(path, "InngestEvent"),
          "@InngestEvent is on " + type.getSimpleName() + ", which is in a method.",
          "Move it out: generated code cannot name it there.");
    }
  }

  private static Tree annotation(TreePath path, String simpleName) {
    return ((ClassTree) path.getLeaf())
        .getModifiers().getAnnotations().stream()
            .filter(annotation -> annotation.getAnnotationType().toString().endsWith(simpleName))
            .map(Tree.class::cast)
            .findFirst()
            .orElse(path.getLeaf());
  }
}
