package dev.sluice.runners.proof.measure;

import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/**
 * One value for each test problem of each seed. Within a seed every problem counts alike, and the
 * mean over seeds counts every seed alike.
 *
 * @param bySeed the values by seed, in the order of the seed's test problems
 */
public record Strata(SortedMap<Integer, double[]> bySeed) {

  /** The strata of a map; at least one. */
  public static Strata of(Map<Integer, double[]> bySeed) {
    if (bySeed.isEmpty()) {
      throw new IllegalArgumentException("A figure needs the values of at least one seed.");
    }
    return new Strata(new TreeMap<>(bySeed));
  }

  /** The difference problem by problem, in the seeds that both have. */
  public Strata minus(Strata other) {
    Map<Integer, double[]> differences = new TreeMap<>();
    bySeed.forEach(
        (seed, mine) -> {
          double[] theirs = other.bySeed.get(seed);
          if (theirs != null) {
            differences.put(seed, difference(seed, mine, theirs));
          }
        });
    return of(differences);
  }

  private static double[] difference(int seed, double[] mine, double[] theirs) {
    if (mine.length != theirs.length) {
      throw new IllegalArgumentException(
          "A paired difference needs the same test problems on both sides: with seed %d there are %d and %d."
              .formatted(seed, mine.length, theirs.length));
    }
    double[] difference = new double[mine.length];
    Arrays.setAll(difference, i -> mine[i] - theirs[i]);
    return difference;
  }

  /** The mean over seeds of each seed's mean, its range over seeds, and its interval. */
  public Estimate mean() {
    return estimate((seed, counts) -> Bootstrap.mean(values(seed), counts));
  }

  /** The same of a ratio: in each seed this sum over the sum of {@code whole}, 0 of nothing. */
  Estimate shareOf(Strata whole) {
    return estimate(
        (seed, counts) -> {
          double all = Bootstrap.mean(whole.values(seed), counts);
          return all == 0 ? 0 : Bootstrap.mean(values(seed), counts) / all;
        });
  }

  private Estimate estimate(ToDoubleBiFunction<Integer, int[]> ofSeed) {
    List<Integer> seeds = List.copyOf(bySeed.keySet());
    int[] sizes = seeds.stream().mapToInt(seed -> values(seed).length).toArray();
    double[] each = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      int[] once = new int[sizes[i]];
      Arrays.fill(once, 1);
      each[i] = ofSeed.applyAsDouble(seeds.get(i), once);
    }
    Interval interval =
        StratifiedBootstrap.interval(
            sizes,
            counts -> {
              double sum = 0;
              for (int i = 0; i < counts.length; i++) {
                sum += ofSeed.applyAsDouble(seeds.get(i), counts[i]);
              }
              return sum / counts.length;
            });
    return Estimate.over(each, interval);
  }

  private double[] values(int seed) {
    double[] values = bySeed.get(seed);
    if (values == null) {
      throw new IllegalArgumentException("There are no values of seed " + seed + ".");
    }
    return values;
  }
}
