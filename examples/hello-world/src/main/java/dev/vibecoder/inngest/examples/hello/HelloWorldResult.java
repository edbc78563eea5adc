package dev.vibecoder.inngest.examples.hello;

import java.time.Instant;

/**
 * What came of a greeting.
 *
 * @param message the greeting
 * @param processedAt when it was made
 * @param eventData what was asked for
 * @param environment where it was made
 */
public record HelloWorldResult(
    String message, Instant processedAt, HelloWorldData eventData, Environment environment) {}
