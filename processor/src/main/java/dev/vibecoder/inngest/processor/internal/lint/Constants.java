package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.lang.model.element.VariableElement;

/** Texts that the compiler knows. */
record Constants(Trees trees) {
  /** The text of an expression, empty if it is known at run time only. */
  Optional<String> text(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof LiteralTree literal) {
      return Optional.ofNullable(literal.getValue()).map(Object::toString);
    }
    if (tree instanceof ParenthesizedTree inner) {
      return text(new TreePath(path, inner.getExpression()));
    }
    if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
      Optional<String> left = text(new TreePath(path, sum.getLeftOperand()));
      Optional<String> right = text(new TreePath(path, sum.getRightOperand()));
      return left.flatMap(first -> right.map(second -> first + second));
    }
    return trees.getElement(path) instanceof VariableElement variable
        ? Optional.ofNullable(variable.getConstantValue()).map(Object::toString)
        : Optional.empty();
  }
}
