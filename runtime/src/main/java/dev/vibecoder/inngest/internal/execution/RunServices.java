package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.spi.StepInterceptor;
import java.time.Clock;

/**
 * What runs need of the world around them.
 *
 * @param appId the app that the functions belong to
 * @param events where events are sent
 * @param signals where signals are sent
 * @param interceptor advice around the bodies of steps
 * @param clock tells the present
 */
public record RunServices(
    String appId, EventSink events, SignalSink signals, StepInterceptor interceptor, Clock clock) {}
