package dev.vibecoder.inngest.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an SDK asks of the server, or reports to it, in one operation of a 206 answer (SDK
 * specification, section 5).
 */
public enum Opcode {
  /** Nothing; the server asks again. */
  NONE("None"),
  /** A step ran; legacy form without a wrapped result. */
  STEP("Step"),
  /** A step ran and gave a result. */
  STEP_RUN("StepRun"),
  /** A step failed and may be tried again. */
  STEP_ERROR("StepError"),
  /** A step failed for good. */
  STEP_FAILED("StepFailed"),
  /** A step was found and waits to be asked for by its id. */
  STEP_PLANNED("StepPlanned"),
  /** The run sleeps. */
  SLEEP("Sleep"),
  /** The run waits for an event. */
  WAIT_FOR_EVENT("WaitForEvent"),
  /** The run waits for a signal. */
  WAIT_FOR_SIGNAL("WaitForSignal"),
  /** Another function is called and its result awaited. */
  INVOKE_FUNCTION("InvokeFunction"),
  /** The server performs an AI request. */
  AI_GATEWAY("AIGateway"),
  /** The server performs an HTTP request. */
  GATEWAY("Gateway"),
  /** The run ended; used where a plain 200 is impossible. */
  RUN_COMPLETE("RunComplete"),
  /** A durable HTTP endpoint ended. */
  SYNC_RUN_COMPLETE("SyncRunComplete"),
  /** The server is asked to call again. */
  DISCOVERY_REQUEST("DiscoveryRequest"),
  /** A call is scheduled for the end of the run. */
  DEFER_ADD("DeferAdd"),
  /** A scheduled call is withdrawn. */
  DEFER_ABORT("DeferAbort");

  private static final Map<String, Opcode> BY_NAME =
      Stream.of(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  opcode -> opcode.wireName.toLowerCase(Locale.ROOT), Function.identity()));

  private final String wireName;

  Opcode(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name on the wire.
   *
   * @return the exact text of the {@code op} key
   */
  public String wireName() {
    return wireName;
  }

  /**
   * Finds an opcode by its wire name; upper and lower case are the same, as on the real server.
   *
   * @param wireName the text of the {@code op} key
   * @return the opcode, or empty for a name the server does not know
   */
  public static Optional<Opcode> ofWireName(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName.toLowerCase(Locale.ROOT)));
  }
}
