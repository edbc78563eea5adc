package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.StepGroups.Action;
import dev.vibecoder.inngest.StepGroups.ItemBranch;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.protocol.ErrorObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes steps, in reverse, when what follows them fails.
 *
 * <p>The failure of a step is remembered, so every call comes to the same end. Any other exception
 * might not come again in the next call, with half of the steps undone: that the saga has failed is
 * therefore remembered itself, in a step that is counted wherever a saga stands.
 */
final class Sagas {
  /** No id that is written by hand has a colon. */
  private static final String DECISION = ":saga";

  private static final TypeRef<ErrorObject> ERROR = TypeRef.of(ErrorObject.class);

  private final Run run;

  Sagas(Run run) {
    this.run = run;
  }

  // The result is null only if the saga gave null.
  @SuppressWarnings("NullAway")
  <T extends @Nullable Object> T run(ItemBranch<? super Undo, ? extends T, ?> saga)
      throws Exception {
    Frame frame = run.enter("saga");
    StepIdentity decision = frame.place().next(DECISION, List.of());
    Exception decided = decided(decision);
    Registered undo = new Registered();
    Report.Mark before = run.report().mark();
    boolean around = frame.undo(decided != null);
    T result = null;
    Exception failure = null;
    try {
      result = saga.run(undo);
    } catch (Exception thrown) {
      failure = thrown;
    } catch (StepInterrupt left) {
      // Looked at below: the function may have swallowed it as well.
    } finally {
      frame.undo(around);
      undo.close();
    }
    if (frame.blocked()) {
      if (decided == null || run.report().isAnswered()) {
        throw StepInterrupt.INSTANCE;
      }
      // It would go on, but it was over before.
      run.report().returnTo(before);
      frame.unblock();
      failure = decided;
    }
    if (failure == null && decided == null) {
      return result;
    }
    if (failure == null) {
      failure = decided;
    }
    if (undo.isEmpty()) {
      throw failure;
    }
    if (!run.memory().isRemembered(failure) || run.isWanted(decision)) {
      decide(frame, decision, failure);
    }
    undo(undo, failure);
    throw failure;
  }

  /** What the saga was remembered to have failed with, or null if that is not remembered. */
  private @Nullable Exception decided(StepIdentity decision) {
    if (run.isWanted(decision)) {
      return new NonRetriableException(
          "The saga had failed with an exception that was not thrown again when it was replayed."
              + " Code outside steps must do the same in every call.");
    }
    Memo memo = run.memory().find(decision);
    if (memo == null) {
      return null;
    }
    try {
      ErrorObject error = ErrorObject.read(memo.tree());
      return (Exception) run.memory().failure(decision.id(), error, List.of());
    } catch (IOException e) {
      throw new NonRetriableException("The recorded failure of a saga cannot be read", e);
    }
  }

  private void decide(Frame frame, StepIdentity decision, Exception failure) {
    run.run(
        frame,
        decision,
        "saga failed",
        StepForm.CODE,
        new StepWork<>(
            null,
            ERROR,
            () -> Json.decode(ThrownError.write(failure, List.of()), ErrorObject.class)));
  }

  private void undo(Registered undo, Exception failure) throws Exception {
    for (Registration registration : undo.inReverse()) {
      try {
        registration.run(run);
      } catch (Exception thrown) {
        boolean goesOn =
            run.memory().isRemembered(thrown)
                || ThrownError.isFinal(thrown)
                || run.attempts().isLast(null);
        if (!goesOn) {
          throw thrown;
        }
        if (thrown != failure) {
          failure.addSuppressed(thrown);
        }
      }
    }
  }

  /**
   * Something to be undone.
   *
   * @param id id of the step, or null if the code has steps of its own
   * @param action what is to be done
   */
  private record Registration(@Nullable String id, Action<?> action) {
    void run(Run run) throws Exception {
      if (id == null) {
        action.run();
      } else {
        run.<@Nullable Void>run(id, StepForm.CODE, null, DurableGroups.callable(action));
      }
    }
  }

  private final class Registered implements Undo {
    private final Deque<Registration> registrations = new ArrayDeque<>();
    private boolean closed;

    @Override
    public void step(Action<?> body) {
      String before = run.enter("undo").lastStep();
      if (before == null) {
        throw new StepUsageException(
            "There is no step just before, which this could undo. Give the undoing step an id:"
                + " undo.step(id, body).");
      }
      add(new Registration("undo-" + before, body));
    }

    @Override
    public void step(String id, Action<?> body) {
      add(new Registration(StepIdentity.require(id), body));
    }

    @Override
    public void steps(Action<?> code) {
      add(new Registration(null, code));
    }

    private void add(Registration registration) {
      run.enter("undo");
      if (closed) {
        throw new StepUsageException(
            "Something to be undone was registered after its saga had ended.");
      }
      registrations.push(registration);
    }

    void close() {
      closed = true;
    }

    boolean isEmpty() {
      return registrations.isEmpty();
    }

    Iterable<Registration> inReverse() {
      return registrations;
    }
  }
}
