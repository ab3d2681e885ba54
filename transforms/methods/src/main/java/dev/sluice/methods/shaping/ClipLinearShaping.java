package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** How far a learned probability is above what is known without looking. */
@Kind(
    value = "clip_linear",
    doc =
        "The reward minus a prior, at least 0. For the probability of a learned discriminator or reward model, in place of its logarithm.")
@Method(
    name = "Clipped linear reward",
    paper = "Internally Rewarded Reinforcement Learning, arXiv 2302.00270 (METHODS 2.25)",
    formula = "r' = max(q - prior, 0)",
    papers = "2302.00270",
    departs =
        "The paper's prior is the probability p(y) of the label, known in its tasks. Here it is a key.")
public record ClipLinearShaping(
    @Key(
            value =
                "What the reward is without any evidence, such as 0.5 for two equally frequent classes.",
            min = 0,
            max = 1)
        double prior)
    implements ScoreShaping {

  @Override
  public List<ConfigMistake> check(String key) {
    return prior < 1
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".prior",
                "no probability is above 1, so every reward would be 0; set 'prior' below 1"));
  }

  @Override
  public Score shape(Score score) {
    return score.withReward(value(score.reward(), prior));
  }

  /** The reward of a probability. */
  static double value(double probability, double prior) {
    return Math.max(probability - prior, 0);
  }
}
