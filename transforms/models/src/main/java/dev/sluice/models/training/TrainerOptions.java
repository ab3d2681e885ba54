package dev.sluice.models.training;

import org.jspecify.annotations.Nullable;

/**
 * How a trainer works.
 *
 * @param optimizer the optimiser
 * @param plannedSteps steps over which a schedule without its own {@code decay_steps} runs
 * @param head what the model ends in
 * @param lora the adapters that are trained; null: all weights are
 * @param loraSeed derives what adapters begin with
 */
public record TrainerOptions(
    Optimizer optimizer, int plannedSteps, Head head, @Nullable Lora lora, long loraSeed) {

  /** Options of a training of all weights. */
  public TrainerOptions(Optimizer optimizer, int plannedSteps, Head head) {
    this(optimizer, plannedSteps, head, null, 0);
  }

  /** What a model ends in. */
  public enum Head {
    /** Logits over the vocabulary. */
    LANGUAGE_MODEL,
    /** Two logits per token: incorrect and correct. */
    STEP_CLASSIFICATION
  }
}
