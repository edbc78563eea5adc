package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import org.jspecify.annotations.Nullable;

/** Which run the present thread is executing. */
public final class RunScope {
  private static final ThreadLocal<@Nullable Run> CURRENT = new ThreadLocal<>();

  private RunScope() {}

  /**
   * The run of this thread, for a step that is called.
   *
   * @param stepId names the step in the error
   */
  public static Run currentRun(String stepId) {
    Run run = CURRENT.get();
    if (run == null) {
      throw new StepUsageException(
          "Step \""
              + stepId
              + "\" was called on the thread \""
              + Thread.currentThread().getName()
              + "\", which is executing no run, so it would not be durable. Call steps on the thread"
              + " that runs the function; in a unit test, use an instance of the class as you wrote"
              + " it.");
    }
    return run;
  }

  /** The step of this thread. */
  public static StepContext currentStep() {
    Run run = CURRENT.get();
    StepContext step = run == null ? null : run.executing();
    if (step == null) {
      throw new StepUsageException(
          "There is a StepContext only inside a step, on the thread that runs it.");
    }
    return step;
  }

  /** Whether this thread is in a function but outside its steps, where effects are repeated. */
  public static boolean betweenSteps() {
    Run run = CURRENT.get();
    return run != null && run.executing() == null;
  }

  /** Whether this thread logs nothing now, because an earlier call of the run has logged it. */
  static boolean silent() {
    Run run = CURRENT.get();
    return run != null && run.isSilent();
  }

  /** Writes a line now or, in a branch of a group, when it is known to be new. */
  static void log(Runnable line) {
    Run run = CURRENT.get();
    if (run == null) {
      line.run();
    } else {
      run.log(line);
    }
  }

  /** The middleware of the call that this thread executes, or null. */
  public static @Nullable CallHooks currentHooks() {
    Run run = CURRENT.get();
    return run == null ? null : run.context().hooks();
  }

  /** The trace of the call that this thread executes, or null. */
  public static @Nullable TraceHeaders currentTrace() {
    Run run = CURRENT.get();
    return run == null ? null : run.context().trace();
  }

  static void enter(Run run) {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("A run was started inside another run on the same thread");
    }
    CURRENT.set(run);
  }

  static void leave() {
    CURRENT.remove();
  }
}
