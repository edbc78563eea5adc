package app;

import dev.vibecoder.inngest.annotation.InngestEvent;

@InngestEvent("app/ordered")
public record Ordered(String id, int total) {}
