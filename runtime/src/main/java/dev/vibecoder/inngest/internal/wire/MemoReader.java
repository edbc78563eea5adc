package dev.vibecoder.inngest.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the memos of one call, one after another, with one parser: a new one for each takes more
 * memory than most memos have. Used by one thread; to be closed when the call is over.
 */
public final class MemoReader implements AutoCloseable {
  private static final int MAX_SHORT_DIGITS = 9;

  private final Feed feed = new Feed();
  private @Nullable JsonParser parser;

  /** Decodes a memo as a typed value; JSON {@code null} gives null. */
  public @Nullable Object read(Memo memo, TypeRef<?> type) throws IOException {
    Type wanted = type.type();
    if (wanted == String.class && isPlainText(memo)) {
      return new String(
          memo.body(), memo.offset() + 1, memo.length() - 2, StandardCharsets.ISO_8859_1);
    }
    if ((wanted == Integer.class || wanted == Long.class) && isShortNumber(memo)) {
      int number = number(memo);
      return wanted == Integer.class ? (Object) number : (Object) (long) number;
    }
    return parsed(memo, type);
  }

  private @Nullable Object parsed(Memo memo, TypeRef<?> type) throws IOException {
    JsonParser reading = parser;
    if (reading == null) {
      // A new parser looks at what is there, to tell the encoding; it is UTF-8 if nothing is.
      feed.clear();
      reading = Json.factory().createParser(feed);
    }
    // If it fails it is in the middle of something, and not used again.
    parser = null;
    feed.next(memo);
    try {
      Object value = Json.read(reading, type);
      reading.clearCurrentToken();
      parser = reading;
      return value;
    } finally {
      if (parser == null) {
        reading.close();
      }
    }
  }

  /** Whether the bytes between the quotation marks are the text itself. */
  private static boolean isPlainText(Memo memo) {
    byte[] body = memo.body();
    int last = memo.offset() + memo.length() - 1;
    if (memo.length() < 2 || body[memo.offset()] != '"') {
      return false;
    }
    for (int i = memo.offset() + 1; i < last; i++) {
      if (body[i] < 0 || body[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isShortNumber(Memo memo) {
    if (memo.length() < 1 || memo.length() > MAX_SHORT_DIGITS) {
      return false;
    }
    for (int i = memo.offset(); i < memo.offset() + memo.length(); i++) {
      if (memo.body()[i] < '0' || memo.body()[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static int number(Memo memo) {
    int number = 0;
    for (int i = memo.offset(); i < memo.offset() + memo.length(); i++) {
      number = number * 10 + memo.body()[i] - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    if (parser != null) {
      parser.close();
    }
  }

  /** The memos as one stream, each followed by a space, by which a number is seen to end. */
  private static final class Feed extends InputStream {
    private byte[] body = {};
    private int position;
    private int end;
    private boolean space;

    void clear() {
      position = end;
      space = false;
    }

    void next(Memo memo) {
      body = memo.body();
      position = memo.offset();
      end = memo.offset() + memo.length();
      space = true;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position < end) {
        int count = Math.min(length, end - position);
        System.arraycopy(body, position, into, offset, count);
        position += count;
        return count;
      }
      if (space && length > 0) {
        space = false;
        into[offset] = ' ';
        return 1;
      }
      return -1;
    }
  }
}
