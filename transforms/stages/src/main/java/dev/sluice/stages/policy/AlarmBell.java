package dev.sluice.stages.policy;

import dev.sluice.parts.Need;
import dev.sluice.records.Metric;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.evaluation.Alarms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what the rounds measure, and works out the alarms of METHODS 1.9. */
final class AlarmBell {
  /** What names of the counts of programs that did not end well begin with. */
  static final String ENDED = "ended/";

  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              ENDED + "{how}",
              "Runs of programs of rollouts that did not end well, over all rounds: `time`, `cpu`, `memory`, `processes`, `output` and `disk` name the limit that ended them, `network` and `outside` what they reached for; `killed` by a signal, `failed` by themselves. Written only if there are any."),
          MetricDefinition.of(
              "alarm/lines",
              "First round in which the number of steps above the expected number, as a mean over five rounds, differs from that of rounds 1 to 5 by more than 0.5 steps. Checked every fifth round; 0 if the alarm stays silent."),
          MetricDefinition.of(
              "alarm/appended",
              "First round in which the share of rollouts with text after the answer is more than 0.01 above that of rounds 1 to 5; 0 if there is none."),
          MetricDefinition.of(
              "alarm/repetition",
              "First round in which the mean share of repeated lines is more than 0.05 above that of rounds 1 to 5; 0 if there is none."),
          MetricDefinition.of(
              "alarm/acceptance",
              "First round at which two consecutive evaluations have the whole 95 % interval of a difference above 0.10: the share of dev rollouts that the reward accepts minus the share that the majority of the initial verifier accepts; 0 if there is none."),
          MetricDefinition.of(
              "alarm/disagreement",
              "First round in which the disagreement of the members of a reward `ensemble`, as a mean over five rounds, is more than 1.5 times that of rounds 1 to 5. Checked every fifth round; 0 if the alarm stays silent. The metric is written only with such a reward."),
          MetricDefinition.of(
              "disagreement/first_round",
              "Mean standard deviation of the scores of an ensemble's members on the rollouts of the first round."),
          MetricDefinition.of(
              "disagreement/last_round", "The same on the rollouts of the last round."),
          MetricDefinition.of(
              "reward/first_round", "Mean reward of the rollouts of the first round."),
          MetricDefinition.of(
              "reward/last_round", "Mean reward of the rollouts of the last round."));

  private final boolean judged;
  private final List<Map<String, Double>> rounds = new ArrayList<>();
  private final List<Alarms.AcceptRates> acceptRates = new ArrayList<>();
  private final Map<String, Double> ended = new TreeMap<>();
  private long unanswered;

  AlarmBell(UpdatePolicyConfig config) {
    // A reward that compares siblings says nothing of the single sample that dev has.
    boolean alone =
        config.reward().stream().noneMatch(each -> each.term().needs().contains(Need.GROUP));
    judged = config.alarms() != null && config.alarms().verifier() != null && alone;
  }

  /** The rollouts of a round; rounds come in order. */
  void rollouts(List<UnitResult> results) {
    for (UnitResult result : results) {
      result.values().entrySet().stream()
          .filter(value -> value.getKey().startsWith(ENDED))
          .forEach(value -> ended.merge(value.getKey(), value.getValue(), Double::sum));
    }
    rounds.add(means(results));
  }

  /** A look at dev; nothing if there was none after this round. */
  void dev(int round, List<UnitResult> results) {
    unanswered += sum(results, DevUnit.UNANSWERED);
    Map<String, Double> means = means(results);
    Double initial = means.get(DevUnit.MAJORITY);
    if (judged && initial != null) {
      acceptRates.add(
          new Alarms.AcceptRates(
              round,
              means.getOrDefault(RolloutMeasures.ACCEPTED, 0.0),
              initial,
              means.getOrDefault(DevUnit.DIFFERING, 0.0),
              sum(results, RolloutMeasures.COUNT)));
    }
  }

  /** Looks at dev problems that came to nothing. */
  long unanswered() {
    return unanswered;
  }

  private static long sum(List<UnitResult> results, String name) {
    return results.stream()
        .mapToLong(result -> result.values().getOrDefault(name, 0.0).longValue())
        .sum();
  }

  private static Map<String, Double> means(List<UnitResult> results) {
    Map<String, Double> sums = new TreeMap<>();
    for (UnitResult result : results) {
      result.values().forEach((name, value) -> sums.merge(name, value, Double::sum));
    }
    double count = sums.getOrDefault(RolloutMeasures.COUNT, 0.0);
    sums.replaceAll((name, sum) -> count == 0 ? 0 : sum / count);
    return sums;
  }

  /** The alarms, and where the reward began and ended. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    add(metrics, "alarm/lines", Alarms.lines(series(RolloutMeasures.LINES)));
    add(metrics, "alarm/appended", Alarms.appended(series(RolloutMeasures.APPENDED)));
    add(metrics, "alarm/repetition", Alarms.repetition(series(RolloutMeasures.REPETITION)));
    if (!acceptRates.isEmpty()) {
      add(metrics, "alarm/acceptance", Alarms.acceptance(acceptRates));
    }
    if (rounds.stream().anyMatch(round -> round.containsKey(RolloutMeasures.DISAGREEMENT))) {
      List<Double> disagreement = series(RolloutMeasures.DISAGREEMENT);
      add(metrics, "alarm/disagreement", Alarms.disagreement(disagreement));
      add(metrics, "disagreement/first_round", disagreement.get(0));
      add(metrics, "disagreement/last_round", disagreement.get(disagreement.size() - 1));
    }
    List<Double> rewards = series(RolloutMeasures.REWARD);
    if (!rewards.isEmpty()) {
      add(metrics, "reward/first_round", rewards.get(0));
      add(metrics, "reward/last_round", rewards.get(rewards.size() - 1));
    }
    ended.forEach((name, count) -> add(metrics, name, count));
    return metrics;
  }

  private List<Double> series(String name) {
    return rounds.stream().map(round -> round.getOrDefault(name, 0.0)).toList();
  }

  private static void add(List<Metric> metrics, String name, double value) {
    metrics.add(Metric.of(UpdatePolicy.NAME, 0, 0, name, value));
  }
}
