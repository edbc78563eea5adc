package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.expr.ExpressionUse;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * Checks what a wait wants of its event, where it is written out in the call: {@code
 * step.waitForEvent(PaidEvent.TYPE, Wait.atMost(day).when("async.data.total > 100"))}. The server
 * fails a run that waits with an expression that it cannot read.
 */
final class WaitConditions {
  private static final String ROOT = "dev.vibecoder.inngest.";
  private static final String STEPS = ROOT + "Steps";
  private static final String WAIT = ROOT + "Wait";
  private static final String EVENT_TYPE = ROOT + "EventType";
  private static final String EVENT = ROOT + "Event";

  private final Trees trees;
  private final Types types;
  private final Report report;
  private final Expressions expressions;
  private final Payloads payloads;
  private final Payload started;
  private final Constants constants;

  /**
   * Makes the check for one function.
   *
   * @param started the event that started a run of it
   */
  WaitConditions(
      Trees trees,
      Types types,
      Report report,
      Expressions expressions,
      Payloads payloads,
      Payload started) {
    this.trees = trees;
    this.types = types;
    this.report = report;
    this.expressions = expressions;
    this.payloads = payloads;
    this.started = started;
    this.constants = new Constants(trees);
  }

  /** Looks at a call, whatever is called. */
  void check(TreePath path, MethodInvocationTree call, ExecutableElement method) {
    if (!method.getSimpleName().contentEquals("waitForEvent")
        || !Effect.owner(method).equals(STEPS)) {
      return;
    }
    for (ExpressionTree awaited : call.getArguments()) {
      Optional<Payload> async = payload(trees.getTypeMirror(new TreePath(path, awaited)));
      if (async.isPresent()) {
        call.getArguments().forEach(wait -> conditions(new TreePath(path, wait), async.get()));
        return;
      }
    }
  }

  /** What is said of a wait in a chain of calls, the last of them first. */
  private void conditions(TreePath path, Payload async) {
    if (path.getLeaf() instanceof MethodInvocationTree call
        && trees.getElement(path) instanceof ExecutableElement method
        && Effect.owner(method).equals(WAIT)) {
      if (call.getMethodSelect() instanceof MemberSelectTree select) {
        conditions(new TreePath(new TreePath(path, select), select.getExpression()), async);
      }
      boolean when = method.getSimpleName().contentEquals("when");
      if (when || method.getSimpleName().contentEquals("match")) {
        Tree argument = call.getArguments().get(0);
        constants
            .text(new TreePath(path, argument))
            .ifPresent(
                text -> findings(text, when, async).forEach(one -> tell(one, path, argument)));
      }
    }
  }

  private List<Finding> findings(String text, boolean when, Payload async) {
    return when
        ? expressions.check(ExpressionUse.WAIT_WHEN, text, started, async)
        : expressions.checkMatch(text, started, async);
  }

  private void tell(Finding finding, TreePath path, Tree at) {
    String excerpt = finding.excerpt().isEmpty() ? "" : "\n" + finding.excerpt();
    report.mistake(finding.code(), path, at, finding.fact(), finding.fix() + excerpt);
  }

  /** What the event of an {@code EventType<E>} holds; empty if the type is another. */
  private Optional<Payload> payload(TypeMirror type) {
    return named(type, EVENT_TYPE)
        .flatMap(reference -> reference.getTypeArguments().stream().findFirst())
        .filter(event -> event.getKind() == TypeKind.DECLARED)
        .map(
            event -> {
              String name = name((DeclaredType) event);
              return supertype(event)
                  .flatMap(parent -> parent.getTypeArguments().stream().findFirst())
                  .filter(data -> data.getKind() == TypeKind.DECLARED)
                  .map(data -> payloads.event(name, data))
                  .orElseGet(() -> Payloads.untyped(name));
            });
  }

  private static Optional<DeclaredType> named(TypeMirror type, String name) {
    return type instanceof DeclaredType declared
            && declared.getKind() == TypeKind.DECLARED
            && declared.asElement().toString().equals(name)
        ? Optional.of(declared)
        : Optional.empty();
  }

  /** An event as {@code Event<its data>}. */
  private Optional<DeclaredType> supertype(TypeMirror event) {
    return named(event, EVENT)
        .or(
            () ->
                types.directSupertypes(event).stream()
                    .flatMap(parent -> supertype(parent).stream())
                    .findFirst());
  }

  /** The event's name, which generated classes have as a constant. */
  private static String name(DeclaredType event) {
    return ElementFilter.fieldsIn(event.asElement().getEnclosedElements()).stream()
        .filter(field -> field.getKind() == ElementKind.FIELD)
        .filter(field -> field.getSimpleName().contentEquals("NAME"))
        .map(VariableElement::getConstantValue)
        .filter(String.class::isInstance)
        .map(Object::toString)
        .findFirst()
        .orElse(event.asElement().getSimpleName().toString());
  }
}
