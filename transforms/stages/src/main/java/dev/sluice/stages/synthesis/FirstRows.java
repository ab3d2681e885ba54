package dev.sluice.stages.synthesis;

import dev.sluice.records.Hashes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first row of each key, in 40 to 80 bytes a key: the first 128 bits of the key's hash and the
 * row's index, in a table with open addressing.
 */
final class FirstRows {
  private static final int NONE = -1;

  private long[] high = new long[64];
  private long[] low = new long[64];
  private int[] rows = empty(64);
  private int size;

  private static int[] empty(int length) {
    int[] rows = new int[length];
    Arrays.fill(rows, NONE);
    return rows;
  }

  /** Notes a row's key, unless an earlier row had it. */
  void add(String key, int row) {
    if (2 * size >= rows.length) {
      grow();
    }
    ByteBuffer hash = ByteBuffer.wrap(Hashes.bytes(key));
    put(hash.getLong(), hash.getLong(), row);
  }

  /** The first row with a key, or -1. */
  int of(String key) {
    ByteBuffer hash = ByteBuffer.wrap(Hashes.bytes(key));
    return rows[place(hash.getLong(), hash.getLong())];
  }

  private void put(long h, long l, int row) {
    int place = place(h, l);
    if (rows[place] == NONE) {
      high[place] = h;
      low[place] = l;
      rows[place] = row;
      size++;
    }
  }

  private int place(long h, long l) {
    int place = (int) h & (rows.length - 1);
    while (rows[place] != NONE && (high[place] != h || low[place] != l)) {
      place = (place + 1) & (rows.length - 1);
    }
    return place;
  }

  private void grow() {
    FirstRows larger = new FirstRows();
    larger.high = new long[2 * rows.length];
    larger.low = new long[2 * rows.length];
    larger.rows = empty(2 * rows.length);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != NONE) {
        larger.put(high[i], low[i], rows[i]);
      }
    }
    high = larger.high;
    low = larger.low;
    rows = larger.rows;
  }
}
