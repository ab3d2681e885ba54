package dev.sluice.models.djl.train;

import dev.sluice.models.ModelException;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainingSequence;
import java.util.List;

/**
 * How a batch's token losses become one number: every loss is sum(coefficient * token loss) over
 * the tokens of the batch, so that micro-batches add up exactly.
 */
final class Coefficients {
  private Coefficients() {}

  /**
   * The coefficient of each token of each sequence.
   *
   * @throws ModelException if no token has a weight
   */
  static float[][] of(List<TrainingSequence> batch, Loss loss) {
    double total = 0;
    int sequences = 0;
    double[] sums = new double[batch.size()];
    for (int i = 0; i < sums.length; i++) {
      for (float weight : batch.get(i).weights()) {
        sums[i] += weight;
      }
      total += sums[i];
      sequences += sums[i] > 0 ? 1 : 0;
    }
    if (!(total > 0)) {
      throw new ModelException(
          "A training step needs at least one token with a weight above 0; this batch of "
              + batch.size()
              + " sequences has none.");
    }
    float[][] coefficients = new float[batch.size()][];
    for (int i = 0; i < sums.length; i++) {
      double divisor = divisor(loss, total, sequences, sums[i]);
      float[] weights = batch.get(i).weights();
      coefficients[i] = new float[weights.length];
      for (int t = 0; t < weights.length; t++) {
        coefficients[i][t] = weights[t] == 0 ? 0 : (float) (weights[t] / divisor);
      }
    }
    return coefficients;
  }

  private static double divisor(Loss loss, double total, int sequences, double own) {
    if (loss instanceof Loss.Pairs) {
      return sequences / 2.0;
    }
    if (!(loss instanceof Loss.Policy policy)) {
      return total;
    }
    return switch (policy.aggregation()) {
      case TOKEN_MEAN -> total;
      case SEQUENCE_MEAN_TOKEN_MEAN -> sequences * own;
      case TOKEN_SUM_CONSTANT -> sequences * policy.constant();
      case SEQUENCE_MEAN_TOKEN_SUM -> sequences;
    };
  }
}
