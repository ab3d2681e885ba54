package dev.sluice.methods.reward;

import java.util.ArrayList;
import java.util.List;

/** A reward term that asks no model, so that one group after another will do. */
public interface GroupReward extends RewardTerm {

  /** The reward of each response of a group, in order. */
  double[] rewards(Group group, RewardContext context);

  @Override
  default List<Score> score(List<Group> groups, RewardContext context) {
    List<Score> scores = new ArrayList<>();
    for (Group group : groups) {
      for (double reward : rewards(group, context)) {
        scores.add(Score.of(reward));
      }
    }
    return scores;
  }
}
