package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;

/** How much better than a reference response a response is. */
@Kind(
    value = "reference_gap",
    doc =
        "The reward minus that of one reference response to the same problem: the first stored solution at the input `offline`, or a response of the initial policy.")
@Method(
    name = "Quality gap to a reference response (PIT)",
    paper = "Enabling Language Models to Implicitly Learn Self-Improvement, arXiv 2310.00898",
    formula = "r' = r(x, y) - r(x, y_ref)",
    papers = "2310.00898",
    departs =
        "The paper trains a reward model on the gap itself; here it is the difference of two rewards. An advantage that is centred in the group takes the constant of a problem out again.")
public record ReferenceGapShaping() implements Shaping {

  @Override
  public int references() {
    return 1;
  }

  @Override
  public boolean shifts() {
    return true;
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    double reference = References.rewards(context)[0];
    return References.shaped(scores, context, reward -> reward - reference);
  }
}
