package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bodies of handlers and steps when javac has attributed them: while annotations are
 * processed nobody knows yet what the names in a body stand for.
 */
public final class BodyLint implements TaskListener {
  private final Trees trees;
  private final Types types;
  private final Report report;
  private final Expressions expressions;
  private final Payloads payloads;
  private final Functions functions;

  private BodyLint(
      Javac javac,
      ProcessingEnvironment environment,
      LintLevel level,
      Expressions expressions,
      Functions functions) {
    this.trees = javac.trees();
    this.types = environment.getTypeUtils();
    this.report = new Report(trees, level);
    this.expressions = expressions;
    this.payloads = new Payloads(environment.getElementUtils(), types);
    this.functions = functions;
  }

  /** Knows the functions of this compilation. */
  public interface Functions {
    /** The event that starts a function, empty if the class is none. */
    Optional<Payload> start(TypeElement function, Payloads payloads);

    /** The methods that are steps of a function, by their ids. */
    Map<String, String> steps(TypeElement function);
  }

  /**
   * Has the bodies of this compilation looked at, if the compiler is javac.
   *
   * @param expressions one for the whole compilation
   */
  public static void install(
      ProcessingEnvironment environment,
      LintLevel level,
      Expressions expressions,
      Functions functions) {
    if (level != LintLevel.OFF) {
      Javac.of(environment)
          .ifPresent(
              javac ->
                  javac
                      .task()
                      .addTaskListener(
                          new BodyLint(javac, environment, level, expressions, functions)));
    }
  }

  @Override
  public void finished(TaskEvent event) {
    TypeElement type = event.getTypeElement();
    if (event.getKind() != TaskEvent.Kind.ANALYZE || type == null) {
      return;
    }
    TreePath path = trees.getPath(type);
    if (path == null) {
      return;
    }
    try {
      classes(path);
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] frames = e.getStackTrace();
      report.add(
          ProblemCode.INTERNAL,
          path,
          path.getLeaf(),
          "The bodies of this class could not be looked at: "
              + e
              + (frames.length > 0 ? " at " + frames[0] : "")
              + ".",
          "This is a defect of inngest-processor; please report it with this message.");
    }
  }

  private void classes(TreePath top) {
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        if (trees.getElement(getCurrentPath()) instanceof TypeElement element) {
          new LocalClasses(report).check(element, getCurrentPath());
          lint(element, getCurrentPath());
        }
        return super.visitClass(type, null);
      }
    }.scan(top, null);
  }

  private void lint(TypeElement type, TreePath path) {
    Calls calls = new Calls(trees, types, type);
    OwnMethods methods = new OwnMethods(trees, calls, path);
    Map<ExecutableElement, Set<Place>> seen = new HashMap<>();
    Deque<Runnable> waiting = new ArrayDeque<>();
    Optional<WaitConditions> waits =
        functions
            .start(type, payloads)
            .map(
                started ->
                    new WaitConditions(trees, types, report, expressions, payloads, started));
    LiteralIds ids = new LiteralIds(new Constants(trees), report, functions.steps(type));
    Visit visit = new Visit(methods, calls, waits, ids, seen, waiting);
    for (ExecutableElement method : methods.all()) {
      Place place = OwnMethods.place(method);
      if (place != null) {
        visit.method(method, place);
      }
    }
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Looks at each method once for each place where it is called. */
  private final class Visit {
    private final OwnMethods methods;
    private final Calls calls;
    private final Optional<WaitConditions> waits;
    private final LiteralIds ids;
    private final Map<ExecutableElement, Set<Place>> seen;
    private final Deque<Runnable> waiting;

    Visit(
        OwnMethods methods,
        Calls calls,
        Optional<WaitConditions> waits,
        LiteralIds ids,
        Map<ExecutableElement, Set<Place>> seen,
        Deque<Runnable> waiting) {
      this.methods = methods;
      this.calls = calls;
      this.waits = waits;
      this.ids = ids;
      this.seen = seen;
      this.waiting = waiting;
    }

    void method(ExecutableElement method, Place place) {
      Optional<TreePath> path = methods.path(method);
      if (path.isPresent()
          && seen.computeIfAbsent(method, any -> EnumSet.noneOf(Place.class)).add(place)) {
        waiting.add(
            () ->
                new BodyScanner(trees, calls, methods, waits, ids, report, this::method)
                    .scan(path.get(), place));
      }
    }
  }
}
