package dev.sluice.stages.policy;

import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes ranges of rows out of shards, over and over: after the last problem comes the first. */
record ProblemRange(List<ShardFile> shards) {

  ProblemRange {
    shards = List.copyOf(shards);
    if (rows(shards) == 0) {
      throw new IllegalStateException(
          "Training a policy: the table of problems is empty. Look at the stage that makes it.");
    }
  }

  /** Number of problems. */
  long rows() {
    return rows(shards);
  }

  private static long rows(List<ShardFile> shards) {
    return shards.stream().mapToLong(ShardFile::rows).sum();
  }

  /**
   * A unit over {@code count} problems from the given one on. It reads only the shards that hold
   * them; the parameters {@code from} and {@code count} say which rows of those it takes, wrapping
   * around at their end.
   */
  Unit unit(String name, String kind, long first, int count) {
    long total = rows();
    long begin = first % total;
    List<ShardFile> read = new ArrayList<>();
    long offset = 0;
    long from = 0;
    if (begin + count > total) {
      // The range wraps: every shard may be needed, and rows count from the table's start.
      read.addAll(shards);
      from = begin;
    } else {
      for (ShardFile shard : shards) {
        long end = offset + shard.rows();
        if (end > begin && offset < begin + count) {
          if (read.isEmpty()) {
            from = begin - offset;
          }
          read.add(shard);
        }
        offset = end;
      }
    }
    return Unit.of(name, kind, Map.of("problems", read)).with("from", from).with("count", count);
  }

  /** The rows that a unit takes of those that it read. */
  static <R> List<R> select(Unit unit, List<R> rows) {
    int from = Integer.parseInt(unit.params().get("from"));
    int count = Integer.parseInt(unit.params().get("count"));
    List<R> selected = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      selected.add(rows.get((from + i) % rows.size()));
    }
    return selected;
  }
}
