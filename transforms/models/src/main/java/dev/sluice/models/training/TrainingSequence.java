package dev.sluice.models.training;

/**
 * One row of a training batch. All arrays but {@code tokens} have one value per token and may be
 * empty where the loss does not read them; values at places without weight are ignored.
 *
 * @param tokens prompt and completion; at least two
 * @param weights weight of the loss at each token: for next-token losses of predicting that token
 *     (0 for the prompt), for classification of the label on it
 * @param advantages advantage of each token ({@link Loss.Policy})
 * @param oldLogprobs log-probability under the policy that wrote it ({@link Loss.Policy})
 * @param referenceLogprobs log-probability under the reference ({@link Loss.Policy} with KL, {@link
 *     Loss.Pairs})
 * @param labels probability that the label is 1 ({@link Loss.StepClassification})
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingSequence(
    int[] tokens,
    float[] weights,
    float[] advantages,
    float[] oldLogprobs,
    float[] referenceLogprobs,
    float[] labels) {

  private static final float[] NONE = {};

  /** A row for {@link Loss.CrossEntropy}. */
  public static TrainingSequence weighted(int[] tokens, float[] weights) {
    return new TrainingSequence(tokens, weights, NONE, NONE, NONE, NONE);
  }

  /** A row for {@link Loss.StepClassification}. */
  public static TrainingSequence labelled(int[] tokens, float[] weights, float[] labels) {
    return new TrainingSequence(tokens, weights, NONE, NONE, NONE, labels);
  }
}
