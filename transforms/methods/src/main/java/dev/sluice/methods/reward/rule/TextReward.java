package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.Score;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;

/** A reward that depends on the problem and the text of a response alone. */
public interface TextReward extends RewardTerm {

  /**
   * What a text is worth.
   *
   * @param problem what it responds to, with its reference where the term {@linkplain #needs needs}
   *     one
   * @param text the whole response
   */
  TextScore judge(Problem problem, String text);

  /** A response that is not asked about has reward 0 without any work. */
  @Override
  default List<Score> score(List<Group> groups, RewardContext context) {
    List<Score> scores = new ArrayList<>();
    for (Group group : groups) {
      for (Response response : group.responses()) {
        scores.add(context.asks(response) ? score(response, context) : Score.of(0));
      }
    }
    return scores;
  }

  private Score score(Response response, RewardContext context) {
    TextScore judged = judge(response.problem(), response.text());
    judged.ended().forEach(context::ended);
    return judged.score();
  }
}
