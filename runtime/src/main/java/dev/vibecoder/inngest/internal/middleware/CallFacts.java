package dev.vibecoder.inngest.internal.middleware;

/**
 * What is known of a call before it is executed.
 *
 * @param appId the app
 * @param functionId the function, without the app
 * @param runId the run's ULID
 * @param attempt which attempt this is, from 0
 * @param maxAttempts how many there are, 0 if the server did not say
 * @param replays whether a step is remembered or a single one asked for
 */
public record CallFacts(
    String appId, String functionId, String runId, int attempt, int maxAttempts, boolean replays) {}
