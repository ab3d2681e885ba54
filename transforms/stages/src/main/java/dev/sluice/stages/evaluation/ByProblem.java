package dev.sluice.stages.evaluation;

import dev.sluice.records.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Values that belong to problems, so that an interval can draw whole problems. */
public final class ByProblem {
  private ByProblem() {}

  /** Rows by the problem that they belong to, in the order of the rows. */
  public static <R> Map<String, List<R>> group(List<R> rows, Function<R, String> problemId) {
    Map<String, List<R>> groups = new LinkedHashMap<>();
    for (R row : rows) {
      groups.computeIfAbsent(problemId.apply(row), id -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /**
   * A metric that is the mean of one value per problem.
   *
   * @return null if there is no problem
   */
  public static <R> @Nullable Metric mean(
      String name, Map<String, List<R>> groups, ToDoubleFunction<List<R>> value, long seed) {
    double[] values = groups.values().stream().mapToDouble(value).toArray();
    if (values.length == 0) {
      return null;
    }
    double sum = 0;
    for (double each : values) {
      sum += each;
    }
    Interval interval = Bootstrap.ofMean(values, seed);
    return metric(name, sum / values.length, interval, values.length);
  }

  /**
   * A metric that is a share of rows, the rows of a problem drawn together.
   *
   * @return null if there is no row
   */
  public static <R> @Nullable Metric share(
      String name, Map<String, List<R>> groups, Function<R, Boolean> holds, long seed) {
    double[] right = new double[groups.size()];
    double[] all = new double[groups.size()];
    int i = 0;
    double total = 0;
    double sum = 0;
    for (List<R> rows : groups.values()) {
      right[i] = rows.stream().filter(holds::apply).count();
      all[i] = rows.size();
      sum += right[i];
      total += all[i++];
    }
    if (total == 0) {
      return null;
    }
    Interval interval =
        Bootstrap.interval(
            groups.size(),
            seed,
            counts -> {
              double drawn = Bootstrap.mean(all, counts);
              return drawn == 0 ? 0 : Bootstrap.mean(right, counts) / drawn;
            });
    return metric(name, sum / total, interval, groups.size());
  }

  /** A metric of the stage with its interval and the number of problems behind it. */
  public static Metric metric(String name, double value, Interval interval, int problems) {
    return new Metric(Evaluate.NAME, 0, 0, name, value, interval.low(), interval.high(), problems);
  }
}
