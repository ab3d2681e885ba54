package dev.sluice.runners.cli.inspect;

import dev.sluice.records.RowFilter;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows of a table are shown: the first, a sample, or those first by a column. */
final class RowSelection {
  /** Rows that are shown where something asks for rows, but not for how many. */
  private static final int USUAL = 20;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "Number of rows to show (default: 20 if another option selects rows, else none).")
  private @Nullable Integer rows;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "Only rows that fulfil a condition, such as \"status = tie and votes >= 3\" or \"any(agreement) < 0.5\". Operators: = != < <= > >=, and ~ (contains the text).")
  private @Nullable String where;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Show a reproducible random sample of N rows.")
  private @Nullable Integer sample;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "Sort by a column; COLUMN:desc sorts in descending order.")
  private @Nullable String sort;

  /** One row and where it was: equal rows keep their order. */
  private record Found(long index, Map<String, @Nullable Object> row) {}

  /** Whether rows are to be shown. */
  boolean asked() {
    return rows != null ? rows > 0 : where != null || sample != null || sort != null;
  }

  /** The rows of some files that are to be shown. */
  List<Map<String, @Nullable Object>> read(Iterable<Path> files, boolean always) {
    check();
    int most = sample != null ? sample : rows != null ? rows : asked() || always ? USUAL : 0;
    RowFilter filter = RowFilter.of(where);
    Picked picked =
        sample != null
            ? new Sample(most)
            : sort != null ? new First(most, order(sort)) : new Head(most);
    if (most > 0) {
      for (Path file : files) {
        if (!picked.more()) {
          break;
        }
        ParquetRows.forEach(
            file,
            row -> {
              if (filter.test(row)) {
                picked.take(row);
              }
              return picked.more();
            });
      }
    }
    List<Found> found = picked.found();
    if (sample != null && sort != null) {
      found.sort(order(sort));
    }
    return found.stream().<Map<String, @Nullable Object>>map(Found::row).toList();
  }

  private void check() {
    if (rows != null && rows < 0) {
      throw new UserMistake("--rows is 0 or more, not %d.".formatted(rows));
    }
    if (sample != null && sample < 1) {
      throw new UserMistake("--sample is 1 or more, not %d.".formatted(sample));
    }
    if (sample != null && rows != null) {
      throw new UserMistake("--rows shows the first rows and --sample others; give one of them.");
    }
  }

  private static Comparator<Found> order(String named) {
    boolean down = named.endsWith(":desc");
    String column = named.replaceFirst(":(asc|desc)$", "");
    Comparator<Object> values =
        (one, other) -> {
          if (one instanceof Number a && other instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
          }
          return String.valueOf(one).compareTo(String.valueOf(other));
        };
    Comparator<Object> turned = down ? values.reversed() : values;
    return Comparator.<Found, @Nullable Object>comparing(
            found -> key(found.row(), column), Comparator.nullsLast(turned))
        .thenComparingLong(Found::index);
  }

  private static @Nullable Object key(Map<String, @Nullable Object> row, String column) {
    if (!row.containsKey(column)) {
      throw new UserMistake(
          "There is no column '%s' to sort by; there are %s.".formatted(column, row.keySet()));
    }
    Object value = row.get(column);
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw new UserMistake(
          "--sort takes a column of numbers, texts or truth values; '%s' holds %s."
              .formatted(column, value instanceof List<?> ? "lists" : "blocks"));
    }
    return value;
  }

  /** Rows that were picked so far. */
  private abstract static class Picked {
    private long seen;

    void take(Map<String, @Nullable Object> row) {
      take(new Found(seen++, row));
    }

    abstract void take(Found found);

    boolean more() {
      return true;
    }

    abstract List<Found> found();
  }

  private static final class Head extends Picked {
    private final int most;
    private final List<Found> found = new ArrayList<>();

    Head(int most) {
      this.most = most;
    }

    @Override
    void take(Found row) {
      found.add(row);
    }

    @Override
    boolean more() {
      return found.size() < most;
    }

    @Override
    List<Found> found() {
      return found;
    }
  }

  /** Keeps no more rows in memory than are shown. */
  private static final class First extends Picked {
    private final int most;
    private final Comparator<Found> order;
    private final PriorityQueue<Found> heap;

    First(int most, Comparator<Found> order) {
      this.most = most;
      this.order = order;
      heap = new PriorityQueue<>(order.reversed());
    }

    @Override
    void take(Found row) {
      Object unused = order.compare(row, row); // A column that is not there is told with one row.
      heap.add(row);
      if (heap.size() > most) {
        heap.poll();
      }
    }

    @Override
    List<Found> found() {
      List<Found> sorted = new ArrayList<>(heap);
      sorted.sort(order);
      return sorted;
    }
  }

  /** Every row with the same chance, by Vitter's algorithm R from a fixed seed. */
  private static final class Sample extends Picked {
    private final int most;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Found> found = new ArrayList<>();
    private long seen;

    Sample(int most) {
      this.most = most;
    }

    @Override
    void take(Found row) {
      seen++;
      if (found.size() < most) {
        found.add(row);
        return;
      }
      long at = random.nextLong(seen);
      if (at < most) {
        found.set((int) at, row);
      }
    }

    @Override
    List<Found> found() {
      found.sort(Comparator.comparingLong(Found::index));
      return found;
    }
  }
}
