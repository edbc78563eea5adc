package dev.vibecoder.inngest.middleware;

import java.util.Optional;

/**
 * Where middleware was added.
 *
 * @param appId the app's id
 * @param functionId the function it was added to, or empty for a client
 */
public record RegistrationContext(String appId, Optional<String> functionId) {}
