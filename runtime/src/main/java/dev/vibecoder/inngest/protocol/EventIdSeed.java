package dev.vibecoder.inngest.protocol;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The value of {@link ProtocolHeaders#EVENT_ID_SEED}: from it the server derives the ids of the
 * events of one send, so that the same send tried again gives the same ids.
 *
 * <p>Form: {@code <epoch milliseconds>,<base64 of ten bytes>}. Immutable.
 */
public final class EventIdSeed {
  private final long epochMillis;
  private final byte[] entropy;

  private EventIdSeed(long epochMillis, byte[] entropy) {
    this.epochMillis = epochMillis;
    this.entropy = entropy;
  }

  /**
   * Makes a new seed.
   *
   * @param time the time stamp that the ids shall have
   * @param random where the entropy comes from
   * @return a seed
   */
  public static EventIdSeed next(Instant time, RandomGenerator random) {
    byte[] entropy = new byte[Ulid.ENTROPY_BYTES];
    random.nextBytes(entropy);
    return new EventIdSeed(time.toEpochMilli(), entropy);
  }

  /**
   * Reads a header value.
   *
   * @param header the text of the header
   * @return the seed, or empty if the text is malformed, which the server ignores
   */
  public static Optional<EventIdSeed> parse(String header) {
    int comma = header.indexOf(',');
    if (comma < 1) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(header.substring(0, comma));
      byte[] entropy = Base64.getDecoder().decode(header.substring(comma + 1));
      return millis >= 0 && millis >>> 48 == 0 && entropy.length == Ulid.ENTROPY_BYTES
          ? Optional.of(new EventIdSeed(millis, entropy))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Derives the id of one event.
   *
   * @param index 1 for the first event of a send; 0 for an invocation
   * @return a ULID
   */
  public String id(int index) {
    byte[] derived = Arrays.copyOf(entropy, entropy.length);
    ByteBuffer buffer = ByteBuffer.wrap(derived);
    buffer.putInt(6, buffer.getInt(6) + index);
    return Ulid.of(epochMillis, derived);
  }

  /**
   * The header value.
   *
   * @return {@code <epoch milliseconds>,<base64>}
   */
  @Override
  public String toString() {
    return epochMillis + "," + Base64.getEncoder().encodeToString(entropy);
  }
}
