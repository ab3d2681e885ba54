package dev.sluice.models.training;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * AdamW (Loshchilov and Hutter 2019) with warm-up and linear decay. The learning rate of step t
 * (from 0) of T planned steps is {@code learning_rate * min((t + 1) / warmup_steps, 1 - (1 -
 * decay_to) * max(0, t - warmup_steps) / (T - warmup_steps))}.
 *
 * @param warmupSteps 0 for none
 * @param decayTo share of the learning rate at the last planned step; 1 keeps it constant
 * @param decaySteps planned steps; null for the number of steps of the stage
 */
public record Optimizer(
    @Key(value = "Peak learning rate.", byDefault = "0.001", min = 0, minExclusive = true)
        double learningRate,
    @Key(
            value = "Exponential decay rate of the first moment (Adam).",
            byDefault = "0.9",
            min = 0,
            max = 1)
        double beta1,
    @Key(
            value = "Exponential decay rate of the second moment (Adam).",
            byDefault = "0.98",
            min = 0,
            max = 1)
        double beta2,
    @Key(
            value =
                "Added to the square root of the second moment, so that the division is stable.",
            byDefault = "1.0e-8",
            min = 0)
        double epsilon,
    @Key(
            value = "Decoupled weight decay (AdamW), applied to matrices only.",
            byDefault = "0",
            min = 0)
        double weightDecay,
    @Key(
            value = "Steps over which the learning rate rises linearly from 0.",
            byDefault = "0",
            min = 0)
        int warmupSteps,
    @Key(
            value = "Learning rate at the end of the decay, as a share of the peak.",
            byDefault = "1",
            min = 0,
            max = 1)
        double decayTo,
    @Key(value = "Length of the decay, in steps. Default: the steps of the stage.", min = 1)
        @Nullable Integer decaySteps,
    @Key(
            value =
                "Maximum gradient norm; larger gradients are scaled down to it. 0 disables clipping.",
            byDefault = "1.0",
            min = 0)
        double maxGradientNorm)
    implements Serializable {

  /** Whether the learning rate depends on how many steps are planned. */
  public boolean decays() {
    return decayTo != 1;
  }

  /** The learning rate of step {@code step} (from 0) of {@code planned}. */
  public double learningRate(int step, int planned) {
    int total = decaySteps == null ? planned : decaySteps;
    double warm = warmupSteps == 0 ? 1 : Math.min(1.0, (step + 1.0) / warmupSteps);
    double past = Math.max(0, step - warmupSteps) / (double) Math.max(1, total - warmupSteps);
    return learningRate * Math.min(warm, 1 - (1 - decayTo) * Math.min(1, past));
  }
}
