package dev.sluice.models;

/**
 * How a trainer works.
 *
 * @param optimizer the optimiser
 * @param plannedSteps steps over which a schedule without its own {@code decay_steps} runs
 * @param head what the model ends in
 */
public record TrainerOptions(Optimizer optimizer, int plannedSteps, Head head) {

  /** What a model ends in. */
  public enum Head {
    /** Logits over the vocabulary. */
    LANGUAGE_MODEL,
    /** Two logits per token: incorrect and correct. */
    STEP_CLASSIFICATION
  }
}
