package dev.sluice.stages.synthesis;

import dev.sluice.records.Hashes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups of rows that share a key. A row with several keys joins the group of the first of them
 * that is known. Takes 52 to 92 bytes a row: the first 128 bits of each key's hash and the group's
 * first row, in a table with open addressing, and the row's links in its group.
 */
final class RowsByKey {
  private static final int NONE = -1;

  private long[] high = new long[64];
  private long[] low = new long[64];
  private int[] firsts = filled(64);
  private int size;

  /** By row: the first row of its group; the row itself if it has no key. */
  private int[] group = new int[64];

  /** By row: the next row of its group. */
  private int[] next = filled(64);

  /** By first row of a group: its last one so far. */
  private int[] last = new int[64];

  private int repeated;

  private static int[] filled(int length) {
    int[] rows = new int[length];
    Arrays.fill(rows, NONE);
    return rows;
  }

  /** Notes the keys of the row that follows all rows noted before. */
  void add(List<String> keys, int row) {
    reserve(row);
    int first = row;
    for (String key : keys) {
      int known = first(key);
      if (known != NONE) {
        first = known;
        break;
      }
    }
    group[row] = first;
    last[row] = row;
    if (first != row) {
      next[last[first]] = row;
      last[first] = row;
      repeated++;
    }
    for (String key : keys) {
      if (2 * size >= firsts.length) {
        grow();
      }
      ByteBuffer hash = ByteBuffer.wrap(Hashes.bytes(key));
      put(hash.getLong(), hash.getLong(), first);
    }
  }

  /** The first row of the group with a key, or -1. */
  int first(String key) {
    ByteBuffer hash = ByteBuffer.wrap(Hashes.bytes(key));
    return firsts[place(hash.getLong(), hash.getLong())];
  }

  /** All rows of the group with a key, in order. */
  List<Integer> all(String key) {
    List<Integer> rows = new ArrayList<>();
    for (int row = first(key); row != NONE; row = next[row]) {
      rows.add(row);
    }
    return rows;
  }

  /** Whether an earlier row has a key of this one. */
  boolean repeats(int row) {
    return group[row] != row;
  }

  /** The number of rows of which an earlier one has a key. */
  int repeated() {
    return repeated;
  }

  private void reserve(int row) {
    int length = group.length;
    if (row >= length) {
      group = Arrays.copyOf(group, 2 * length);
      last = Arrays.copyOf(last, 2 * length);
      next = Arrays.copyOf(next, 2 * length);
      Arrays.fill(next, length, 2 * length, NONE);
    }
  }

  private void put(long h, long l, int row) {
    int place = place(h, l);
    if (firsts[place] == NONE) {
      high[place] = h;
      low[place] = l;
      firsts[place] = row;
      size++;
    }
  }

  private int place(long h, long l) {
    int place = (int) h & (firsts.length - 1);
    while (firsts[place] != NONE && (high[place] != h || low[place] != l)) {
      place = (place + 1) & (firsts.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] highs = high;
    long[] lows = low;
    int[] rows = firsts;
    high = new long[2 * rows.length];
    low = new long[2 * rows.length];
    firsts = filled(2 * rows.length);
    size = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != NONE) {
        put(highs[i], lows[i], rows[i]);
      }
    }
  }
}
