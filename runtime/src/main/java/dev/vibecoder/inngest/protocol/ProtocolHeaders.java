package dev.vibecoder.inngest.protocol;

/** Names of the HTTP headers of the protocol (SDK specification, section 4.1). */
public final class ProtocolHeaders {
  /** {@code X-Inngest-Sdk}: {@code inngest-<language>:v<version>}, on every answer of an SDK. */
  public static final String SDK = "X-Inngest-Sdk";

  /** {@code X-Inngest-Sdk-Handled}: proof that the SDK, not a proxy before it, answered. */
  public static final String SDK_HANDLED = "X-Inngest-Sdk-Handled";

  /** {@code X-Inngest-Signature}: {@code t=<unix seconds>&s=<hex HMAC-SHA256>}. */
  public static final String SIGNATURE = "X-Inngest-Signature";

  /** {@code X-Inngest-Framework}: what serves the app. */
  public static final String FRAMEWORK = "X-Inngest-Framework";

  /** {@code X-Inngest-Platform}: where the app is hosted. */
  public static final String PLATFORM = "X-Inngest-Platform";

  /** {@code X-Inngest-Env}: name of the branch environment. */
  public static final String ENV = "X-Inngest-Env";

  /** {@code X-Inngest-Server-Kind}: {@code dev} or {@code cloud}. */
  public static final String SERVER_KIND = "X-Inngest-Server-Kind";

  /** {@code X-Inngest-Expected-Server-Kind}: echo of the received server kind. */
  public static final String EXPECTED_SERVER_KIND = "X-Inngest-Expected-Server-Kind";

  /** {@code X-Inngest-Req-Version}: version of the execution protocol. */
  public static final String REQUEST_VERSION = "X-Inngest-Req-Version";

  /** {@code X-Inngest-No-Retry}: {@code true} when an error is final. */
  public static final String NO_RETRY = "X-Inngest-No-Retry";

  /** {@code Retry-After}: seconds or an instant. */
  public static final String RETRY_AFTER = "Retry-After";

  /** {@code X-Inngest-Sync-Kind}: {@code in_band} or {@code out_of_band}. */
  public static final String SYNC_KIND = "X-Inngest-Sync-Kind";

  /** {@code X-Run-ID}: ULID of the run a call belongs to. */
  public static final String RUN_ID = "X-Run-ID";

  /** {@code X-Request-ID}: ULID of one call. */
  public static final String REQUEST_ID = "X-Request-ID";

  /** {@code X-Inngest-Job-ID}: id of the queue item; the same on every retry. */
  public static final String JOB_ID = "X-Inngest-Job-ID";

  /**
   * {@code X-Inngest-Generation-ID}: 1 on the first dispatch of a queue item, one more each retry.
   */
  public static final String GENERATION_ID = "X-Inngest-Generation-ID";

  /** {@code X-Inngest-Step-ID}: {@code step} or the hash of the one step that is asked for. */
  public static final String STEP_ID = "X-Inngest-Step-ID";

  /** {@code X-Inngest-Event-Id-Seed}: makes the ids of one send the same on every retry of it. */
  public static final String EVENT_ID_SEED = "X-Inngest-Event-Id-Seed";

  private ProtocolHeaders() {}
}
