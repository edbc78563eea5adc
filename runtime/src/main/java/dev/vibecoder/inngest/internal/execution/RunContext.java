package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.FunctionContext;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import dev.vibecoder.inngest.middleware.ContextKey;
import dev.vibecoder.inngest.protocol.Ulid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a run, derived from its id alone, and of the present call.
 *
 * @param functionId the function's id
 * @param runId the run's id
 * @param hooks the middleware of the present call, or null for none
 * @param trace the trace that the present call belongs to, or null for none
 */
record RunContext(
    String functionId, String runId, @Nullable CallHooks hooks, @Nullable TraceHeaders trace)
    implements FunctionContext {
  @Override
  public Instant startedAt() {
    return Ulid.time(runId).orElse(Instant.EPOCH);
  }

  @Override
  public UUID uuid(String name) {
    byte[] hash;
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(runId.getBytes(StandardCharsets.UTF_8));
      sha1.update((byte) 0);
      hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & ~0xF000L) | 0x5000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public Logger logger() {
    return new ReplaySilentLogger(LoggerFactory.getLogger("inngest.function." + functionId));
  }

  @Override
  public <T> Optional<T> value(ContextKey<T> key) {
    return hooks == null ? Optional.empty() : hooks.get(key);
  }
}
