package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Looks at the code of one method, with the place where it stands. */
final class BodyScanner extends TreePathScanner<@Nullable Void, Place> {
  private static final Set<String> SWALLOWING = Set.of("java.lang.Throwable", "java.lang.Error");

  private final Trees trees;
  private final Calls calls;
  private final OwnMethods methods;
  private final Optional<WaitConditions> waits;
  private final LiteralIds ids;
  private final Report report;
  private final StateInStep state;
  private final BiConsumer<ExecutableElement, Place> follow;

  /** Where lambdas and anonymous classes are run that are handed to a call. */
  private final IdentityHashMap<Tree, Place> run = new IdentityHashMap<>();

  /** The variables of the step that is looked at; null if all are its own. */
  private @Nullable Set<Element> own;

  /**
   * Makes a scanner.
   *
   * @param waits checks waits, in classes that are functions
   * @param ids checks the ids of calls
   * @param follow told of every method of the class that is called, and where
   */
  BodyScanner(
      Trees trees,
      Calls calls,
      OwnMethods methods,
      Optional<WaitConditions> waits,
      LiteralIds ids,
      Report report,
      BiConsumer<ExecutableElement, Place> follow) {
    this.trees = trees;
    this.calls = calls;
    this.methods = methods;
    this.waits = waits;
    this.ids = ids;
    this.report = report;
    this.state = new StateInStep(trees);
    this.follow = follow;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, Place place) {
    Optional<ExecutableElement> called = calls.called(getCurrentPath());
    called.ifPresent(method -> call(call, method, place));
    called.ifPresent(method -> ids.check(getCurrentPath(), call, method));
    called.ifPresent(method -> waits.ifPresent(wait -> wait.check(getCurrentPath(), call, method)));
    scan(call.getTypeArguments(), place);
    scan(call.getMethodSelect(), place);
    boolean parallel = isParallel(call);
    Place handed =
        called.map(method -> Calls.handed(method, place, parallel)).orElse(Place.UNKNOWN);
    call.getArguments().forEach(argument -> argument(argument, place, handed));
    return null;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree made, Place place) {
    Optional<ExecutableElement> called = calls.called(getCurrentPath());
    called.ifPresent(constructor -> effect(made, constructor, false, place));
    scan(made.getEnclosingExpression(), place);
    Place handed =
        called.map(constructor -> Calls.handed(constructor, place, false)).orElse(Place.UNKNOWN);
    made.getArguments().forEach(argument -> argument(argument, place, handed));
    scan(made.getClassBody(), place);
    return null;
  }

  /** What is handed over; code is not run here, but where the call has it run. */
  private void argument(ExpressionTree argument, Place place, Place handed) {
    if (argument instanceof MemberReferenceTree) {
      scan(argument, handed);
      return;
    }
    if (argument instanceof LambdaExpressionTree) {
      run.put(argument, handed);
    } else if (argument instanceof NewClassTree made && made.getClassBody() != null) {
      run.put(made.getClassBody(), handed);
    }
    scan(argument, place);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, Place place) {
    Place inside = placeOf(lambda, place);
    Set<Element> outer = own;
    if (inside == Place.STEP && place != Place.STEP) {
      own = state.declaredIn(getCurrentPath());
    }
    super.visitLambdaExpression(lambda, inside);
    own = outer;
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, Place place) {
    return super.visitClass(type, placeOf(type, Place.UNKNOWN));
  }

  /** Where code is run that is handed over; what is kept is run nobody knows where. */
  private Place placeOf(Tree code, Place around) {
    Place handed = run.remove(code);
    return handed != null ? handed : around == Place.STEP ? around : Place.UNKNOWN;
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree reference, Place place) {
    calls.called(getCurrentPath()).ifPresent(method -> call(reference, method, place));
    return super.visitMemberReference(reference, place);
  }

  private void call(Tree call, ExecutableElement method, Place place) {
    if (place == Place.UNKNOWN) {
      return;
    }
    Optional<String> step = calls.step(call, method);
    if (step.isPresent()) {
      step(call, step.get(), "", place);
      return;
    }
    if (methods.isPlain(method) && calls.isOwn(call, method)) {
      Optional<String> through = place == Place.HANDLER ? Optional.empty() : methods.step(method);
      if (through.isPresent()) {
        step(call, through.get(), " through " + method.getSimpleName(), place);
      } else {
        follow.accept(method, place);
      }
      return;
    }
    if (place == Place.HANDLER && Calls.sends(method)) {
      report.add(
          ProblemCode.SEND_IN_HANDLER,
          getCurrentPath(),
          Syntax.start(call),
          method.getSimpleName()
              + " is called outside a step: the event is sent again whenever the function is"
              + " called again.",
          "Use Steps.send(...), which sends it once.");
      return;
    }
    effect(call, method, isOnField(call), place);
    if (place == Place.STEP && call instanceof MethodInvocationTree invocation) {
      state
          .mutated(getCurrentPath(), invocation, method, own)
          .ifPresent(what -> changed(invocation, what));
    }
  }

  private void step(Tree call, String step, String through, Place place) {
    if (place == Place.STEP) {
      report.add(
          ProblemCode.NESTED_STEP,
          getCurrentPath(),
          Syntax.start(call),
          "The step " + step + " is called inside a step" + through + ".",
          "Call it from the handler, and hand its result to this step; here it is an error when it"
              + " runs.");
    } else if (place == Place.ELSEWHERE) {
      report.add(
          ProblemCode.STEP_ELSEWHERE,
          getCurrentPath(),
          Syntax.start(call),
          "The step " + step + " is called" + through + " in code that another thread may run.",
          "Call steps on the thread of the handler: a run is bound to it.");
    }
  }

  private void effect(Tree call, ExecutableElement method, boolean onField, Place place) {
    Effect effect = place == Place.HANDLER ? Effect.of(method, onField) : null;
    if (effect != null) {
      Element owner = method.getEnclosingElement();
      String type = owner == null ? "" : owner.getSimpleName().toString();
      report.add(
          effect.code(),
          getCurrentPath(),
          Syntax.start(call),
          Syntax.display(call, type)
              + " is called outside a step: it "
              + effect.consequence()
              + ".",
          effect.fix());
    }
  }

  private boolean isOnField(Tree call) {
    ExpressionTree receiver =
        call instanceof MethodInvocationTree invocation
                && invocation.getMethodSelect() instanceof MemberSelectTree select
            ? select.getExpression()
            : call instanceof MemberReferenceTree reference
                ? reference.getQualifierExpression()
                : null;
    if (receiver == null) {
      return false;
    }
    Element element = trees.getElement(new TreePath(getCurrentPath(), receiver));
    return element != null && element.getKind() == ElementKind.FIELD;
  }

  /** Whether a call belongs to a stream that others threads may work on. */
  private boolean isParallel(MethodInvocationTree call) {
    Tree at = call;
    while (at instanceof MethodInvocationTree inner
        && inner.getMethodSelect() instanceof MemberSelectTree select) {
      if (inner != call
          && (select.getIdentifier().contentEquals("parallelStream")
              || (select.getIdentifier().contentEquals("parallel")
                  && inner.getArguments().isEmpty()))) {
        return true;
      }
      at = select.getExpression();
    }
    return false;
  }

  @Override
  public @Nullable Void visitTry(TryTree tried, Place place) {
    TreePath path = getCurrentPath();
    if (place == Place.HANDLER) {
      methods
          .stepIn(new TreePath(path, tried.getBlock()))
          .ifPresent(step -> around(tried, path, step));
    }
    return super.visitTry(tried, place);
  }

  private void around(TryTree tried, TreePath path, String step) {
    for (CatchTree caught : tried.getCatches()) {
      TreePath at = new TreePath(path, caught);
      Tree type = caught.getParameter().getType();
      List<? extends Tree> alternatives =
          type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
      for (Tree alternative : alternatives) {
        String name = typeName(new TreePath(at, alternative));
        if (SWALLOWING.contains(name)
            && !Syntax.rethrows(caught.getBlock(), caught.getParameter().getName())) {
          report.add(
              ProblemCode.CATCH_THROWABLE,
              new TreePath(at, caught.getParameter()),
              alternative,
              name.substring(name.lastIndexOf('.') + 1)
                  + " is caught around the step "
                  + step
                  + ": so is the Error by which a step leaves the function.",
              "Catch Exception, or throw it again.");
        }
      }
    }
    tried.getResources().stream()
        .findFirst()
        .ifPresent(
            resource ->
                report.add(
                    ProblemCode.FINALLY_AROUND_STEPS,
                    new TreePath(path, resource),
                    resource,
                    "A resource is open around the step "
                        + step
                        + ": it is opened and closed whenever the function is called again.",
                    "Open it inside a step."));
    BlockTree last = tried.getFinallyBlock();
    if (last != null) {
      finallyCall(new TreePath(path, last))
          .ifPresent(
              call ->
                  report.add(
                      ProblemCode.FINALLY_AROUND_STEPS,
                      call,
                      Syntax.start(call.getLeaf()),
                      "A finally block around the step "
                          + step
                          + " does something: it is run whenever the function is called again.",
                      "Do it in a step after the try."));
    }
  }

  private String typeName(TreePath path) {
    TypeMirror type = trees.getTypeMirror(path);
    return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement of
        ? of.getQualifiedName().toString()
        : "";
  }

  /** The first call of a finally block that is neither a step nor writes to a log. */
  private Optional<TreePath> finallyCall(TreePath block) {
    return Optional.ofNullable(
        new TreePathScanner<@Nullable TreePath, @Nullable Void>() {
          @Override
          public @Nullable TreePath visitMethodInvocation(
              MethodInvocationTree call, @Nullable Void none) {
            Optional<ExecutableElement> method = calls.called(getCurrentPath());
            boolean harmless =
                method.isEmpty()
                    || method.filter(one -> calls.step(call, one).isPresent()).isPresent()
                    || method.filter(BodyScanner::isLogging).isPresent();
            return harmless ? super.visitMethodInvocation(call, null) : getCurrentPath();
          }

          @Override
          public @Nullable TreePath reduce(@Nullable TreePath one, @Nullable TreePath other) {
            return one != null ? one : other;
          }
        }.scan(block, null));
  }

  private static boolean isLogging(ExecutableElement method) {
    String owner = Effect.owner(method);
    return owner.endsWith("Logger")
        || owner.endsWith("Log")
        || owner.endsWith(".FunctionContext")
        || owner.endsWith(".MDC");
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree assignment, Place place) {
    assigned(assignment.getVariable(), place);
    return super.visitAssignment(assignment, place);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, Place place) {
    assigned(assignment.getVariable(), place);
    return super.visitCompoundAssignment(assignment, place);
  }

  @Override
  public @Nullable Void visitUnary(UnaryTree unary, Place place) {
    switch (unary.getKind()) {
      case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
          assigned(unary.getExpression(), place);
      default -> {
        // It changes nothing.
      }
    }
    return super.visitUnary(unary, place);
  }

  private void assigned(ExpressionTree target, Place place) {
    if (place == Place.STEP) {
      state.assigned(getCurrentPath(), target, own).ifPresent(what -> changed(target, what));
    }
  }

  private void changed(Tree at, String what) {
    report.add(
        ProblemCode.STATE_IN_STEP,
        getCurrentPath(),
        Syntax.start(at),
        "A step changes " + what + ": in the next call of the function the step is not run again.",
        "Return the value from the step instead.");
  }
}
