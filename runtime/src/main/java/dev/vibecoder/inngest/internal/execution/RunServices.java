package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.internal.middleware.MiddlewareChain;
import java.time.Clock;

/**
 * What runs need of the world around them.
 *
 * @param appId the app that the functions belong to
 * @param events where events are sent
 * @param signals where signals are sent
 * @param middleware the middleware of the client
 * @param clock tells the present
 */
public record RunServices(
    String appId, EventSink events, SignalSink signals, MiddlewareChain middleware, Clock clock) {}
