package dev.sluice.export.split;

import java.util.Arrays;

/**
 * Lists of numbers by a 64-bit key, in arrays of primitives: about 40 bytes a key. The newest entry
 * of a list is its first. The key 0 is taken for 1.
 */
final class Postings {
  /** The end of a list. */
  static final int END = -1;

  private long[] keys = new long[1024];
  private int[] heads = new int[1024];
  private int[] values = new int[1024];
  private int[] following = new int[1024];
  private int lists;
  private int entries;

  /** Puts a number before the others of its list. */
  void add(long key, int value) {
    if (3 * (lists + 1) > 2 * keys.length) {
      grow();
    }
    if (entries == values.length) {
      int more = entries + (entries >> 1);
      values = Arrays.copyOf(values, more);
      following = Arrays.copyOf(following, more);
    }
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = named(key);
      heads[slot] = END;
      lists++;
    }
    values[entries] = value;
    following[entries] = heads[slot];
    heads[slot] = entries++;
  }

  /** The first entry of a list; {@link #END} if it has none. */
  int first(long key) {
    int slot = slot(key);
    return keys[slot] == 0 ? END : heads[slot];
  }

  /** The entry after an entry; {@link #END} after the last. */
  int next(int entry) {
    return following[entry];
  }

  /** The number of an entry. */
  int value(int entry) {
    return values[entry];
  }

  /** Removes everything and keeps the room. */
  void clear() {
    Arrays.fill(keys, 0);
    lists = 0;
    entries = 0;
  }

  private static long named(long key) {
    return key == 0 ? 1 : key;
  }

  /** Where a key is, or the free slot for it. */
  private int slot(long key) {
    long named = named(key);
    int mask = keys.length - 1;
    int slot = (int) ((named * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != named) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldHeads = heads;
    keys = new long[2 * oldKeys.length];
    heads = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        heads[slot] = oldHeads[i];
      }
    }
  }
}
