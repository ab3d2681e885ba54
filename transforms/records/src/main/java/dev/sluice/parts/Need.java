package dev.sluice.parts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a part must be given. {@link #REFERENCE} decides whether references are loaded; what other
 * parts give is checked by {@link Fit}.
 */
public enum Need {
  /** The reference answer: labels or rewards then are not reference-free. */
  REFERENCE("the reference answer"),
  /** A program that grades: labels or rewards then are not reference-free. */
  GRADER("a program that grades"),
  /** The steps of a response. */
  STEPS("the steps of a solution"),
  /** More than one response to a problem. */
  GROUP("several solutions of a problem"),
  /** All responses of a round together. */
  ROUND("all rollouts of a round"),
  /** The number of the round, since the part changes over rounds. */
  ROUND_NUMBER("the number of the round"),
  /** Log-probabilities of the tokens under the policy that wrote them. */
  LOGPROBS("log-probabilities of tokens"),
  /** The number of tokens of a response. */
  TOKENS("the number of tokens of a solution"),
  /** A sign for each step: correct, incorrect, unknown. */
  STEP_SIGNS(Gives.STEP_SIGNS),
  /** A score for each step, from 0 to 1. */
  STEP_SCORES(Gives.STEP_SCORES),
  /** A verdict on the whole solution. */
  OUTCOME(Gives.OUTCOME),
  /** The text of a verification that agrees with the label. */
  VERIFICATION(Gives.VERIFICATION);

  private final String words;
  private final @Nullable Gives given;

  Need(String words) {
    this.words = words;
    this.given = null;
  }

  Need(Gives given) {
    this.words = given.words();
    this.given = given;
  }

  /** What it is, to follow "needs". */
  public String words() {
    return words;
  }

  /** What another part must give; empty for what no part gives. */
  public Optional<Gives> given() {
    return Optional.ofNullable(given);
  }
}
