package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import java.util.List;

/** Questions about trees that need no types. */
final class Syntax {
  private Syntax() {}

  /** Where an expression begins: {@code Instant} in {@code Instant.now()}. */
  static Tree start(Tree tree) {
    Tree at = tree;
    while (true) {
      if (at instanceof MethodInvocationTree call) {
        at = call.getMethodSelect();
      } else if (at instanceof MemberSelectTree select) {
        at = select.getExpression();
      } else if (at instanceof ArrayAccessTree access) {
        at = access.getExpression();
      } else if (at instanceof MemberReferenceTree reference) {
        at = reference.getQualifierExpression();
      } else {
        return at;
      }
    }
  }

  /** What an expression takes its parts from: {@code order} in {@code order.items[0].count}. */
  static Tree root(Tree tree) {
    Tree at = tree;
    while (true) {
      if (at instanceof ArrayAccessTree access) {
        at = access.getExpression();
      } else if (at instanceof ParenthesizedTree inner) {
        at = inner.getExpression();
      } else if (at instanceof TypeCastTree cast) {
        at = cast.getExpression();
      } else if (at instanceof MemberSelectTree select && !isThis(select.getExpression())) {
        at = select.getExpression();
      } else {
        return at;
      }
    }
  }

  /** Whether an expression is the object itself. */
  static boolean isThis(Tree tree) {
    return (tree instanceof IdentifierTree name
            && (name.getName().contentEquals("this") || name.getName().contentEquals("super")))
        || (tree instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("this"));
  }

  /** Whether a method is called on the object itself. */
  static boolean isOnThis(MethodInvocationTree call) {
    ExpressionTree method = call.getMethodSelect();
    return method instanceof IdentifierTree
        || (method instanceof MemberSelectTree select && isThis(select.getExpression()));
  }

  /** Whether a block ends by throwing what it caught. */
  static boolean rethrows(BlockTree block, CharSequence caught) {
    List<? extends StatementTree> statements = block.getStatements();
    return !statements.isEmpty()
        && statements.get(statements.size() - 1) instanceof ThrowTree thrown
        && thrown.getExpression() instanceof IdentifierTree name
        && name.getName().contentEquals(caught);
  }

  /** A call in short: {@code Instant.now()}, {@code new Random()}. */
  static String display(Tree tree, String owner) {
    if (tree instanceof NewClassTree) {
      return "new " + owner + "()";
    }
    Tree method = tree instanceof MethodInvocationTree call ? call.getMethodSelect() : tree;
    if (method instanceof MemberReferenceTree reference) {
      return owner + "." + reference.getName() + "()";
    }
    if (method instanceof MemberSelectTree select) {
      String receiver =
          select.getExpression() instanceof IdentifierTree name ? name.getName() + "" : owner;
      return receiver + "." + select.getIdentifier() + "()";
    }
    return method instanceof IdentifierTree name ? name.getName() + "()" : owner;
  }
}
