package dev.sluice.methods.reward;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reward term says of one response.
 *
 * @param reward the reward, before its weight
 * @param accepted above one half where the term takes the response for right
 * @param judgement what a judge said of the steps; null for a term that asks none about steps
 * @param verdicts a single vote's verdict on each step; empty if there was none, or it did not
 *     parse
 * @param stepScores a score of each step, mostly from 0 to 1; empty for a term that gives none
 * @param unparsed votes that did not parse
 * @param failure why a model gave no reply, so that the reward is unknown; null if all did
 * @param disagreement standard deviation of the members of an ensemble; null for a term without
 */
public record Score(
    double reward,
    double accepted,
    @Nullable StepScores judgement,
    List<Boolean> verdicts,
    List<Double> stepScores,
    int unparsed,
    @Nullable String failure,
    @Nullable Double disagreement) {

  public Score {
    verdicts = List.copyOf(verdicts);
    stepScores = List.copyOf(stepScores);
  }

  /** What a term without members says. */
  public Score(
      double reward,
      double accepted,
      @Nullable StepScores judgement,
      List<Boolean> verdicts,
      List<Double> stepScores,
      int unparsed,
      @Nullable String failure) {
    this(reward, accepted, judgement, verdicts, stepScores, unparsed, failure, null);
  }

  /** A reward that says nothing of steps, and accepts above one half. */
  public static Score of(double reward) {
    return of(reward, reward);
  }

  /** A reward that says nothing of steps. */
  public static Score of(double reward, double accepted) {
    return new Score(reward, accepted, null, List.of(), List.of(), 0, null);
  }

  /** The same with another reward. */
  public Score withReward(double other) {
    return new Score(
        other, accepted, judgement, verdicts, stepScores, unparsed, failure, disagreement);
  }

  /** The same with other scores of steps, whose sum is the reward. */
  public Score withSteps(List<Double> scores) {
    double sum = scores.stream().mapToDouble(Double::doubleValue).sum();
    return new Score(sum, accepted, judgement, verdicts, scores, unparsed, failure, disagreement);
  }

  /** The same, with the failure of a score that it was made of. */
  public Score withFailureOf(Score other) {
    return failure != null || other.failure() == null ? this : withFailure(other.failure());
  }

  /** The same, unknown for a reason. */
  public Score withFailure(String reason) {
    return new Score(
        reward, accepted, judgement, verdicts, stepScores, unparsed, reason, disagreement);
  }
}
