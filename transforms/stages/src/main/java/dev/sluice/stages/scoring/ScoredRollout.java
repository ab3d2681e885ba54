package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.StepScores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout got.
 *
 * @param terms each term by name, shaped, before weights
 * @param values each term in the order of the file, shaped, before weights
 * @param reward the reward: what the fusion makes of all terms, or their weighted sum
 * @param outcome the same of the terms that give no scores of steps
 * @param judgement what the judge said of the steps; incorrect if it was not asked
 * @param verdicts the single vote's verdicts; empty if there was none or it did not parse
 * @param stepScores the reward of each step: the weighted sum of the terms that give scores of
 *     steps
 * @param accepted whether the reward takes the rollout for right: y above one half
 * @param failure why a judge gave no reply, so that the reward is unknown; null if all did
 * @param disagreement of the members of ensembles; null without any
 */
public record ScoredRollout(
    Map<String, Double> terms,
    List<Double> values,
    double reward,
    double outcome,
    StepScores judgement,
    List<Boolean> verdicts,
    List<Double> stepScores,
    boolean accepted,
    @Nullable String failure,
    @Nullable Double disagreement) {

  /** The same with other terms. */
  public ScoredRollout withTerms(Map<String, Double> other) {
    return new ScoredRollout(
        other,
        values,
        reward,
        outcome,
        judgement,
        verdicts,
        stepScores,
        accepted,
        failure,
        disagreement);
  }

  /** The same with something taken from the reward of the whole response. */
  public ScoredRollout less(double penalty) {
    return new ScoredRollout(
        terms,
        values,
        reward - penalty,
        outcome - penalty,
        judgement,
        verdicts,
        stepScores,
        accepted,
        failure,
        disagreement);
  }
}
