package dev.vibecoder.inngest.processor.internal.model;

/**
 * A function that is run when a run of another has failed or was cancelled.
 *
 * @param call the call of its method
 * @param retries how often it is tried again
 */
public record Companion(Call call, int retries) {}
