package dev.vibecoder.inngest.internal.wire;

import dev.vibecoder.inngest.InngestException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call request, read in one pass over its bytes: the context as values, the event and every
 * memoised step as slices of the body. Immutable; the body must not be changed.
 *
 * @param body the bytes
 * @param event the first event, or the only one
 * @param events the array of all events; empty if the server left them out
 * @param stack the hashes of the steps that are done, in that order; empty if the server left it
 *     out
 * @param memos what is remembered, by the hash of the step
 * @param runId the run's ULID
 * @param attempt which attempt this is, from 0
 * @param maxAttempts how many there are, 0 if the server did not say
 * @param version protocol version of the run, -1 while it is open
 * @param planOnly whether no step may be run at once
 * @param useApi whether events and steps were left out and must be fetched
 */
public record CallRequest(
    byte[] body,
    Slice event,
    Slice events,
    Slice stack,
    MemoTable memos,
    String runId,
    int attempt,
    int maxAttempts,
    int version,
    boolean planOnly,
    boolean useApi) {

  /**
   * Reads a body.
   *
   * @throws MalformedBodyException if it is no JSON, or a key of the protocol has a value of the
   *     wrong type or stands twice, or the event is missing
   */
  public static CallRequest read(byte[] body) throws MalformedBodyException {
    return new Reader(body).read();
  }

  /** Reads what is remembered of steps from a body of its own, as the server's API gives it. */
  public CallRequest withMemos(byte[] actions) throws MalformedBodyException {
    MemoTable fetched = new MemoTable(actions, 0);
    JsonCursor cursor = new JsonCursor(actions, 0, actions.length);
    Reader.memos(cursor, fetched);
    cursor.finish();
    return new CallRequest(
        body,
        event,
        events,
        stack,
        fetched,
        runId,
        attempt,
        maxAttempts,
        version,
        planOnly,
        useApi);
  }

  /** The same request with the events that the server's API gives. */
  public CallRequest withEvents(byte[] batch) throws MalformedBodyException {
    JsonCursor cursor = new JsonCursor(batch, 0, batch.length);
    if (cursor.peek() != '[') {
      throw new MalformedBodyException("The events are no array.");
    }
    int start = cursor.position();
    cursor.skipValue();
    Slice all = new Slice(batch, start, cursor.position() - start);
    cursor.finish();
    return new CallRequest(
        body, event, all, stack, memos, runId, attempt, maxAttempts, version, planOnly, useApi);
  }

  /**
   * The hashes of the steps that are done.
   *
   * @return in that order; empty if the server left them out
   */
  public List<String> doneInOrder() {
    if (stack.isEmpty()) {
      return List.of();
    }
    List<String> hashes = new ArrayList<>(memos.size());
    JsonCursor cursor = new JsonCursor(stack.body(), stack.offset(), stack.length());
    try {
      cursor.beginArray();
      for (boolean first = true; cursor.nextElement(first); first = false) {
        hashes.add(cursor.readString("ctx.stack.stack"));
      }
    } catch (MalformedBodyException e) {
      throw new InngestException("The request's ctx.stack cannot be read: " + e.getMessage(), e);
    }
    return hashes;
  }

  private static final class Reader {
    /** Of a hash in the stack, with its quotation marks and a comma. */
    private static final int HASH_BYTES = 43;

    private final byte[] body;
    private final JsonCursor cursor;
    private MemoTable memos;
    private int seen;
    private Slice event;
    private Slice events;
    private Slice stack;
    private @Nullable String runId;
    private int attempt;
    private int maxAttempts;
    private int version = -1;
    private boolean planOnly;
    private boolean useApi;

    Reader(byte[] body) {
      this.body = body;
      this.cursor = new JsonCursor(body, 0, body.length);
      this.memos = new MemoTable(body, 0);
      this.event = new Slice(body, 0, 0);
      this.events = event;
      this.stack = event;
    }

    CallRequest read() throws MalformedBodyException {
      cursor.beginObject();
      for (boolean first = true; cursor.nextKey(first); first = false) {
        if (cursor.keyIs("steps")) {
          once(1);
          memos = new MemoTable(body, stack.length() / HASH_BYTES);
          memos(cursor, memos);
        } else if (cursor.keyIs("event")) {
          once(1 << 1);
          event = slice('{', "\"event\" is no object.");
        } else if (cursor.keyIs("events")) {
          once(1 << 10);
          events = slice('[', "\"events\" is no array.");
        } else if (cursor.keyIs("ctx")) {
          once(1 << 2);
          context();
        } else if (cursor.keyIs("version")) {
          once(1 << 3);
          version = cursor.readInt("version");
        } else if (cursor.keyIs("use_api")) {
          once(1 << 4);
          useApi |= cursor.readBoolean("use_api");
        } else {
          cursor.skipValue();
        }
      }
      cursor.finish();
      if (event.isEmpty()) {
        throw new MalformedBodyException("The body has no \"event\".");
      }
      if (runId == null || runId.isEmpty()) {
        throw new MalformedBodyException("The body has no \"ctx.run_id\".");
      }
      return new CallRequest(
          body,
          event,
          events,
          stack,
          memos,
          runId,
          attempt,
          maxAttempts,
          version,
          planOnly,
          useApi);
    }

    private void once(int key) throws MalformedBodyException {
      if ((seen & key) != 0) {
        throw cursor.twice();
      }
      seen |= key;
    }

    /** A value of a given kind, or nothing for null. */
    private Slice slice(char first, String otherwise) throws MalformedBodyException {
      byte found = cursor.peek();
      int start = cursor.position();
      if (found != 'n' && found != first) {
        throw new MalformedBodyException(otherwise);
      }
      cursor.skipValue();
      return new Slice(body, start, found == 'n' ? 0 : cursor.position() - start);
    }

    private void stack() throws MalformedBodyException {
      if (cursor.peek() != '{') {
        cursor.skipValue();
        return;
      }
      cursor.beginObject();
      for (boolean first = true; cursor.nextKey(first); first = false) {
        if (cursor.keyIs("stack")) {
          once(1 << 12);
          stack = slice('[', "\"ctx.stack.stack\" is no array.");
        } else {
          cursor.skipValue();
        }
      }
    }

    private void context() throws MalformedBodyException {
      if (cursor.peek() != '{') {
        throw new MalformedBodyException("\"ctx\" is no object.");
      }
      cursor.beginObject();
      for (boolean first = true; cursor.nextKey(first); first = false) {
        if (cursor.keyIs("run_id")) {
          once(1 << 5);
          runId = cursor.readString("ctx.run_id");
        } else if (cursor.keyIs("attempt")) {
          once(1 << 6);
          attempt = cursor.readCount("ctx.attempt");
        } else if (cursor.keyIs("max_attempts")) {
          once(1 << 7);
          maxAttempts = cursor.readCount("ctx.max_attempts");
        } else if (cursor.keyIs("disable_immediate_execution")) {
          once(1 << 8);
          planOnly = cursor.readBoolean("ctx.disable_immediate_execution");
        } else if (cursor.keyIs("stack")) {
          once(1 << 11);
          stack();
        } else if (cursor.keyIs("use_api")) {
          once(1 << 9);
          useApi |= cursor.readBoolean("ctx.use_api");
        } else {
          cursor.skipValue();
        }
      }
    }

    static void memos(JsonCursor cursor, MemoTable memos) throws MalformedBodyException {
      if (cursor.peek() == 'n') {
        cursor.skipValue();
        return;
      }
      if (cursor.peek() != '{') {
        throw new MalformedBodyException("\"steps\" is no object.");
      }
      cursor.beginObject();
      for (boolean first = true; cursor.nextKey(first); first = false) {
        boolean isNew =
            cursor.isKeyPlain()
                ? memos.addKey(cursor.keyStart(), cursor.keyLength())
                : memos.addKey(cursor.key());
        if (!isNew) {
          throw cursor.twice();
        }
        memo(cursor, memos);
      }
    }

    /** An object with just one of three keys is that form; everything else is the value itself. */
    private static void memo(JsonCursor cursor, MemoTable memos) throws MalformedBodyException {
      byte first = cursor.peek();
      int start = cursor.position();
      if (first != '{') {
        cursor.skipValue();
        memos.setLast(Memo.Kind.RAW, start, cursor.position() - start);
        return;
      }
      Memo.Kind last = null;
      int valueStart = 0;
      int valueEnd = 0;
      int keys = 0;
      cursor.beginObject();
      for (boolean firstKey = true; cursor.nextKey(firstKey); firstKey = false) {
        Memo.Kind kind = kind(cursor);
        if (kind != Memo.Kind.RAW && last == kind) {
          throw cursor.twice();
        }
        last = kind;
        valueStart = cursor.position();
        cursor.skipValue();
        valueEnd = cursor.position();
        keys++;
      }
      if (keys == 1 && last != null && last != Memo.Kind.RAW) {
        memos.setLast(last, valueStart, valueEnd - valueStart);
      } else {
        memos.setLast(Memo.Kind.RAW, start, cursor.position() - start);
      }
    }

    private static Memo.Kind kind(JsonCursor cursor) {
      if (cursor.keyIs("data")) {
        return Memo.Kind.DATA;
      }
      if (cursor.keyIs("error")) {
        return Memo.Kind.ERROR;
      }
      return cursor.keyIs("input") ? Memo.Kind.INPUT : Memo.Kind.RAW;
    }
  }
}
