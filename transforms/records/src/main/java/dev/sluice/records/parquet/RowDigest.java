package dev.sluice.records.parquet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash of a multiset of rows: the sum modulo 2^256 of the SHA-256 of each row's canonical bytes,
 * and the number of rows. It does not depend on the order of the rows or on how they lie in files,
 * and digests of parts add up to the digest of the whole.
 *
 * <p>A row's bytes are the table's name and then its {@linkplain TableColumn#content content}
 * columns; each column begins with one byte that says whether the value is there.
 */
public final class RowDigest {
  /** The digest of no rows. */
  public static final RowDigest EMPTY = new RowDigest(new long[4], 0);

  private static final int WORDS = 4;

  private final long[] sum; // least significant word first
  private final long rows;

  private RowDigest(long[] sum, long rows) {
    this.sum = sum;
    this.rows = rows;
  }

  /** The digest of rows of a table. */
  public static <R extends Record> RowDigest of(Table<R> table, Iterable<R> rows) {
    Sum<R> sum = new Sum<>(table);
    rows.forEach(sum::add);
    return sum.digest();
  }

  /** Reads what {@link #toString} writes. */
  public static RowDigest parse(String text) {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(badText(text), e);
    }
    if (bytes.length != (WORDS + 1) * Long.BYTES) {
      throw new IllegalArgumentException(badText(text));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long[] sum = new long[WORDS];
    for (int i = WORDS - 1; i >= 0; i--) {
      sum[i] = buffer.getLong();
    }
    return new RowDigest(sum, buffer.getLong());
  }

  private static String badText(String text) {
    return "A row digest is 80 hexadecimal digits (the sum of the hashes, then the number of rows), not '%s'."
        .formatted(text);
  }

  /** The digest of the rows of both. */
  public RowDigest plus(RowDigest other) {
    long[] both = sum.clone();
    add(both, other.sum);
    return new RowDigest(both, rows + other.rows);
  }

  /** The digest of the rows of all. */
  public static RowDigest sum(List<RowDigest> digests) {
    RowDigest all = EMPTY;
    for (RowDigest digest : digests) {
      all = all.plus(digest);
    }
    return all;
  }

  /** Number of rows that count. */
  public long rows() {
    return rows;
  }

  /** 80 hexadecimal digits: the sum of the hashes (64), then the number of rows (16). */
  @Override
  public String toString() {
    ByteBuffer buffer = ByteBuffer.allocate((WORDS + 1) * Long.BYTES);
    for (int i = WORDS - 1; i >= 0; i--) {
      buffer.putLong(sum[i]);
    }
    return HexFormat.of().formatHex(buffer.putLong(rows).array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowDigest digest && toString().equals(digest.toString());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sum[0]);
  }

  private static void add(long[] target, long[] words) {
    long carry = 0;
    for (int i = 0; i < WORDS; i++) {
      long partial = target[i] + words[i];
      long whole = partial + carry;
      carry =
          Long.compareUnsigned(partial, words[i]) < 0 || Long.compareUnsigned(whole, carry) < 0
              ? 1
              : 0;
      target[i] = whole;
    }
  }

  /** A digest that grows row by row. Belongs to one thread. */
  static final class Sum<R extends Record> {
    private final Table<R> table;
    private final RowEncoder encoder = new RowEncoder();
    private final ByteBuffer hash = ByteBuffer.allocate(WORDS * Long.BYTES);
    private final long[] word = new long[WORDS];
    private final long[] sum = new long[WORDS];
    private long rows;

    Sum(Table<R> table) {
      this.table = table;
    }

    void add(R row) {
      if (!table.counts(row)) {
        return;
      }
      encoder.clear();
      encoder.text(table.name());
      table.columnSet().digest(encoder, row);
      encoder.hash(hash.array());
      for (int i = 0; i < WORDS; i++) {
        word[i] = hash.getLong((WORDS - 1 - i) * Long.BYTES);
      }
      RowDigest.add(sum, word);
      rows++;
    }

    RowDigest digest() {
      return new RowDigest(sum.clone(), rows);
    }
  }
}
