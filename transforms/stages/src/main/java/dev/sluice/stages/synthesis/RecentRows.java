package dev.sluice.stages.synthesis;

import dev.sluice.stages.synthesis.FileRows.Row;
import dev.sluice.stages.synthesis.FileRows.RowConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the file that was read last, so that the units of a stage, each of which looks for
 * its own rows among all, do not parse the file once each. Known by path, size and time of change;
 * given up when memory is short.
 */
final class RecentRows {
  /** A longer file is read anew every time. */
  private static final long MOST_BYTES = 32L << 20;

  private record Known(Path file, long bytes, FileTime changed, List<Row> rows) {}

  private static SoftReference<@Nullable Known> last = new SoftReference<>(null);

  private RecentRows() {}

  /** Hands on the first {@code limit} rows in order. */
  static void forEach(Path file, int limit, RowConsumer consumer) {
    List<Row> rows = limit < Integer.MAX_VALUE ? known(file) : all(file);
    if (rows == null) {
      FileRows.parse(file, limit, consumer);
      return;
    }
    for (int index = 0; index < Math.min(limit, rows.size()); index++) {
      consumer.accept(rows.get(index), index);
    }
  }

  /** The rows if they are known already; a limit may end before a line that is broken. */
  private static synchronized @Nullable List<Row> known(Path file) {
    Known known = last.get();
    return known != null && known.equals(stamp(file, known.rows())) ? known.rows() : null;
  }

  /** The rows; null if the file is too long to keep. */
  private static synchronized @Nullable List<Row> all(Path file) {
    List<Row> known = known(file);
    if (known != null) {
      return known;
    }
    Known before = stamp(file, List.of());
    if (before.bytes() > MOST_BYTES) {
      return null;
    }
    List<Row> rows = new ArrayList<>();
    FileRows.parse(file, Integer.MAX_VALUE, (row, index) -> rows.add(row));
    last =
        new SoftReference<>(new Known(file, before.bytes(), before.changed(), List.copyOf(rows)));
    return rows;
  }

  private static Known stamp(Path file, List<Row> rows) {
    try {
      return new Known(file, Files.size(file), Files.getLastModifiedTime(file), rows);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read.", e);
    }
  }
}
