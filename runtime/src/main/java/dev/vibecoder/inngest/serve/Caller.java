package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.protocol.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param key the key that signed it, or null
 * @param trusted whether it may call functions
 */
record Caller(@Nullable SigningKey key, boolean trusted) {}
