package dev.sluice.parts;

/** What a part must be given; a file whose parts do not fit together is refused. */
public enum Need {
  /** The reference answer: labels or rewards then are not reference-free. */
  REFERENCE("the reference answer"),
  /** A program that grades: labels or rewards then are not reference-free. */
  GRADER("a grading program"),
  /** Log-probabilities of the tokens under the policy that wrote them. */
  LOGPROBS("log-probabilities of tokens"),
  /** Log-probabilities of the tokens under the first policy. */
  REFERENCE_LOGPROBS("log-probabilities under the first policy"),
  /** The steps of a response. */
  STEPS("steps"),
  /** A sign for each step: correct, incorrect, unknown. */
  STEP_SIGNS("signs of steps"),
  /** A score for each step, from 0 to 1. */
  STEP_SCORES("scores of steps"),
  /** More than one response to a problem. */
  GROUP("several responses to a problem"),
  /** All responses of a round together. */
  ROUND("all responses of a round"),
  /** Pairs of a better and a worse response. */
  PAIRS("pairs of responses"),
  /** A greedy response to each problem. */
  GREEDY("a greedy response to each problem"),
  /** A rubric of the problem or the response. */
  RUBRIC("a rubric"),
  /** A model that can be trained in this program. */
  TRAINABLE("a model that can be trained here"),
  /** More than one reward term. */
  SEVERAL_TERMS("more than one reward term");

  private final String words;

  Need(String words) {
    this.words = words;
  }

  /** The need in words, for a message. */
  public String words() {
    return words;
  }
}
