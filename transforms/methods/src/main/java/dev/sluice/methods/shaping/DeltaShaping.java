package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Differences of step scores. */
@Kind(value = "delta", doc = "Sum over steps of the step score minus the next step's score.")
@Method(
    name = "Delta",
    paper = "On Designing Effective RL Reward, arXiv 2410.15115, section 4 (METHODS 2.15)",
    formula = "r_k = p_k - p_(k+1) for k < K - 1, r_(K-1) = p_(K-1), r_K = 0; r = sum(r_k)",
    papers = "2410.15115")
public record DeltaShaping() implements ScoreShaping {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SCORES);
  }

  @Override
  public Score shape(Score score) {
    return score.withSteps(differences(score.stepScores()));
  }

  /** The rewards of steps from their scores; the last step is left to the outcome's reward. */
  static List<Double> differences(List<Double> scores) {
    List<Double> rewards = new ArrayList<>(scores);
    for (int k = 0; k + 2 < rewards.size(); k++) {
      rewards.set(k, scores.get(k) - scores.get(k + 1));
    }
    if (!rewards.isEmpty()) {
      rewards.set(rewards.size() - 1, 0.0);
    }
    return rewards;
  }
}
