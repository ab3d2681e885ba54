package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reward that counts only as far as it tells right responses of a group from wrong ones. */
@Kind(
    value = "trust",
    doc =
        "Scales the reward by a trust weight: lower if the group's wrong responses have higher rewards than its correct ones, and decaying over rounds.")
@Method(
    name = "Trust-GRPO",
    paper = "SophiaVL-R1, arXiv 2505.17018, section 3.3, with its code",
    formula =
        "r' = start exp(-(round - 1) / decay) gamma r; gamma = 1 if mean(r | right) >= mean(r | wrong), else exp(mean(r | right) - mean(r | wrong)); 0 for an outcome below 'least' and in groups that are all right or all wrong",
    papers = "2505.17018")
public record TrustShaping(
    @Key("Kind of the outcome reward term.") String outcome,
    @Key(value = "Weight in the first round.", byDefault = "0.3", min = 0) double start,
    @Key(
            value = "Number of rounds after which the weight has decayed to 1/e.",
            byDefault = "500",
            min = 0,
            minExclusive = true)
        double decay,
    @Key(value = "Responses with an outcome reward below this get 0.", byDefault = "0.2")
        double least)
    implements Shaping {
  /** An outcome above it is right. */
  private static final double RIGHT = 0.5;

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUP, Need.ROUND_NUMBER);
  }

  @Override
  public Optional<String> other() {
    return Optional.of(outcome);
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    List<Score> outcomes = context.scores(outcome);
    double right = mean(scores, outcomes, true);
    double wrong = mean(scores, outcomes, false);
    // A group that is all right or all wrong shows nothing of what the reward tells apart.
    double weight =
        Double.isNaN(right) || Double.isNaN(wrong)
            ? 0
            : weight(Math.max(context.round() - 1, 0)) * gamma(right, wrong);
    List<Score> shaped = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      boolean counts = outcomes.get(i).reward() >= least;
      shaped.add(
          scores
              .get(i)
              .withReward(counts ? weight * scores.get(i).reward() : 0)
              .withFailureOf(outcomes.get(i)));
    }
    return shaped;
  }

  /** The mean reward of the right or the wrong responses; NaN without any. */
  private static double mean(List<Score> scores, List<Score> outcomes, boolean right) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < scores.size(); i++) {
      boolean known = scores.get(i).failure() == null && outcomes.get(i).failure() == null;
      if (known && outcomes.get(i).reward() > RIGHT == right) {
        sum += scores.get(i).reward();
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** The weight after some rounds, before trust. */
  double weight(int rounds) {
    return start * Math.exp(-rounds / decay);
  }

  /** Trust, from the mean reward of right and of wrong responses. */
  static double gamma(double right, double wrong) {
    return right >= wrong ? 1 : Math.exp(right - wrong);
  }
}
