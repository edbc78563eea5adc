package dev.vibecoder.inngest.devserver.engine;

import java.util.Arrays;

/**
 * What is remembered of steps, sorted by their hashes, as call requests tell it. Immutable: one
 * more makes a new one, which for the thousand steps that a run may have is a copy of two small
 * arrays.
 */
final class Memos implements CanonicalJson.Fragment {
  static final Memos NONE = new Memos(new String[0], new Memo[0]);

  private final String[] hashes;
  private final Memo[] memos;

  private Memos(String[] hashes, Memo[] memos) {
    this.hashes = hashes;
    this.memos = memos;
  }

  boolean has(String hash) {
    return Arrays.binarySearch(hashes, hash) >= 0;
  }

  /** With one that it does not have yet. */
  Memos with(String hash, Memo memo) {
    int at = -Arrays.binarySearch(hashes, hash) - 1;
    String[] moreHashes = new String[hashes.length + 1];
    Memo[] moreMemos = new Memo[hashes.length + 1];
    System.arraycopy(hashes, 0, moreHashes, 0, at);
    System.arraycopy(memos, 0, moreMemos, 0, at);
    moreHashes[at] = hash;
    moreMemos[at] = memo;
    System.arraycopy(hashes, at, moreHashes, at + 1, hashes.length - at);
    System.arraycopy(memos, at, moreMemos, at + 1, memos.length - at);
    return new Memos(moreHashes, moreMemos);
  }

  @Override
  public void appendTo(CanonicalJson writer) {
    writer.one('{');
    for (int i = 0; i < hashes.length; i++) {
      if (i > 0) {
        writer.one(',');
      }
      writer.text(hashes[i]);
      writer.one(':');
      memos[i].appendTo(writer);
    }
    writer.one('}');
  }
}
