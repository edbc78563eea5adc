package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepGroups.Action;
import dev.vibecoder.inngest.StepGroups.ItemBranch;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.protocol.ErrorObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  private static final TypeRef<JsonNode> ERROR = TypeRef.of(JsonNode.class);

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
    boolean over = run.memory().isDone(decision) || run.isWanted(decision);
    Registered undo = new Registered(frame);
    Report.Mark before = run.report().mark();
    Frame.LastStep lastBefore = frame.lastStep();
    frame.lastStep(null);
    Frame.Saga sagaAround = frame.saga(Frame.Saga.GOING_ON);
    boolean overAround = frame.undo(over);
    T result = null;
    Exception failure = null;
    try {
      result = saga.run(undo);
    } catch (Exception thrown) {
      failure = thrown;
    } catch (StepInterrupt left) {
      // Looked at below: the function may have swallowed it as well.
    } finally {
      frame.undo(overAround);
      frame.saga(sagaAround);
      undo.close();
    }
    if (frame.blocked()) {
      if (!over || run.report().isAnswered()) {
        throw StepInterrupt.INSTANCE;
      }
      // It would go on, but it was over before.
      run.report().returnTo(before);
      frame.unblock();
      failure = null;
    }
    undo.giveBackRoom();
    if (failure == null && !over) {
      if (frame.lastStep() == null) {
        frame.lastStep(lastBefore);
      }
      return result;
    }
    frame.saga(Frame.Saga.UNDOING);
    try {
      if (failure == null || over || mayNotComeAgain(undo, failure)) {
        Exception recorded = decide(frame, decision, failure);
        failure = failure == null ? recorded : failure;
      }
      undo(undo, failure);
    } finally {
      frame.saga(sagaAround);
      frame.lastStep(null);
    }
    throw failure;
  }

  private boolean mayNotComeAgain(Registered undo, Exception failure) {
    return !undo.isEmpty() && !run.memory().isRemembered(failure);
  }

  /**
   * Has it remembered that the saga failed.
   *
   * @param failure what it threw, or null if it did not throw this time
   * @return what it is remembered to have thrown
   */
  private Exception decide(Frame frame, StepIdentity decision, @Nullable Exception failure) {
    Exception told =
        failure != null
            ? failure
            : new NonRetriableException(
                "The saga had failed with an exception that was not thrown again when it was"
                    + " replayed. Code outside steps must do the same in every call.");
    JsonNode recorded;
    try {
      recorded =
          run.run(
              frame,
              decision,
              "saga failed",
              StepForm.CODE,
              new StepWork<JsonNode>(null, ERROR, () -> ThrownError.write(told, List.of())));
    } catch (StepFailedException notRecorded) {
      // Middleware can have failed around it; the saga is over all the same.
      return notRecorded;
    }
    return (Exception) run.memory().failure(decision.id(), ErrorObject.read(recorded), List.of());
  }

  private void undo(Registered undo, Exception failure) throws Exception {
    for (Registration registration : undo.inReverse()) {
      try {
        registration.run();
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

  /** Something to be undone. */
  @FunctionalInterface
  private interface Registration {
    void run() throws Exception;
  }

  private final class Registered implements Undo {
    private final Deque<Registration> registrations = new ArrayDeque<>();
    private final Frame saga;
    private boolean closed;
    private int room;

    Registered(Frame saga) {
      this.saga = saga;
      // That it failed may have to be remembered.
      keepRoom();
    }

    @Override
    public void step(Action<?> body) {
      Frame frame = run.enter("undo");
      Frame.LastStep last = frame.lastStep();
      if (last == null) {
        throw new StepUsageException(
            "There is no step of the saga just before, which this could undo. Give the undoing step"
                + " an id: undo.step(id, body).");
      }
      add(undoing(frame, last), body);
    }

    @Override
    public void step(String id, Action<?> body) {
      Frame frame = run.enter(id);
      add(frame.reserve(StepIdentity.require(id), List.of()), body);
    }

    /**
     * The step that undoes another. It is counted where it is registered: of branches that race,
     * some register late, when others are undone already.
     */
    private StepIdentity undoing(Frame frame, Frame.@Nullable LastStep last) {
      if (last == null) {
        return frame.reserve("undo", List.of());
      }
      List<String> former = new ArrayList<>(last.formerIds().size());
      for (String formerId : last.formerIds()) {
        former.add("undo-" + formerId);
      }
      return frame.reserve("undo-" + last.id(), former);
    }

    private void add(StepIdentity step, Action<?> body) {
      StepWork<@Nullable Void> work = new StepWork<>(null, null, DurableGroups.callable(body));
      add(
          () -> {
            Frame undoing = run.enter(step.id());
            undoing.comes();
            run.<@Nullable Void>run(undoing, step, step.localId(), StepForm.CODE, work);
          });
    }

    @Override
    public void steps(Action<?> code) {
      Frame frame = run.enter("undo");
      if (frame == saga) {
        add(code::run);
        return;
      }
      // Branches register in an order of their own, so each counts for itself.
      Namespace place = undoing(frame, frame.lastStep()).within();
      add(
          () -> {
            Frame undoing = run.enter("undo");
            Namespace around = undoing.countIn(place);
            try {
              code.run();
            } finally {
              undoing.countIn(around);
            }
          });
    }

    private void add(Registration registration) {
      if (closed) {
        throw new StepUsageException(
            "Something to be undone was registered after its saga had ended.");
      }
      registrations.push(registration);
      keepRoom();
    }

    private void keepRoom() {
      room++;
      run.reserve(1);
    }

    void giveBackRoom() {
      run.reserve(-room);
      room = 0;
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
