package dev.vibecoder.inngest.processor.internal.graph;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.lint.Javac;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * What the code of a compilation says of events and steps. It is read by names, while annotations
 * are processed: what is found goes into files that are written then, when no name has a meaning
 * yet. The names of event classes leave little room for mistakes.
 */
public final class Bodies {
  private static final Pattern SEND = Pattern.compile("send(\\w+Event)(?:Async|s)?");
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

  private final @Nullable Trees trees;
  private final Map<String, ClassBody> classes = new TreeMap<>();
  private boolean complete = true;

  public Bodies(ProcessingEnvironment environment) {
    this.trees = Javac.of(environment).map(Javac::trees).orElse(null);
  }

  /** Looks at the classes of a round. */
  public void collect(RoundEnvironment round) {
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type && Annotation.of(type, "InngestGenerated").isEmpty()) {
        TreePath path = trees == null ? null : trees.getPath(type);
        if (trees == null || path == null) {
          complete = false;
        } else {
          new Scanner(trees, type.getQualifiedName().toString()).scan(path, null);
        }
      }
    }
  }

  /** The code of a class, if it was compiled here. */
  public Optional<ClassBody> of(String type) {
    return Optional.ofNullable(classes.get(type));
  }

  /** The trees, where the compiler has some. */
  Optional<Trees> trees() {
    return Optional.ofNullable(trees);
  }

  Map<String, ClassBody> all() {
    return classes;
  }

  /** Whether the code of every class of the compilation was looked at. */
  boolean isComplete() {
    return complete;
  }

  /** Looks at one class and those nested in it. */
  private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees in;
    private String type;
    private String method = "";
    private Set<String> steps = new HashSet<>();

    Scanner(Trees in, String type) {
      this.in = in;
      this.type = type;
    }

    private ClassBody body() {
      return classes.computeIfAbsent(type, any -> new ClassBody());
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
      String outer = type;
      String outerMethod = method;
      if (in.getElement(getCurrentPath()) instanceof TypeElement element
          && !element.getQualifiedName().toString().isEmpty()) {
        type = element.getQualifiedName().toString();
        method = "";
      }
      body();
      super.visitClass(tree, null);
      type = outer;
      method = outerMethod;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
      String outer = method;
      Set<String> outerSteps = steps;
      if (outer.isEmpty()) {
        method = tree.getName().toString();
        steps = new HashSet<>();
        body().method(method);
      }
      super.visitMethod(tree, null);
      method = outer;
      steps = outerSteps;
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
      ExpressionTree select = call.getMethodSelect();
      String name = simpleName(select);
      String receiver =
          select instanceof MemberSelectTree member ? simpleName(member.getExpression()) : "";
      events(call, name, receiver);
      // What is handed over is called before what it is handed to, as when it is run.
      super.visitMethodInvocation(call, null);
      if (receiver.isEmpty() || receiver.equals("this") || receiver.equals("super")) {
        body().call(method, new ClassBody.Call("", name));
      } else if (OPERATIONS.contains(name) && steps.contains(receiver)) {
        literal(call.getArguments())
            .ifPresent(id -> body().call(method, new ClassBody.Call(name, id)));
      }
      return null;
    }

    private void events(MethodInvocationTree call, String name, String receiver) {
      Matcher send = SEND.matcher(name);
      if (send.matches()) {
        body().sends().add(new ClassBody.Mention(send.group(1), getCurrentPath()));
      } else if (name.equals("of") && receiver.endsWith("Event")) {
        if (receiver.equals("JsonEvent")) {
          literal(call.getArguments())
              .map(literal -> new ClassBody.Mention('"' + literal + '"', getCurrentPath()))
              .ifPresent(body().sends()::add);
        } else {
          body().sends().add(new ClassBody.Mention(receiver, getCurrentPath()));
        }
      } else if (name.startsWith("send") || name.equals("waitForEvent")) {
        List<ClassBody.Mention> found =
            name.equals("waitForEvent") ? body().waits() : body().sends();
        for (ExpressionTree argument : call.getArguments()) {
          if (argument instanceof MemberSelectTree member
              && member.getIdentifier().contentEquals("TYPE")) {
            found.add(new ClassBody.Mention(simpleName(member.getExpression()), getCurrentPath()));
          }
        }
      }
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void none) {
      String receiver = simpleName(reference.getQualifierExpression());
      String name = reference.getName().toString();
      if (receiver.equals("this") || receiver.equals("super")) {
        body().call(method, new ClassBody.Call("", name));
      } else if (receiver.endsWith("Event") && (name.equals("of") || name.equals("<init>"))) {
        body().sends().add(new ClassBody.Mention(receiver, getCurrentPath()));
      } else {
        Matcher send = SEND.matcher(name);
        if (send.matches()) {
          body().sends().add(new ClassBody.Mention(send.group(1), getCurrentPath()));
        }
      }
      return super.visitMemberReference(reference, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
      String name = simpleName(made.getIdentifier());
      if (name.endsWith("Event")) {
        body().sends().add(new ClassBody.Mention(name, getCurrentPath()));
      }
      return super.visitNewClass(made, null);
    }

    private static Optional<String> literal(List<? extends ExpressionTree> arguments) {
      return !arguments.isEmpty()
              && arguments.get(0) instanceof LiteralTree literal
              && literal.getValue() instanceof String text
          ? Optional.of(text)
          : Optional.empty();
    }

    /** The last name of an expression or type; empty if it ends in none. */
    private static String simpleName(Tree tree) {
      if (tree instanceof IdentifierTree identifier) {
        return identifier.getName().toString();
      }
      if (tree instanceof MemberSelectTree select) {
        return select.getIdentifier().toString();
      }
      return tree instanceof ParameterizedTypeTree generic ? simpleName(generic.getType()) : "?";
    }
  }
}
