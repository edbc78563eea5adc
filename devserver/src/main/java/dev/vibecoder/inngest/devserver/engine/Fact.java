package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened. Facts in order are the whole state. */
public sealed interface Fact {
  /**
   * When it happened.
   *
   * @return the engine's time
   */
  Instant at();

  /**
   * The run it belongs to.
   *
   * @return the run, or null if it is of an app or an event
   */
  default @Nullable String runId() {
    return null;
  }

  /**
   * An app told what functions it has.
   *
   * @param at when
   * @param url where it is served, in normal form
   * @param sync what it told
   * @param checksum tells whether anything changed
   */
  record AppSynced(Instant at, String url, SyncRequest sync, String checksum) implements Fact {}

  /**
   * An event was accepted.
   *
   * @param at when
   * @param event the event
   */
  record EventReceived(Instant at, AcceptedEvent event) implements Fact {}

  /**
   * A function is to be run.
   *
   * @param at when that was decided
   * @param runId the run
   * @param appName the app
   * @param function the function, as it was configured then
   * @param event the event that starts it
   */
  record RunScheduled(
      Instant at, String runId, String appName, FunctionConfig function, AcceptedEvent event)
      implements Fact {}

  /**
   * The function was called.
   *
   * @param at when
   * @param runId the run
   * @param job what is attempted
   */
  record AttemptStarted(Instant at, String runId, Job job) implements Fact {}

  /**
   * An app answered with operations.
   *
   * @param at when
   * @param runId the run
   * @param jobId the job that was called for
   * @param operations how many there were; none asks for another call
   * @param group the hashes of a group, which all have to end before the function is asked again;
   *     none if there is no such group
   */
  record AnswerReported(Instant at, String runId, String jobId, int operations, List<String> group)
      implements Fact {
    /** Copies the group. */
    public AnswerReported {
      group = List.copyOf(group);
    }
  }

  /**
   * A group is over: the app may run steps at once again.
   *
   * @param at when
   * @param runId the run
   */
  record GroupJoined(Instant at, String runId) implements Fact {}

  /**
   * A call failed, of a step or of the function outside its steps.
   *
   * @param at when
   * @param runId the run
   * @param job what was attempted
   * @param step the step that failed, or null for the function
   * @param error what went wrong
   * @param retryAt when it is tried again, or null
   * @param refused whether nobody listened where the app should be
   */
  record AttemptFailed(
      Instant at,
      String runId,
      Job job,
      @Nullable StepLabel step,
      Payload error,
      @Nullable Instant retryAt,
      boolean refused)
      implements Fact {}

  /**
   * A step ended, well or badly; from now on it is memoised.
   *
   * @param at when
   * @param runId the run
   * @param job the call that brought it, or null for a sleep that ended
   * @param step the step
   * @param memo what functions get for it from now on
   */
  record StepRecorded(Instant at, String runId, @Nullable Job job, StepLabel step, Memo memo)
      implements Fact {}

  /**
   * A step waits for something: to be asked for, or for a time.
   *
   * @param at when it began
   * @param runId the run
   * @param step the step
   * @param until when it ends, or null if only a call ends it
   */
  record StepWaiting(Instant at, String runId, StepLabel step, @Nullable Instant until)
      implements Fact {}

  /**
   * The protocol version of a run was fixed.
   *
   * @param at when
   * @param runId the run
   * @param version the version its SDK answered with
   */
  record VersionPinned(Instant at, String runId, int version) implements Fact {}

  /**
   * A run ended.
   *
   * @param at when
   * @param runId the run
   * @param status how
   * @param output its result, or its error
   */
  record RunEnded(Instant at, String runId, RunStatus status, Payload output) implements Fact {}

  /**
   * How a step is named.
   *
   * @param hash identity on the wire
   * @param name the name for people
   * @param opcode what kind of step it is
   */
  record StepLabel(String hash, String name, String opcode) {}
}
