package dev.vibecoder.inngest.processor.internal.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the source of a class and of those in it. It goes by names, because what is found is
 * written into files while annotations are processed, when no name has a meaning yet. What is run
 * comes in the order in which the compiler puts it into a class file.
 */
final class SourceScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final Set<String> OPERATIONS =
      Set.of(
          "run",
          "wrap",
          "infer",
          "sleep",
          "sleepUntil",
          "send",
          "waitForEvent",
          "waitForSignal",
          "sendSignal",
          "invoke",
          "fetch");
  private static final Set<String> STEPS = Set.of("Steps", "StepGroups");

  private final Trees trees;
  private final Imports imports;
  private final Function<TypeElement, ClassBody> bodies;
  private ClassBody body;
  private List<TypeUse> stretch = new ArrayList<>();
  private String method = "";
  private Set<String> steps = new HashSet<>();

  /**
   * Makes a scanner.
   *
   * @param bodies where to put what is found in a class that has a name
   */
  SourceScanner(Trees trees, Imports imports, Function<TypeElement, ClassBody> bodies) {
    this.trees = trees;
    this.imports = imports;
    this.bodies = bodies;
    this.body = new ClassBody();
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
    ClassBody outer = body;
    String outerMethod = method;
    if (trees.getElement(getCurrentPath()) instanceof TypeElement element
        && !element.getQualifiedName().toString().isEmpty()) {
      body = bodies.apply(element);
      method = "";
    }
    for (Tree member : tree.getMembers()) {
      stretch(() -> scan(member, null));
    }
    body = outer;
    method = outerMethod;
    return null;
  }

  private void stretch(Runnable scan) {
    List<TypeUse> outer = stretch;
    stretch = body.stretch();
    scan.run();
    stretch = outer;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
    String outer = method;
    Set<String> outerSteps = steps;
    if (outer.isEmpty()) {
      method = tree.getName().toString();
      steps = new HashSet<>();
      body.method(method);
    }
    super.visitMethod(tree, null);
    method = outer;
    steps = outerSteps;
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void none) {
    stretch(() -> super.visitLambdaExpression(lambda, null));
    return null;
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree loop, @Nullable Void none) {
    scan(loop.getInitializer(), null);
    scan(loop.getCondition(), null);
    scan(loop.getStatement(), null);
    scan(loop.getUpdate(), null);
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
    Tree declared = variable.getType();
    if (declared != null && STEPS.contains(simpleName(declared))) {
      steps.add(variable.getName().toString());
    }
    return super.visitVariable(variable, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
    // What is handed over is made before what it is handed to is called.
    super.visitMethodInvocation(call, null);
    ExpressionTree select = call.getMethodSelect();
    if (select instanceof MemberSelectTree member) {
      ExpressionTree receiver = member.getExpression();
      String name = member.getIdentifier().toString();
      called(name, imports.classes(receiver));
      steps(call, name, simpleName(receiver));
    } else if (select instanceof IdentifierTree identifier) {
      String name = identifier.getName().toString();
      called(name, imports.owners(name));
      steps(call, name, "");
    }
    return null;
  }

  private void called(String name, List<String> owners) {
    body.called(name, owners);
    ClassBody.taken(name, stretch);
  }

  private void steps(MethodInvocationTree call, String name, String receiver) {
    if (receiver.isEmpty() || receiver.equals("this") || receiver.equals("super")) {
      body.call(method, new ClassBody.Call("", name));
    } else if (OPERATIONS.contains(name) && steps.contains(receiver)) {
      literal(call.getArguments()).ifPresent(id -> body.call(method, new ClassBody.Call(name, id)));
    }
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void none) {
    ExpressionTree receiver = reference.getQualifierExpression();
    String name =
        reference.getMode() == MemberReferenceTree.ReferenceMode.NEW
            ? "<init>"
            : reference.getName().toString();
    body.called(name, imports.classes(receiver));
    String simple = simpleName(receiver);
    if (simple.equals("this") || simple.equals("super")) {
      body.call(method, new ClassBody.Call("", name));
    }
    return super.visitMemberReference(reference, null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
    super.visitNewClass(made, null);
    body.called("<init>", imports.classes(made.getIdentifier()));
    return null;
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void none) {
    super.visitMemberSelect(select, null);
    if (select.getIdentifier().contentEquals("TYPE")) {
      named(imports.classes(select.getExpression()));
    }
    return null;
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree identifier, @Nullable Void none) {
    if (identifier.getName().contentEquals("TYPE")) {
      named(imports.owners("TYPE"));
    }
    return null;
  }

  private void named(List<String> classes) {
    if (!classes.isEmpty()) {
      stretch.add(new TypeUse.Named(new Mention.ByClass(classes)));
    }
  }

  private static Optional<String> literal(List<? extends ExpressionTree> arguments) {
    return !arguments.isEmpty()
            && arguments.get(0) instanceof LiteralTree literal
            && literal.getValue() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The last name of an expression or type; something that is no name if it ends in none. */
  private static String simpleName(Tree tree) {
    if (tree instanceof IdentifierTree identifier) {
      return identifier.getName().toString();
    }
    return tree instanceof MemberSelectTree select ? select.getIdentifier().toString() : "?";
  }
}
