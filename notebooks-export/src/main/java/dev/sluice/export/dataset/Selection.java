package dev.sluice.export.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.RowOptions;
import dev.sluice.records.Hashes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sample of rows that does not depend on their order: of each class those with the least hashes.
 * Sixteen bytes are kept for a row.
 */
final class Selection {
  private static final String LEFT_OUT_BALANCE = "rows of the more frequent class (--balance)";
  private static final String LEFT_OUT_LIMIT = "rows above --limit";

  private final RowOptions options;
  private final Map<List<Object>, Hashing> classes = new HashMap<>();

  Selection(RowOptions options) {
    this.options = options;
  }

  /** Whether the options take a sample at all. */
  static boolean isAsked(RowOptions options) {
    return options.balance() || options.limit() != null;
  }

  /** The hashes of one class of rows. */
  private static final class Hashing {
    private long[] hashes = new long[1024];
    private int count;

    void add(long hash) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = hash;
    }

    /** The greatest of the {@code rows} least hashes. */
    long threshold(int rows) {
      long[] sorted = Arrays.copyOf(hashes, count);
      Arrays.sort(sorted);
      return sorted[rows - 1];
    }
  }

  /**
   * Notes a row.
   *
   * @param part index of its part
   * @param correctness of what it is made of
   */
  void add(int part, @Nullable Boolean correctness, String id) {
    if (options.balance() && correctness == null) {
      throw new ExportException(
          "--balance takes as many rows of correct solutions as of incorrect ones, and the rows of this format stand for neither. Leave it out.");
    }
    classes.computeIfAbsent(key(part, correctness), none -> new Hashing()).add(hash(id));
  }

  private List<Object> key(int part, @Nullable Boolean correctness) {
    return options.balance() ? List.of(part, Boolean.TRUE.equals(correctness)) : List.of();
  }

  private static long hash(String id) {
    return ByteBuffer.wrap(Hashes.bytes("sample", id)).getLong();
  }

  /** Which row is taken. */
  @FunctionalInterface
  interface Taken {
    boolean test(int part, @Nullable Boolean correctness, String id);
  }

  /**
   * The rows that are taken, all having been noted.
   *
   * @param leftOut takes how many are not, by the reason
   */
  Taken taken(Counter leftOut) {
    Map<List<Object>, Long> thresholds = new HashMap<>();
    quotas(leftOut)
        .forEach(
            (key, quota) -> {
              Hashing hashing = classes.get(key);
              if (quota > 0 && hashing != null) {
                thresholds.put(key, hashing.threshold(quota));
              }
            });
    return (part, correctness, id) -> {
      Long last = thresholds.get(key(part, correctness));
      return last != null && hash(id) <= last;
    };
  }

  /** Takes counts of rows that are left out. */
  @FunctionalInterface
  interface Counter {
    void add(String why, long rows);
  }

  private Map<List<Object>, Integer> quotas(Counter leftOut) {
    Map<List<Object>, Integer> quotas = new HashMap<>();
    classes.forEach((key, hashing) -> quotas.put(key, hashing.count));
    if (options.balance()) {
      classes.forEach(
          (key, hashing) -> {
            Hashing other = classes.get(List.of(key.get(0), !(Boolean) key.get(1)));
            int least = other == null ? 0 : Math.min(hashing.count, other.count);
            leftOut.add(LEFT_OUT_BALANCE, hashing.count - (long) least);
            quotas.put(key, least);
          });
      if (quotas.values().stream().allMatch(quota -> quota == 0) && !quotas.isEmpty()) {
        throw new ExportException(
            "--balance takes as many rows of correct solutions as of incorrect ones, and all rows are of one class. Leave it out.");
      }
    }
    Integer limit = options.limit();
    long all = quotas.values().stream().mapToLong(quota -> quota).sum();
    if (limit != null && all > limit) {
      quotas.replaceAll((key, quota) -> (int) (quota * (long) limit / all));
      leftOut.add(LEFT_OUT_LIMIT, all - quotas.values().stream().mapToLong(quota -> quota).sum());
    }
    return quotas;
  }
}
