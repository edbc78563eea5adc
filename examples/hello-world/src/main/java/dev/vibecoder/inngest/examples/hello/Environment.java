package dev.vibecoder.inngest.examples.hello;

import java.util.Objects;

/**
 * Where the functions run.
 *
 * @param nodeEnv {@code NODE_ENV}, or {@code development}
 * @param inngestPort the port of the Inngest server in use
 */
public record Environment(String nodeEnv, int inngestPort) {
  static Environment ofProcess(int inngestPort) {
    String name = System.getenv("NODE_ENV");
    return new Environment(
        Objects.requireNonNullElse(name == null || name.isBlank() ? null : name, "development"),
        inngestPort);
  }
}
