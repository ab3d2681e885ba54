package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import java.util.ArrayList;
import java.util.List;

/** A shape of a response's reward and that of another term for the same response. */
interface PairedShaping extends Shaping {

  /** The reward after it. */
  double shaped(double reward, double other);

  @Override
  default List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    List<Score> others = context.scores(other().orElseThrow());
    List<Score> shaped = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Score score = scores.get(i);
      shaped.add(
          score
              .withReward(shaped(score.reward(), others.get(i).reward()))
              .withFailureOf(others.get(i)));
    }
    return shaped;
  }
}
