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
   * them.
   */
  Unit unit(String name, int round, long first, int count) {
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
    return Unit.of(name, "rollouts", Map.of("problems", read), new Parameters(round, from, count));
  }

  /**
   * The problems of a unit.
   *
   * @param from the first row that it takes of those that it reads
   * @param count how many rows it takes; after the last one comes the first
   */
  record Parameters(int round, long from, int count) implements Unit.Parameters {

    /** The rows that the unit takes of those that it read. */
    <R> List<R> select(List<R> rows) {
      List<R> selected = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        selected.add(rows.get((int) ((from + i) % rows.size())));
      }
      return selected;
    }
  }
}
