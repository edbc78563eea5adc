package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.time.Instant;
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
   * @param internalId the server's id of it
   * @param event the event as functions get it
   */
  record EventReceived(Instant at, String internalId, JsonNode event) implements Fact {}

  /**
   * A function is to be run.
   *
   * @param at when that was decided
   * @param runId the run
   * @param appName the app
   * @param function the function, as it was configured then
   * @param internalEventId the event that starts it
   * @param event the event as the function gets it
   */
  record RunScheduled(
      Instant at,
      String runId,
      String appName,
      FunctionConfig function,
      String internalEventId,
      JsonNode event)
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
   * A call failed, of a step or of the function outside its steps.
   *
   * @param at when
   * @param runId the run
   * @param job what was attempted
   * @param step the step that failed, or null for the function
   * @param error what went wrong
   * @param retryAt when it is tried again, or null
   */
  record AttemptFailed(
      Instant at,
      String runId,
      Job job,
      @Nullable StepLabel step,
      JsonNode error,
      @Nullable Instant retryAt)
      implements Fact {}

  /**
   * A step ended, well or badly; from now on it is memoised.
   *
   * @param at when
   * @param runId the run
   * @param job the call that brought it, or null for a sleep that ended
   * @param step the step
   * @param memo what functions get for it from now on
   * @param failed whether it failed for good
   */
  record StepRecorded(
      Instant at, String runId, @Nullable Job job, StepLabel step, JsonNode memo, boolean failed)
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
  record RunEnded(Instant at, String runId, RunStatus status, JsonNode output) implements Fact {}

  /**
   * How a step is named.
   *
   * @param hash identity on the wire
   * @param name the name for people
   * @param opcode what kind of step it is
   */
  record StepLabel(String hash, String name, String opcode) {}
}
