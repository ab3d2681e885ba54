package dev.sluice.parts;

/** What a part must be given. {@link #REFERENCE} decides whether references are loaded. */
public enum Need {
  /** The reference answer: labels or rewards then are not reference-free. */
  REFERENCE,
  /** A program that grades: labels or rewards then are not reference-free. */
  GRADER,
  /** Log-probabilities of the tokens under the policy that wrote them. */
  LOGPROBS,
  /** Log-probabilities of the tokens under the first policy. */
  REFERENCE_LOGPROBS,
  /** The steps of a response. */
  STEPS,
  /** A sign for each step: correct, incorrect, unknown. */
  STEP_SIGNS,
  /** A score for each step, from 0 to 1. */
  STEP_SCORES,
  /** A verdict on the whole solution. */
  OUTCOME,
  /** The text of a verification that agrees with the label. */
  VERIFICATION,
  /** More than one response to a problem. */
  GROUP,
  /** All responses of a round together. */
  ROUND,
  /** Pairs of a better and a worse response. */
  PAIRS,
  /** A greedy response to each problem. */
  GREEDY,
  /** A rubric of the problem or the response. */
  RUBRIC,
  /** A model that can be trained in this program. */
  TRAINABLE,
  /** More than one reward term. */
  SEVERAL_TERMS
}
