package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.protocol.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param key the key that signed it, or null
 * @param trusted whether it may call functions
 * @param undecided whether that could not be found out now
 */
record Caller(@Nullable SigningKey key, boolean trusted, boolean undecided) {
  /** Who is known by a key, or allowed without; null is for nobody. */
  static Caller of(@Nullable SigningKey key) {
    return new Caller(key, key != null, false);
  }

  /** Anybody, where nobody has to sign. */
  static Caller anybody() {
    return new Caller(null, true, false);
  }

  /** Who may come again. */
  static Caller unknown() {
    return new Caller(null, false, true);
  }
}
