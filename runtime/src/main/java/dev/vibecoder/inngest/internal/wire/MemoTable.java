package dev.vibecoder.inngest.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The memos of one body by the hashes of their steps. Immutable as soon as the body is read.
 *
 * <p>A run has up to a thousand steps, and each of its calls brings all of them: a map of objects
 * takes as much time as the functions that ask it. Here a memo is a few numbers, among them where
 * its key stands in the body, and becomes an object when it is asked for.
 */
public final class MemoTable extends AbstractMap<String, Memo> {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
  // Who sends keys does not know it, and cannot choose them so that they collide.
  private static final long SEED = new SplittableRandom().nextLong();

  private static final int NUMBERS = 5;
  private static final int KEY = 0;
  private static final int KEY_LENGTH = 1;
  private static final int KEY_CODE = 2;
  private static final int VALUE = 3;
  private static final int VALUE_LENGTH = 4;
  private static final int LEAST_SLOTS = 4;

  private final byte[] body;
  private int[] memos;
  private Memo.Kind[] kinds;
  // One more than the position of the memo, 0 for none; a power of two, at most half full.
  private int[] slots;
  private int count;
  // The server writes none.
  private final Map<String, Memo> escaped = new LinkedHashMap<>(0);
  private @Nullable String lastEscaped;

  /**
   * An empty table.
   *
   * @param body what the memos are slices of
   * @param expected how many there will be, as far as that is known; a little more takes less
   *     memory than to grow
   */
  MemoTable(byte[] body, int expected) {
    this.body = body;
    this.slots = new int[Math.max(LEAST_SLOTS, 4 * Integer.highestOneBit(expected))];
    this.kinds = new Memo.Kind[slots.length / 2];
    this.memos = new int[NUMBERS * kinds.length];
  }

  /**
   * Adds a key that stands in the body as it is; its memo is to follow.
   *
   * @return false if the key is there already
   */
  boolean addKey(int key, int length) {
    if (!escaped.isEmpty()
        && escaped.containsKey(new String(body, key, length, StandardCharsets.UTF_8))) {
      return false;
    }
    int code = code(body, key, length);
    int slot = slot(body, key, length, code);
    if (slots[slot] != 0) {
      return false;
    }
    if (2 * count == slots.length) {
      grow();
      slot = slot(body, key, length, code);
    }
    int at = NUMBERS * count++;
    slots[slot] = count;
    memos[at + KEY] = key;
    memos[at + KEY_LENGTH] = length;
    memos[at + KEY_CODE] = code;
    lastEscaped = null;
    return true;
  }

  /**
   * Adds a key that does not stand in the body as it is, for it has escapes; its memo is to follow.
   *
   * @return false if the key is there already
   */
  boolean addKey(String key) {
    if (containsKey(key)) {
      return false;
    }
    lastEscaped = key;
    return true;
  }

  /** Sets the memo of the key that was added last. */
  void setLast(Memo.Kind kind, int value, int length) {
    if (lastEscaped != null) {
      escaped.put(lastEscaped, new Memo(kind, body, value, length));
      return;
    }
    int last = count - 1;
    memos[NUMBERS * last + VALUE] = value;
    memos[NUMBERS * last + VALUE_LENGTH] = length;
    kinds[last] = kind;
  }

  @Override
  public @Nullable Memo get(@Nullable Object key) {
    if (!(key instanceof String text)) {
      return null;
    }
    return find(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Finds the memo of a key that is given as UTF-8. */
  public @Nullable Memo find(byte[] key) {
    int found = slots[slot(key, 0, key.length, code(key, 0, key.length))];
    if (found != 0) {
      return memo(found - 1);
    }
    return escaped.isEmpty() ? null : escaped.get(new String(key, StandardCharsets.UTF_8));
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return count + escaped.size();
  }

  /** In the order of the body, but for keys with escapes, which come last. */
  @Override
  public Set<Entry<String, Memo>> entrySet() {
    Map<String, Memo> all = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int at = NUMBERS * i;
      String key =
          new String(body, memos[at + KEY], memos[at + KEY_LENGTH], StandardCharsets.UTF_8);
      all.put(key, memo(i));
    }
    all.putAll(escaped);
    return Collections.unmodifiableMap(all).entrySet();
  }

  private Memo memo(int position) {
    int at = NUMBERS * position;
    return new Memo(kinds[position], body, memos[at + VALUE], memos[at + VALUE_LENGTH]);
  }

  /** Where a key is, or would be. */
  private int slot(byte[] bytes, int from, int length, int code) {
    int mask = slots.length - 1;
    int slot = code & mask;
    while (slots[slot] != 0 && !isKey(slots[slot] - 1, bytes, from, length, code)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isKey(int position, byte[] bytes, int from, int length, int code) {
    int at = NUMBERS * position;
    int key = memos[at + KEY];
    return memos[at + KEY_CODE] == code
        && memos[at + KEY_LENGTH] == length
        && Arrays.equals(body, key, key + length, bytes, from, from + length);
  }

  private void grow() {
    memos = Arrays.copyOf(memos, 2 * memos.length);
    kinds = Arrays.copyOf(kinds, 2 * kinds.length);
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = memos[NUMBERS * i + KEY_CODE] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  private static int code(byte[] bytes, int from, int length) {
    long code = SEED ^ length;
    int at = from;
    int end = from + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      code = mixed(code, (long) EIGHT_BYTES.get(bytes, at));
    }
    for (; at < end; at++) {
      code = mixed(code, bytes[at]);
    }
    return (int) (code >>> 16);
  }

  private static long mixed(long code, long more) {
    long product = (code ^ more) * FACTOR;
    return product ^ (product >>> 32);
  }
}
