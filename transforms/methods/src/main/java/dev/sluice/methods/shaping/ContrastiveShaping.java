package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** A reward less what offline responses to the problem get. */
@Kind(
    value = "contrastive",
    doc =
        "The reward minus the mean reward of responses of the initial policy to the same problem, or of stored solutions at the input `offline`.")
@Method(
    name = "Contrastive rewards",
    paper = "Improving RLHF via Contrastive Rewards, arXiv 2403.07708",
    formula = "r' = r(x, y) - (1/k) sum_j r(x, y_j)",
    papers = "2403.07708",
    departs =
        "The paper uses it under PPO. An advantage that is centred in the group takes the constant of a problem out again, so there it has an effect only beside shapes that follow it; with an advantage over the round it does what the paper describes.")
public record ContrastiveShaping(
    @Key(value = "Offline responses per problem.", byDefault = "5", min = 1) int references)
    implements Shaping {

  @Override
  public boolean shifts() {
    return true;
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    double baseline = References.mean(References.rewards(context));
    return References.shaped(scores, context, reward -> reward - baseline);
  }
}
