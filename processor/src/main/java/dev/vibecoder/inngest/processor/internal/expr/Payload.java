package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;

/**
 * What a variable of an expression holds: an event, or one of several events.
 *
 * @param names names of the events, as they are told to the user
 */
public record Payload(List<String> names) {}
