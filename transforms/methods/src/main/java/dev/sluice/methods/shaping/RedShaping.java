package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The reward of a response spread over its steps, by how each step changes it. */
@Kind(
    value = "red",
    doc =
        "Reads the score of a step as the reward of the response up to it, and gives each step the change that it makes. Needs a credit that reads step scores.")
@Method(
    name = "Reward redistribution (RED)",
    paper = "RED, arXiv 2411.08302 (METHODS 3.15)",
    formula =
        "r_k = beta (s_k - s_(k-1)) for every step k with s_0 = 'empty', and the last step also (1 - beta) s_K; sum(r_k) = s_K - beta s_0",
    papers = "2411.08302",
    departs =
        "Prefixes end at steps, not at tokens, and there is no critic; a KL penalty in the reward is 'kl: {place: reward}'. The sum is R(x, y) - R(x, empty) for beta = 1; the paper takes it for R(x, y).")
public record RedShaping(
    @Key(
            value =
                "Share of the redistributed reward; the rest stays at the last step. The paper uses 1 (once 0.5).",
            byDefault = "1",
            min = 0,
            max = 1)
        double beta,
    @Key(
            value =
                "Reward of the empty response, with which the first step is compared. A step classifier has none: it says nothing before the first step.",
            byDefault = "0")
        double empty)
    implements ScoreShaping {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SCORES);
  }

  @Override
  public boolean redistributes() {
    return true;
  }

  @Override
  public Score shape(Score score) {
    return score.withSteps(redistributed(score.stepScores(), beta, empty));
  }

  /**
   * The rewards of steps.
   *
   * @param prefixes reward of the response up to each step
   * @param empty the same before the first step
   */
  static List<Double> redistributed(List<Double> prefixes, double beta, double empty) {
    List<Double> rewards = new ArrayList<>();
    double before = empty;
    for (double prefix : prefixes) {
      rewards.add(beta * (prefix - before));
      before = prefix;
    }
    int last = rewards.size() - 1;
    if (last >= 0) {
      rewards.set(last, rewards.get(last) + (1 - beta) * prefixes.get(last));
    }
    return rewards;
  }
}
