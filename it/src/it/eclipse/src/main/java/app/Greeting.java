package app;

import dev.vibecoder.inngest.annotation.InngestEvent;

@InngestEvent("app/greeting.asked")
public record Greeting(String name) {}
