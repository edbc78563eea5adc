package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.internal.execution.ReportedStep.Timing;
import dev.vibecoder.inngest.internal.wire.Operation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the bodies of steps, with the middleware around them, and tells how they ended. */
final class StepBodies {
  private static final Logger LOG = LoggerFactory.getLogger(StepBodies.class);

  private final RunContext run;
  private final RunServices services;
  private final Attempts attempts;
  private @Nullable StepContext running;

  StepBodies(RunContext run, RunServices services, Attempts attempts) {
    this.run = run;
    this.services = services;
    this.attempts = attempts;
  }

  /**
   * How a body ended.
   *
   * @param operation what to tell the server
   * @param noRetry whether it failed for good, null if it did not fail
   * @param retryAfter when it wants to be tried again, or null
   */
  record Ended(Operation operation, @Nullable Boolean noRetry, @Nullable String retryAfter) {}

  /** The step whose body is running, or null. */
  @Nullable StepContext running() {
    return running;
  }

  Ended run(ReportedStep step, StepWork<?> work, List<JsonNode> input, @Nullable StepHooks hooks) {
    String id = step.step().id();
    StepDefinition<?> definition = work.definition();
    StepContext context =
        new StepContext(
            run.runId(),
            id,
            attempts.attempt(),
            attempts.max(definition),
            input,
            run.runId() + "/" + step.step().oldestId());
    running = context;
    long started = nanosSinceEpoch();
    long from = System.nanoTime();
    try {
      String what = "the result of step \"" + id + "\"";
      byte[] data;
      if (hooks == null) {
        data = write(work, work.body().call(), what);
      } else {
        data = hooks.output(write(work, hooks.body(() -> writable(work, what)), what), what);
        hooks.completed(data);
      }
      Timing timing = new Timing(started, System.nanoTime() - from);
      return new Ended(step.ran(data, timing), null, null);
    } catch (Throwable thrown) {
      // Errors too: the server must learn of them, or the step would be tried in the dark.
      Timing timing = new Timing(started, System.nanoTime() - from);
      boolean last = Attempts.isFinal(thrown, definition) || attempts.isLast(definition);
      tell(context, last, thrown);
      if (hooks != null) {
        hooks.failed(thrown, last);
      }
      return new Ended(
          step.failed(last, ThrownError.write(thrown, work.declared()), timing),
          last,
          last ? null : attempts.retryAfter(thrown, definition));
    } finally {
      running = null;
    }
  }

  /**
   * Does the work within its middleware. A result that cannot be written fails it there, where a
   * transaction can still be rolled back; middleware may change it, so it is written afterwards.
   */
  private static @Nullable Object writable(StepWork<?> work, String what) throws Exception {
    Object value = work.body().call();
    write(work, value, what);
    return value;
  }

  private static byte[] write(StepWork<?> work, @Nullable Object value, String what) {
    return Output.write(work.result() == null ? null : value, work.result(), what);
  }

  private void tell(StepContext step, boolean last, Throwable thrown) {
    Object[] facts = {
      step.stepId(),
      run.functionId(),
      step.attempt() + 1,
      step.maxAttempts() > 0 ? step.maxAttempts() : "?",
      run.runId(),
      ThrownError.message(thrown),
      ThrownError.stackOf(thrown)
    };
    if (last) {
      LOG.warn(
          "Step \"{}\" of function \"{}\" failed for good, attempt {} of {}, run {}: {}", facts);
    } else {
      // Its stack goes to the server, which asks for the step again.
      LOG.info(
          "Step \"{}\" of function \"{}\" failed, attempt {} of {}, run {}: {}",
          Arrays.copyOf(facts, facts.length - 1));
    }
  }

  private long nanosSinceEpoch() {
    Instant now = services.clock().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
