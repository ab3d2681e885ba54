package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import java.util.List;

/** A shape that looks at one response at a time. */
interface ScoreShaping extends Shaping {

  /** The score of one response after it. */
  Score shape(Score score);

  @Override
  default List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    return scores.stream().map(this::shape).toList();
  }
}
