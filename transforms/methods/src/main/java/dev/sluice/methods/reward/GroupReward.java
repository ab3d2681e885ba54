package dev.sluice.methods.reward;

import java.util.ArrayList;
import java.util.List;

/** A reward term that asks no model: a function of a response and its group. */
public interface GroupReward extends RewardTerm {

  /** The reward of one response. */
  double reward(Response response, Group group, RewardContext context);

  @Override
  default List<Score> score(List<Group> groups, RewardContext context) {
    List<Score> scores = new ArrayList<>();
    for (Group group : groups) {
      for (Response response : group.responses()) {
        scores.add(Score.of(reward(response, group, context)));
      }
    }
    return scores;
  }
}
