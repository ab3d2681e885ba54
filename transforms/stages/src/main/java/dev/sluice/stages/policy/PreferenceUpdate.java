package dev.sluice.stages.policy;

import dev.sluice.methods.preference.PairedLoss;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.preference.UnpairedLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.stages.MetricDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What an update with a preference loss trains on: the rollouts of each group, compared by their
 * rewards.
 *
 * @param loss the preference loss
 * @param temperature divides the logits
 * @param point the divergence that an {@link UnpairedLoss} compares with; 0 for other losses
 */
record PreferenceUpdate(PreferenceLoss loss, double temperature, double point) {
  static final String ROWS = "preference/rows";
  static final String POINT = "preference/reference_point";

  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.perRound(
              ROWS,
              "Rollouts that the preference loss is computed of; two for each pair. The metric is written only with 'preference'."),
          MetricDefinition.perRound(
              POINT,
              "Mean log-ratio of the policy to its reference on responses behind other prompts, at least 0, in nats: the reference point of KTO. The metric is written only with such a loss."));

  /**
   * The rows of one step; none if no two rewards of a group differ.
   *
   * @param groups the rollouts of the step
   * @param sequence the row of a rollout, with its log-probabilities under the reference
   */
  List<TrainingSequence> batch(
      List<List<RoundBatch.Weighed>> groups,
      Function<RoundBatch.Weighed, TrainingSequence> sequence) {
    List<TrainingSequence> batch = new ArrayList<>();
    for (List<RoundBatch.Weighed> all : groups) {
      // Nothing can be said of a response without a token.
      List<RoundBatch.Weighed> group =
          all.stream().filter(each -> !each.rollout().tokenIds().isEmpty()).toList();
      if (loss instanceof PairedLoss paired) {
        double[] rewards = group.stream().mapToDouble(each -> each.rollout().reward()).toArray();
        for (PairedLoss.Pair pair : paired.pairs().of(rewards)) {
          batch.add(sequence.apply(group.get(pair.chosen())));
          batch.add(sequence.apply(group.get(pair.rejected())));
        }
      } else {
        for (RoundBatch.Weighed each : group) {
          boolean wanted = each.rollout().reward() > ((UnpairedLoss) loss).wantedAbove();
          batch.add(signed(sequence.apply(each), wanted ? 1 : -1));
        }
      }
    }
    return batch;
  }

  /** A row whose advantages say whether it is wanted. */
  private static TrainingSequence signed(TrainingSequence row, float sign) {
    float[] signs = new float[row.tokens().length];
    Arrays.fill(signs, sign);
    return new TrainingSequence(
        row.tokens(),
        row.weights(),
        signs,
        row.oldLogprobs(),
        row.referenceLogprobs(),
        row.labels());
  }

  /** What a step minimises: the mean over pairs, or over responses. */
  Loss minimised() {
    return loss instanceof PairedLoss paired
        ? new Loss.Pairs(paired, temperature)
        : new Loss.Policy(
            ((UnpairedLoss) loss).at(point),
            null,
            temperature,
            Loss.Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
            1);
  }
}
