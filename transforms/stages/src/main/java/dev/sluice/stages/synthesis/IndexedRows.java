package dev.sluice.stages.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows that was gone through once, so that a unit reads its own rows alone: where rows
 * begin, and which rows share a key. The processes of a run each go through a file once; the index
 * takes 52 to 92 bytes a row and is given up when memory is short.
 */
final class IndexedRows {
  /** Rows between two places that are noted. */
  private static final int STRIDE = 64;

  private static final int MAX_KEPT = 8;

  private record Known(Path file, long bytes, FileTime changed, int limit, RowKey key) {}

  private static final Map<Known, SoftReference<IndexedRows>> KEPT =
      new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

  private final FileRows rows;
  private final RowsByKey groups = new RowsByKey();
  private final List<Integer> keyless = new ArrayList<>();
  private long[] begins = new long[16];
  private int[] firstLines = new int[16];
  private int count;

  private IndexedRows(FileRows rows, int limit, RowKey key) {
    this.rows = rows;
    rows.forEach(
        0,
        0,
        (row, index, begin) -> {
          if (index % STRIDE == 0) {
            note(index / STRIDE, begin, row.line());
          }
          List<String> keys = row.fault() == null ? key.of(row) : List.of();
          if (keys.isEmpty() && key.tolerant()) {
            keyless.add(index);
          }
          groups.add(keys, index);
          count = index + 1;
          return count < limit;
        });
  }

  private void note(int place, long begin, int line) {
    if (place == begins.length) {
      begins = Arrays.copyOf(begins, 2 * place);
      firstLines = Arrays.copyOf(firstLines, 2 * place);
    }
    begins[place] = begin;
    firstLines[place] = line;
  }

  /**
   * The rows of a file.
   *
   * @param limit most rows to read; null for all
   * @param key what rows are told apart by
   * @throws IllegalArgumentException if the file is missing, of an unknown kind or, unless the key
   *     is tolerant, broken at a line
   */
  static IndexedRows of(Path file, @Nullable Integer limit, RowKey key) {
    int most = limit == null ? Integer.MAX_VALUE : limit;
    synchronized (KEPT) {
      Known known = known(file, most, key);
      SoftReference<IndexedRows> kept = KEPT.get(known);
      IndexedRows rows = kept == null ? null : kept.get();
      if (rows == null) {
        FileRows opened = FileRows.open(file, most);
        rows = new IndexedRows(key.tolerant() ? opened.tolerant() : opened, most, key);
        KEPT.put(known, new SoftReference<>(rows));
        if (KEPT.size() > MAX_KEPT) {
          KEPT.remove(KEPT.keySet().iterator().next());
        }
      }
      return rows;
    }
  }

  private static Known known(Path file, int limit, RowKey key) {
    try {
      return Files.exists(file)
          ? new Known(file, Files.size(file), Files.getLastModifiedTime(file), limit, key)
          : new Known(file, -1, FileTime.fromMillis(0), limit, key);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read.", e);
    }
  }

  /** The number of rows. */
  int count() {
    return count;
  }

  /** The rows with a key, and those that share one with them, in order. */
  List<Integer> all(String key) {
    return groups.all(key);
  }

  /** Whether an earlier row has a key of this one. */
  boolean repeats(int row) {
    return groups.repeats(row);
  }

  /** The number of rows of which an earlier one has a key. */
  int repeated() {
    return groups.repeated();
  }

  /** The rows without a key, of a key that is tolerant: those that cannot be read among them. */
  List<Integer> keyless() {
    return List.copyOf(keyless);
  }

  /** Hands on the rows of these indexes in order. */
  void forEach(SortedSet<Integer> indexes, ObjIntConsumer<FileRow> consumer) {
    int read = -1;
    for (int wanted : indexes) {
      if (wanted > read) {
        read = read(wanted, indexes, consumer);
      }
    }
  }

  /**
   * Reads on from a row as long as the next that is wanted is near.
   *
   * @return the last row that was read
   */
  private int read(int from, SortedSet<Integer> indexes, ObjIntConsumer<FileRow> consumer) {
    int[] last = new int[1];
    rows.forEach(
        from / STRIDE * STRIDE,
        begins[from / STRIDE],
        firstLines[from / STRIDE],
        (row, index, begin) -> {
          last[0] = index;
          if (index >= from && indexes.contains(index)) {
            consumer.accept(row, index);
          }
          SortedSet<Integer> left = indexes.tailSet(index + 1);
          return !left.isEmpty() && left.first() <= index + STRIDE;
        });
    return last[0];
  }
}
