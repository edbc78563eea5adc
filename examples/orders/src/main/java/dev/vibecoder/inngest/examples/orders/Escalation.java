package dev.vibecoder.inngest.examples.orders;

/** What a person should look at. */
public record Escalation(String orderId, String reason) {}
