package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process reward that is positive only where the outcome agrees. */
@Kind(
    value = "renorm",
    doc =
        "The reward and that of an outcome term, less 1: positive only if the two agree on balance.")
@Method(
    name = "ReNorm",
    paper = "Principle Process Reward (PPR), reconstructed from its reviews (METHODS 2.9)",
    formula = "r' = r_p + r_o - 1",
    departs =
        "The paper puts it on single steps under PPO. The constant has no effect where advantages are centred in the group.")
public record ReNormShaping(
    @Key("The reward term of the outcome, by its kind; give it 'weight: 0' to count it once.")
        String outcome)
    implements Shaping {

  @Override
  public Optional<String> other() {
    return Optional.of(outcome);
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    List<Score> outcomes = context.scores(outcome);
    List<Score> shaped = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      shaped.add(
          scores
              .get(i)
              .withReward(normed(scores.get(i).reward(), outcomes.get(i).reward()))
              .withFailureOf(outcomes.get(i)));
    }
    return shaped;
  }

  /** A process reward and an outcome, both from 0 to 1, as one. */
  static double normed(double process, double outcome) {
    return process + outcome - 1;
  }
}
