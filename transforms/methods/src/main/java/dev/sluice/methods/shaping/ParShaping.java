package dev.sluice.methods.shaping;

import dev.sluice.methods.Sigmoid;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** The reward as the preference over responses of the first policy. */
@Kind(
    value = "par",
    doc =
        "Mean sigmoid of the difference between the reward and the rewards of the initial policy's responses to the same problem; between 0 and 1.")
@Method(
    name = "Preference as reward",
    paper = "Reward Shaping to Mitigate Reward Hacking, arXiv 2502.18770, section 4",
    formula = "r' = mean over m of 1 / (1 + exp(-slope (r - r_m)))",
    papers = "2502.18770")
public record ParShaping(
    @Key(
            value = "Responses of the initial policy per problem; the paper uses up to 10.",
            byDefault = "1",
            min = 1)
        int references,
    @Key(value = "Slope of the sigmoid.", byDefault = "1", min = 0, minExclusive = true)
        double slope)
    implements Shaping {

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    double[] references = References.rewards(context);
    return References.shaped(scores, context, reward -> preference(reward, references, slope));
  }

  /** The mean preference of a reward over those of references, at least one. */
  static double preference(double reward, double[] references, double slope) {
    double sum = 0;
    for (double reference : references) {
      sum += Sigmoid.of(slope * (reward - reference));
    }
    return sum / references.length;
  }
}
