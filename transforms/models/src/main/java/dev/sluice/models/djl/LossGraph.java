package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.sluice.models.Loss;

/**
 * The loss of a micro-batch as an array that gradients flow back from. Factors are arrays of the
 * manager: DJL closes the array that it makes of a number once a product is formed, while the way
 * back still reads it.
 */
final class LossGraph {
  private LossGraph() {}

  /** sum(coefficient * token loss): a scalar. */
  static NDArray of(
      LlamaDecoder decoder, NDList weights, MicroBatch batch, Loss loss, NDManager manager) {
    NDArray tokens = batch.tokens(manager);
    NDArray places = manager.create(batch.places());
    NDArray coefficients = manager.create(batch.coefficients());
    if (loss instanceof Loss.StepClassification) {
      NDArray both = decoder.logits(weights, tokens, places).logSoftmax(-1);
      NDArray label = manager.create(batch.labels());
      NDArray wrong = both.get(":, 0");
      NDArray right = both.get(":, 1");
      return wrong.add(right.sub(wrong).mul(label)).mul(coefficients).sum().neg();
    }
    double temperature = loss instanceof Loss.Policy policy ? policy.temperature() : 1;
    NDArray logprobs =
        decoder.logprobs(weights, tokens, places, manager.create(batch.targets()), temperature);
    if (loss instanceof Loss.Policy policy) {
      return policy(logprobs, batch, policy, manager).mul(coefficients).sum();
    }
    return logprobs.mul(coefficients).sum().neg();
  }

  /** As {@link TokenLosses#policy}, for each token. */
  private static NDArray policy(
      NDArray logprobs, MicroBatch batch, Loss.Policy policy, NDManager manager) {
    NDArray advantages = manager.create(batch.advantages());
    NDArray old = manager.create(batch.oldLogprobs());
    NDArray ratio = logprobs.sub(old).clip(-20, 20).exp();
    NDArray clipped = ratio.clip(1 - policy.clipLow(), 1 + policy.clipHigh());
    NDArray loss = NDArrays.minimum(ratio.mul(advantages), clipped.mul(advantages)).neg();
    if (policy.dualClip() > 0) {
      float[] bounds = new float[batch.advantages().length];
      for (int i = 0; i < bounds.length; i++) {
        float advantage = batch.advantages()[i];
        bounds[i] =
            advantage < 0 ? (float) (policy.dualClip() * -advantage) : Float.POSITIVE_INFINITY;
      }
      loss = NDArrays.minimum(loss, manager.create(bounds));
    }
    if (policy.kl() > 0) {
      NDArray distance = manager.create(batch.referenceLogprobs()).sub(logprobs).clip(-20, 20);
      NDArray estimate =
          switch (policy.klEstimator()) {
            case K1 -> distance.neg();
            case K2 -> distance.mul(distance).mul(manager.create(0.5f));
            case K3 -> distance.exp().sub(distance).sub(1);
          };
      if (policy.klClamp() > 0) {
        estimate = estimate.clip(-policy.klClamp(), policy.klClamp());
      }
      loss = loss.add(estimate.mul(manager.create((float) policy.kl())));
    }
    return loss;
  }
}
