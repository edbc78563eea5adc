package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.json.Json;
import org.jspecify.annotations.Nullable;

/** Writes what steps and functions give, as far as the server can take it. */
final class Output {
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private Output() {}

  /**
   * Writes a result.
   *
   * @param type the type it was declared with, or null to go by its class
   * @param what names it in errors
   */
  static byte[] write(@Nullable Object value, @Nullable TypeRef<?> type, String what) {
    return requireSize(Json.write(value, type, what), what);
  }

  /** Refuses what the server would. */
  static byte[] requireSize(byte[] json, String what) {
    if (json.length > MAX_BYTES) {
      throw new NonRetriableException(
          "Cannot write "
              + what
              + ": it has "
              + json.length
              + " bytes, the server takes "
              + MAX_BYTES
              + ". Store it elsewhere and return a reference to it.");
    }
    return json;
  }
}
