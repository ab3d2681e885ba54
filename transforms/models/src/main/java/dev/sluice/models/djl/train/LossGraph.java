package dev.sluice.models.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;

/**
 * The loss of a micro-batch. Factors are arrays of the manager: DJL closes the array that it makes
 * of a number once a product is formed, while the way back still reads it.
 *
 * @param root a scalar whose gradient is that of the loss
 * @param value the loss: a scalar
 */
record LossGraph(NDArray root, NDArray value) {

  /** The loss sum(coefficient * token loss). */
  static LossGraph of(
      LlamaDecoder decoder, NDList weights, MicroBatch batch, Loss loss, NDManager manager) {
    NDArray tokens = batch.tokens(manager);
    NDArray places = manager.create(batch.places());
    NDArray coefficients = manager.create(batch.coefficients());
    if (loss instanceof Loss.StepClassification) {
      NDArray both = decoder.logits(weights, tokens, places).logSoftmax(-1);
      NDArray label = manager.create(batch.labels());
      NDArray wrong = both.get(":, 0");
      NDArray right = both.get(":, 1");
      return whole(wrong.add(right.sub(wrong).mul(label)).mul(coefficients).sum().neg());
    }
    NDArray logprobs =
        decoder.logprobs(
            weights, tokens, places, manager.create(batch.targets()), temperature(loss));
    if (loss instanceof Loss.Policy policy) {
      return policy(logprobs, batch, policy, manager);
    }
    if (loss instanceof Loss.Pairs pairs) {
      float[] numbers = logprobs.stopGradient().toFloatArray();
      return derived(logprobs, batch, batch.losses(pairs, numbers), manager);
    }
    return whole(logprobs.mul(coefficients).sum().neg());
  }

  private static double temperature(Loss loss) {
    if (loss instanceof Loss.Policy policy) {
      return policy.temperature();
    }
    return loss instanceof Loss.Pairs pairs ? pairs.temperature() : 1;
  }

  private static LossGraph whole(NDArray loss) {
    return new LossGraph(loss, loss);
  }

  private static LossGraph policy(
      NDArray logprobs, MicroBatch batch, Loss.Policy policy, NDManager manager) {
    NDArray numbers = logprobs.stopGradient();
    TokenLosses losses =
        batch.losses(
            policy,
            numbers.toFloatArray(),
            ratios(numbers, manager.create(batch.oldLogprobs())),
            ratios(manager.create(batch.referenceLogprobs()), numbers));
    return derived(logprobs, batch, losses, manager);
  }

  /**
   * A loss that is a function of log-probabilities and gives its own derivative, so that the way
   * back begins at sum(derivative * log-probability).
   */
  private static LossGraph derived(
      NDArray logprobs, MicroBatch batch, TokenLosses losses, NDManager manager) {
    return new LossGraph(
        logprobs.mul(manager.create(losses.derivatives())).sum(),
        manager.create(losses.losses()).mul(manager.create(batch.coefficients())).sum());
  }

  private static float[] ratios(NDArray of, NDArray to) {
    return of.sub(to)
        .clip(-PolicyTokens.MAX_LOG_RATIO, PolicyTokens.MAX_LOG_RATIO)
        .exp()
        .toFloatArray();
  }
}
