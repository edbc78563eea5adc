package dev.vibecoder.inngest.internal.execution;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a group.
 *
 * @param key encoded key of its first step, or null
 * @param body its code
 */
record GroupBranch(@Nullable String key, Callable<?> body) {}
