package dev.sluice.stages;

import dev.sluice.records.parquet.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** A unit that makes so many rows of each parent, each of which depends on its index alone. */
public final class SampleReuse {
  private SampleReuse() {}

  /**
   * What the largest finished unit left that is like this one but for a smaller number: rows that
   * need not be made again. Empty if there is none. If the unit itself was done before and only
   * some of its rows are asked again, what it left of the others.
   *
   * @param number how many rows of each parent this unit makes
   * @param parameters the parameters of a unit that makes so many
   */
  public static <R extends Record> List<R> before(
      UnitContext context,
      int number,
      IntFunction<? extends Unit.Parameters> parameters,
      Table<R> table) {
    for (int fewer = number; fewer > 0; fewer--) {
      Optional<List<R>> rows =
          context.finished(context.unit().with(parameters.apply(fewer)), table);
      if (rows.isPresent()) {
        return rows.get();
      }
    }
    return List.of();
  }

  /** The indexes below a number that no row has. */
  public static <R> List<Integer> missing(int number, List<R> rows, ToIntFunction<R> index) {
    boolean[] there = new boolean[number];
    for (R row : rows) {
      there[index.applyAsInt(row)] = true;
    }
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      if (!there[i]) {
        missing.add(i);
      }
    }
    return missing;
  }
}
