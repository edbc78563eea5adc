package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.HashSet;
import java.util.Set;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Tells of doubtful code where it stands, unless it is said there that it is meant. */
final class Report {
  private final Trees trees;
  private final LintLevel level;
  private final Set<String> told = new HashSet<>();

  Report(Trees trees, LintLevel level) {
    this.trees = trees;
    this.level = level;
  }

  /**
   * Tells it.
   *
   * @param path the code; its parents say whether it is meant
   * @param at the part of it that the message points to
   */
  void add(ProblemCode code, TreePath path, Tree at, String fact, String fix) {
    print(level.kind(), code, path, at, fact, fix);
  }

  /** Tells of what cannot work, which is an error at any level. */
  void mistake(ProblemCode code, TreePath path, Tree at, String fact, String fix) {
    print(code.kind(), code, path, at, fact, fix);
  }

  private void print(
      Diagnostic.Kind kind, ProblemCode code, TreePath path, Tree at, String fact, String fix) {
    String text = "[inngest/" + code.code() + "] " + fact + " " + fix;
    if (!isMeant(code, path) && told.add(System.identityHashCode(at) + text)) {
      trees.printMessage(kind, text, at, path.getCompilationUnit());
    }
  }

  private static boolean isMeant(ProblemCode code, TreePath path) {
    for (Tree tree : path) {
      ModifiersTree modifiers =
          tree instanceof MethodTree method
              ? method.getModifiers()
              : tree instanceof ClassTree type
                  ? type.getModifiers()
                  : tree instanceof VariableTree variable ? variable.getModifiers() : null;
      if (modifiers != null && isSuppressed(code, modifiers)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSuppressed(ProblemCode code, ModifiersTree modifiers) {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      String type = annotation.getAnnotationType().toString();
      if (type.equals("SuppressWarnings") || type.equals("java.lang.SuppressWarnings")) {
        for (ExpressionTree argument : annotation.getArguments()) {
          if (names(argument, "inngest:" + code.code())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean names(Tree argument, String wanted) {
    return Boolean.TRUE.equals(
        new TreeScanner<@Nullable Boolean, @Nullable Void>() {
          @Override
          public @Nullable Boolean visitLiteral(LiteralTree literal, @Nullable Void none) {
            return wanted.equals(literal.getValue());
          }

          @Override
          public @Nullable Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
            return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
          }
        }.scan(argument, null));
  }
}
