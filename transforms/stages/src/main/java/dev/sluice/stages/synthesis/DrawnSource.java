package dev.sluice.stages.synthesis;

import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source that knows the number of its problems and makes any range of them. */
public interface DrawnSource extends ProblemSource {

  /** Number of problems. */
  int count();

  /**
   * The problems of a range, in order; their ids differ.
   *
   * @param seed the run's seed
   * @param from index of the first problem
   * @param to the index after the last one
   */
  List<Problem> problems(long seed, int from, int to);

  @Override
  default Cut cut(int shardProblems) {
    List<Rows> shards = new ArrayList<>();
    for (int from = 0; from < count(); from += shardProblems) {
      shards.add(new Rows(from, Math.min(count(), from + shardProblems)));
    }
    return new Cut(shards, List.of(), Optional.empty());
  }

  @Override
  default Counts write(UnitContext context, int from, int to) {
    for (Problem problem : problems(context.seed(), from, to)) {
      context.write(Tables.PROBLEMS, problem);
    }
    return new Counts(0, to - from, to - from, 0, 0);
  }
}
