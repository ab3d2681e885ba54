package dev.sluice.stages.evaluation;

import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.stages.MetricDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The learning curve on dev, worked out after the training that it must not steer. */
final class DevCurve {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.perRound(
              "dev/accuracy",
              "Share of correct rollouts on the dev problems after the round. Round 0 is before any update."),
          MetricDefinition.perRound("dev/reward", "Mean reward of the same rollouts."),
          MetricDefinition.of(
              "alarm/divergence",
              "First round in which the reward on dev is above that of round 0 and the whole 95 % interval of the accuracy is below that of round 0. Checked every fifth round; 0 if the alarm stays silent. The alarm reads references and does not affect training."));

  private DevCurve() {}

  /** Accuracy and reward of each round looked at, and the alarm of their divergence. */
  static List<Metric> metrics(List<Rollout> rollouts, Map<String, Problem> problems, long seed) {
    Map<Integer, List<Rollout>> rounds = new TreeMap<>();
    rollouts.forEach(
        rollout -> rounds.computeIfAbsent(rollout.round(), r -> new ArrayList<>()).add(rollout));
    List<Metric> metrics = new ArrayList<>();
    List<Alarms.Progress> progress = new ArrayList<>();
    rounds.forEach(
        (round, rows) -> {
          double[] right = rows.stream().mapToDouble(row -> right(problems, row) ? 1 : 0).toArray();
          double accuracy = java.util.Arrays.stream(right).average().orElse(0);
          double reward = rows.stream().mapToDouble(Rollout::reward).average().orElse(0);
          Interval interval = Bootstrap.ofMean(right, seed);
          // Step 1 keeps round 0 of the curve apart from final metrics, which have step 0.
          metrics.add(
              new Metric(
                  Evaluate.NAME,
                  round,
                  1,
                  "dev/accuracy",
                  accuracy,
                  interval.low(),
                  interval.high(),
                  right.length));
          metrics.add(Metric.of(Evaluate.NAME, round, 1, "dev/reward", reward));
          progress.add(new Alarms.Progress(round, reward, interval));
        });
    if (rounds.containsKey(0)) {
      metrics.add(Metric.of(Evaluate.NAME, 0, 0, "alarm/divergence", Alarms.divergence(progress)));
    }
    return metrics;
  }

  private static boolean right(Map<String, Problem> problems, Rollout rollout) {
    Problem problem = Objects.requireNonNull(problems.get(rollout.problemId()));
    return Truth.right(problem, rollout.completion(), rollout.finishReason().equals("stop"));
  }
}
