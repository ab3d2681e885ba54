package dev.sluice.stages.synthesis;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.util.List;
import java.util.Optional;

/**
 * Where problems come from: rows with indices from 0, of which a shard has a range. What a row
 * holds follows from the source, the run's seed and the row's index alone.
 */
@Port(value = "problem source", stage = "SynthesizeProblems", key = "source", noun = "source")
public interface ProblemSource extends Part {

  /**
   * How the rows are cut into shards.
   *
   * @param shardProblems most problems of a shard
   */
  Cut cut(int shardProblems);

  /**
   * Writes the problems of a range of rows to the table {@code problems}, and a dead letter for
   * each row that is no problem.
   *
   * @param from first row
   * @param to the row after the last one
   */
  Counts write(UnitContext context, int from, int to);

  /** What shows only in files that the source names, which are there and readable. */
  default Look look() {
    return Look.NOTHING;
  }

  /** A range of rows: those from {@code from} up to the one before {@code to}. */
  record Rows(int from, int to) implements Unit.Parameters {}

  /**
   * The shards of a source.
   *
   * @param shards in the order of the table
   * @param metrics what is told of the source as a whole
   * @param warning what a person should see; empty if there is nothing
   */
  record Cut(List<Rows> shards, List<Metric> metrics, Optional<String> warning) {
    public Cut {
      shards = List.copyOf(shards);
      metrics = List.copyOf(metrics);
    }
  }
}
