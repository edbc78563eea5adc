package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.middleware.StepKind;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps that the server does, or ends. */
final class ServerSteps {
  private final Run run;

  ServerSteps(Run run) {
    this.run = run;
  }

  /**
   * A step of this kind that is done.
   *
   * @param memory what is remembered of the run
   * @param step the step
   * @param memo what is remembered of it
   */
  record Done(StepMemory memory, StepIdentity step, Memo memo) {
    /** What the step gave, or throws what went wrong. */
    <T extends @Nullable Object> T give(TypeRef<T> type) {
      return memory.give(step, memo, type, List.of());
    }

    /** What the step gave, as a tree. */
    JsonNode tree() {
      if (memo.kind() == Memo.Kind.ERROR) {
        memory.give(step, memo, null, List.of());
      }
      try {
        return memo.tree();
      } catch (IOException e) {
        throw unreadable("as JSON", e);
      }
    }

    /** A part of what the step gave. */
    @Nullable Object read(JsonNode part, TypeRef<?> type) {
      try {
        return Json.read(part, type);
      } catch (IOException e) {
        throw unreadable("as " + type, e);
      }
    }

    private NonRetriableException unreadable(String how, IOException e) {
      return new NonRetriableException(
          "What came for step \"" + step.id() + "\" cannot be read " + how + ": " + Json.problem(e),
          e);
    }
  }

  /**
   * Waits for a step.
   *
   * @param id the id as it was written
   * @param form made only if the step is not done
   * @param read reads what the step gave
   */
  <T extends @Nullable Object> T await(
      String id, StepKind kind, Supplier<StepForm> form, Function<Done, T> read) {
    return await(id, kind, step -> form.get(), read);
  }

  /**
   * Waits for a step.
   *
   * @param id the id as it was written
   * @param form made only if the step is not done
   * @param read reads what the step gave
   */
  <T extends @Nullable Object> T await(
      String id,
      StepKind kind,
      Function<StepIdentity, StepForm> form,
      Function<Done, ? extends T> read) {
    Frame frame = run.enter(StepIdentity.require(id));
    StepIdentity step = frame.next(id, List.of());
    if (run.context().hooks() == null) {
      return read.apply(new Done(run.memory(), step, run.await(step, frame, form, null)));
    }
    StepHooks hooks = StepHooks.of(run.context(), run.attempts(), step, step.localId(), kind, null);
    return StepHooks.<T>around(
        hooks, () -> read.apply(new Done(run.memory(), step, run.await(step, frame, form, hooks))));
  }

  <O extends @Nullable Object> O invoke(
      String id, FunctionRef<?, O> function, @Nullable Object input, InvokeOptions options) {
    return await(
        id,
        StepKind.INVOKE,
        () -> ServerForms.invoke(run.services().appId(), function, input, options),
        done -> done.give(function.result()));
  }
}
