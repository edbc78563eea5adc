package dev.vibecoder.inngest.middleware.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.JsonPayload;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.SendContext;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.middleware.StepKind;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts data end to end, so that the server stores what it cannot read: the results of steps and
 * functions, and one field of the payload of events and of invoked functions, {@code encrypted}
 * unless set otherwise. The rest of a payload stays readable, as the server needs it for
 * expressions.
 *
 * <p>The format is that of the encryption middleware of the TypeScript and Python SDKs, so that
 * apps in several languages can share data: {@code {"__ENCRYPTED__": true, "__STRATEGY__":
 * "inngest/libsodium", "data": "<base64>"}}.
 *
 * <p>Not encrypted: {@code null}, errors with their messages and stacks, names, ids, the arguments
 * of sleeps and waits, signals, and requests that the server makes itself (fetch, AI).
 *
 * <p>Everything that is encrypted with a key at hand is decrypted, wherever it stands at the top of
 * a payload or a result, also in events that were waited for and in the events that failure and
 * cancellation handlers are told of. A value that none of the keys decrypts fails the call, which
 * is tried again.
 *
 * <p><b>Rotating keys.</b> Give all apps the new key as a {@linkplain Builder#fallbackKeys
 * fallback}, then make it the key everywhere with the former as the fallback, and drop the former
 * when all runs of its time are over. <b>Beginning or ending.</b> {@linkplain Builder#decryptOnly
 * Decrypt only} in all apps first, so that each can read what the others write.
 */
// The same tree means that nothing was changed.
@SuppressWarnings("ReferenceEquality")
public final class EncryptionMiddleware implements Middleware {
  /** The field of payloads that is encrypted if no other is set. */
  public static final String DEFAULT_EVENT_FIELD = "encrypted";

  private static final Logger LOG = LoggerFactory.getLogger(EncryptionMiddleware.class);
  private static final String SYSTEM_EVENTS = "inngest/function.";

  private final EncryptionStrategy strategy;
  private final FormerAes former;
  private final Set<String> eventFields;
  private final boolean decryptOnly;
  private final AtomicBoolean toldOfTwice = new AtomicBoolean();

  private EncryptionMiddleware(Builder builder) {
    this.strategy = builder.strategy == null ? secretBox(builder.keys) : builder.strategy;
    this.former = new FormerAes(builder.keys);
    this.eventFields = Set.copyOf(builder.eventFields);
    this.decryptOnly = builder.decryptOnly;
  }

  private static EncryptionStrategy secretBox(List<EncryptionKey> keys) {
    try {
      return new SecretBox(keys);
    } catch (NoClassDefFoundError e) {
      throw new InngestException(
          "Encryption with a key needs Bouncy Castle: add the dependency"
              + " org.bouncycastle:bcprov-jdk18on, or encrypt with a strategy of your own.",
          e);
    }
  }

  /**
   * Encrypts with a key, in the format of the other SDKs. Needs Bouncy Castle ({@code
   * org.bouncycastle:bcprov-jdk18on}) on the class path.
   *
   * @param key encrypts, and decrypts what it encrypted
   * @return for the other settings
   * @see Builder#build() what is thrown without it
   */
  public static Builder withKey(EncryptionKey key) {
    Builder builder = new Builder(null);
    builder.keys.add(Objects.requireNonNull(key, "key"));
    return builder;
  }

  /**
   * Encrypts in another way, such as with a key service.
   *
   * @param strategy encrypts and decrypts
   * @return for the other settings; {@linkplain Builder#fallbackKeys fallback keys} serve only to
   *     decrypt what the first versions of the TypeScript SDK encrypted
   */
  public static Builder withStrategy(EncryptionStrategy strategy) {
    return new Builder(Objects.requireNonNull(strategy, "strategy"));
  }

  // --- towards the server ---

  @Override
  public JsonPayload transformOutput(CallContext call, JsonPayload output) {
    return encrypted(output);
  }

  @Override
  public JsonPayload transformStepOutput(CallContext call, StepInfo step, JsonPayload output) {
    return encrypted(output);
  }

  private JsonPayload encrypted(JsonPayload payload) {
    if (decryptOnly || payload.isNull()) {
      return payload;
    }
    byte[] json = payload.bytes();
    if (json[0] == '{' && Envelope.of(payload.tree()) != null) {
      tellOfTwice();
    }
    return JsonPayload.of(new Envelope(strategy.identifier(), strategy.encrypt(json)).write());
  }

  @Override
  public ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
    if (!decryptOnly
        && step.kind() == StepKind.INVOKE
        && input.get("payload") instanceof ObjectNode payload
        && payload.get("data") instanceof ObjectNode data) {
      payload.set("data", encryptedFields(data));
    }
    return input;
  }

  @Override
  public List<EventEnvelope> transformSend(SendContext send, List<EventEnvelope> events) {
    if (decryptOnly) {
      return events;
    }
    List<EventEnvelope> changed = new ArrayList<>(events.size());
    for (EventEnvelope event : events) {
      changed.add(
          event.data() instanceof ObjectNode data ? event.withData(encryptedFields(data)) : event);
    }
    return changed;
  }

  private ObjectNode encryptedFields(ObjectNode data) {
    ObjectNode changed = data;
    for (String field : eventFields) {
      JsonNode value = data.get(field);
      if (value != null && !value.isNull()) {
        if (changed == data) {
          changed = data.objectNode().setAll(data);
        }
        changed.set(field, encrypted(JsonPayload.of(value)).tree());
      }
    }
    return changed;
  }

  private void tellOfTwice() {
    if (toldOfTwice.compareAndSet(false, true)) {
      LOG.warn(
          "A value is encrypted that looks encrypted already. Was the encryption middleware added"
              + " twice, to the client and to a function? Apps in other languages decrypt once"
              + " only.");
    }
  }

  // --- towards the function ---

  @Override
  public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
    List<EventEnvelope> changed = new ArrayList<>(events.size());
    for (EventEnvelope event : events) {
      changed.add(
          event.data() instanceof ObjectNode data
              ? event.withData(decryptedPayload(event.name(), data))
              : event);
    }
    return changed;
  }

  @Override
  public JsonPayload transformMemo(CallContext call, StepInfo step, JsonPayload memo) {
    if (!(memo.tree() instanceof ObjectNode value)) {
      return memo;
    }
    JsonNode changed =
        switch (step.kind()) {
          case WAIT_FOR_EVENT -> decryptedEvent(value);
          case WAIT_FOR_SIGNAL -> decryptedFields(value);
          default -> decrypted(value);
        };
    return changed == value ? memo : JsonPayload.of(changed);
  }

  private ObjectNode decryptedPayload(String name, ObjectNode data) {
    ObjectNode changed = decryptedData(data);
    return name.startsWith(SYSTEM_EVENTS) ? decryptedWithin(changed) : changed;
  }

  /** Failure, cancellation and end tell of the event that began the run, and of its result. */
  private ObjectNode decryptedWithin(ObjectNode data) {
    ObjectNode changed = data.objectNode().setAll(data);
    if (data.get("event") instanceof ObjectNode event) {
      changed.set("event", decryptedEvent(event));
    }
    if (data.get("events") instanceof ArrayNode events) {
      ArrayNode decrypted = changed.putArray("events");
      for (JsonNode event : events) {
        decrypted.add(event instanceof ObjectNode object ? decryptedEvent(object) : event);
      }
    }
    return changed;
  }

  private ObjectNode decryptedEvent(ObjectNode event) {
    if (!(event.get("data") instanceof ObjectNode data)) {
      return event;
    }
    ObjectNode decrypted = decryptedData(data);
    if (decrypted == data) {
      return event;
    }
    ObjectNode changed = event.objectNode().setAll(event);
    return changed.set("data", decrypted);
  }

  /** A payload as a whole, or else its fields. */
  private ObjectNode decryptedData(ObjectNode data) {
    Envelope whole = Envelope.of(data);
    if (whole == null) {
      return decryptedFields(data);
    }
    if (!(decrypted(whole) instanceof ObjectNode decrypted)) {
      throw new InngestException("A payload that was encrypted as a whole is no object.");
    }
    // The server adds fields of its own to the payload of an invoked function.
    ObjectNode changed = data.objectNode().setAll(data);
    changed.remove(Envelope.KEYS);
    return changed.setAll(decrypted);
  }

  private ObjectNode decryptedFields(ObjectNode data) {
    ObjectNode changed = data;
    for (Map.Entry<String, JsonNode> field : data.properties()) {
      JsonNode decrypted = decrypted(field.getValue());
      if (decrypted != field.getValue()) {
        if (changed == data) {
          changed = data.objectNode().setAll(data);
        }
        changed.set(field.getKey(), decrypted);
      }
    }
    return changed;
  }

  private JsonNode decrypted(JsonNode value) {
    Envelope envelope = Envelope.of(value);
    return envelope == null ? value : decrypted(envelope);
  }

  private JsonNode decrypted(Envelope envelope) {
    try {
      return JsonPayload.of(decryptedBytes(envelope)).tree();
    } catch (GeneralSecurityException e) {
      throw new InngestException(
          "An encrypted value cannot be decrypted: "
              + e.getMessage()
              + ". Add the key that it was encrypted with as a fallback key.",
          e);
    }
  }

  private byte[] decryptedBytes(Envelope envelope) throws GeneralSecurityException {
    String by = envelope.strategy();
    if (by == null) {
      return former.decrypt(envelope.text(), EncryptionMiddleware::isJson);
    }
    if (!by.equals(strategy.identifier())) {
      throw new GeneralSecurityException(
          "it was encrypted by \""
              + by
              + "\", and this app uses \""
              + strategy.identifier()
              + "\"");
    }
    return strategy.decrypt(envelope.text());
  }

  private static boolean isJson(byte[] bytes) {
    try {
      JsonPayload.of(bytes).tree();
      return true;
    } catch (InngestException e) {
      return false;
    }
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "EncryptionMiddleware[" + strategy.identifier() + ", " + eventFields + "]";
  }

  /** Settings of the middleware. Not safe for use by several threads. */
  public static final class Builder {
    private final @Nullable EncryptionStrategy strategy;
    private final List<EncryptionKey> keys = new ArrayList<>();
    private final Set<String> eventFields = new LinkedHashSet<>(Set.of(DEFAULT_EVENT_FIELD));
    private boolean decryptOnly;

    private Builder(@Nullable EncryptionStrategy strategy) {
      this.strategy = strategy;
    }

    /**
     * Keys that decrypt only, tried in order after the key.
     *
     * @param more the keys
     * @return this
     */
    public Builder fallbackKeys(EncryptionKey... more) {
      keys.addAll(List.of(more));
      return this;
    }

    /**
     * The fields of payloads that are encrypted, instead of {@link #DEFAULT_EVENT_FIELD}. Every
     * reader decrypts them, whatever its own settings; the Python SDK, however, only the first
     * encrypted field of a payload.
     *
     * @param names names at the top of the payload; none leaves payloads readable
     * @return this
     */
    public Builder eventFields(String... names) {
      eventFields.clear();
      eventFields.addAll(List.of(names));
      return this;
    }

    /**
     * Decrypts and encrypts nothing.
     *
     * @return this
     */
    public Builder decryptOnly() {
      decryptOnly = true;
      return this;
    }

    /**
     * Makes the middleware.
     *
     * @return the middleware
     * @throws InngestException if the built-in strategy lacks Bouncy Castle
     */
    public EncryptionMiddleware build() {
      return new EncryptionMiddleware(this);
    }
  }
}
