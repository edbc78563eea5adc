package dev.vibecoder.inngest.middleware;

import java.util.Optional;

/**
 * Where events are sent from.
 *
 * @param appId the id of the app whose client sends them
 * @param call the call within which they are sent, by a step or by the body of one; empty outside
 *     functions
 */
public record SendContext(String appId, Optional<CallContext> call) {}
