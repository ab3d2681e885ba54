package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.runners.proof.measure.ProofRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A line of a plot, with its name and colour.
 *
 * @param points its points, from left to right
 */
public record Curve(String name, String colour, List<Point> points) {

  /**
   * A point.
   *
   * @param x the round
   * @param mean mean over seeds
   * @param low the lowest seed's
   * @param high the highest seed's
   */
  record Point(int x, double mean, double low, double high) {}

  /** The outcomes' lines. */
  static List<Curve> of(
      List<Outcome> outcomes, Function<ProofRun, SortedMap<Integer, Double>> series) {
    List<Curve> curves = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      List<Point> points = over(outcome.runs().values().stream().map(series).toList());
      if (!points.isEmpty()) {
        curves.add(new Curve(outcome.file().name(), outcome.file().colour(), points));
      }
    }
    return curves;
  }

  /** The points that every seed has. */
  static List<Point> over(Collection<SortedMap<Integer, Double>> seeds) {
    TreeSet<Integer> rounds = new TreeSet<>();
    seeds.forEach(seed -> rounds.addAll(seed.keySet()));
    seeds.forEach(seed -> rounds.retainAll(seed.keySet()));
    List<Point> points = new ArrayList<>();
    for (int round : rounds) {
      Estimate estimate =
          Estimate.over(
              seeds.stream().mapToDouble(seed -> seed.getOrDefault(round, Double.NaN)).toArray(),
              null);
      points.add(new Point(round, estimate.mean(), estimate.low(), estimate.high()));
    }
    return points;
  }

  /** Whether it is the curve of the quickstart. */
  boolean ours() {
    return name.equals(ProofFile.QUICKSTART);
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  double highest() {
    return points.stream().mapToDouble(Point::mean).max().orElse(0);
  }
}
