package dev.sluice.runners.proof.measure;

import dev.sluice.export.Artifact;
import dev.sluice.export.RunView;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A finished run of a file with one seed.
 *
 * @param file the file
 * @param longer whether it ran for {@link Launcher#LONG_ROUNDS} rounds
 * @param seed the seed
 * @param view what it left
 */
public record ProofRun(ProofFile file, boolean longer, int seed, RunView view) {
  /**
   * Rounds whose rewards become one point of the plot: as many as between two evaluations on dev.
   */
  private static final int BLOCK = 5;

  /** What a stage of this type left; there is one of each in these files but for the problems. */
  public Artifact artifact(String stageType) {
    return view.last(stageType)
        .map(stage -> Objects.requireNonNull(stage.artifact()))
        .orElseThrow(
            () ->
                new ProofException(
                    "The run %s of %s has no finished %s stage."
                        .formatted(view.runId(), file.path(), stageType)));
  }

  /** A metric by name, whichever stage reported it. */
  public Optional<Metric> metric(String name) {
    return metrics().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** All metrics with their final values. */
  Stream<Metric> metrics() {
    return view.stages().stream()
        .flatMap(stage -> Stream.ofNullable(stage.artifact()))
        .flatMap(artifact -> artifact.manifest().metrics().stream());
  }

  /** What computed the models of its stages. */
  public Stream<Numerics> computedOn() {
    return view.stages().stream()
        .flatMap(stage -> Stream.ofNullable(stage.artifact()))
        .flatMap(artifact -> artifact.manifest().computedOn().stream());
  }

  /** Number of rounds. */
  public int rounds() {
    return ((Number)
            Objects.requireNonNull(artifact("UpdatePolicy").manifest().config().get("rounds")))
        .intValue();
  }

  /** Digest of the test problems. */
  public String testProblems() {
    return Objects.requireNonNull(artifact("Evaluate").manifest().inputs().get("problems"))
        .digest();
  }

  /** Accuracy on the dev problems by round, from round 0. */
  public SortedMap<Integer, Double> accuracy() {
    SortedMap<Integer, Double> accuracy = new TreeMap<>();
    series("Evaluate", metric -> metric.name().equals("dev/accuracy") && metric.step() == 1)
        .forEach(metric -> accuracy.put(metric.round(), metric.value()));
    return accuracy;
  }

  /** Mean reward of the rollouts of each five rounds, by the last of them. */
  public SortedMap<Integer, Double> reward() {
    SortedMap<Integer, Double> byRound = new TreeMap<>();
    series("UpdatePolicy", metric -> metric.name().equals("reward/mean"))
        .forEach(metric -> byRound.put(metric.round(), metric.value()));
    return blocks(byRound);
  }

  public static SortedMap<Integer, Double> blocks(SortedMap<Integer, Double> byRound) {
    SortedMap<Integer, Double> blocks = new TreeMap<>();
    byRound.forEach(
        (round, value) -> {
          int last = (round + BLOCK - 1) / BLOCK * BLOCK;
          blocks.merge(last, value / BLOCK, Double::sum);
        });
    blocks.keySet().removeIf(last -> last > byRound.lastKey());
    return blocks;
  }

  private List<Metric> series(String stageType, Predicate<Metric> wanted) {
    List<Metric> metrics = new ArrayList<>();
    artifact(stageType)
        .forEach(
            Tables.METRICS,
            metric -> {
              if (wanted.test(metric)) {
                metrics.add(metric);
              }
            });
    return metrics;
  }
}
