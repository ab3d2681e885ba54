package dev.sluice.methods.confidence;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.Score;
import dev.sluice.models.TokenCertainty;
import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A reward from the policy's whole distribution at each token of a response. Rollouts keep the
 * probability of the tokens that were drawn alone, so the policy that wrote them scores them once
 * more.
 */
interface CertaintyReward extends RewardTerm {

  /** The reward of a response of at least one token. */
  double reward(TokenCertainty certainty);

  @Override
  default Set<Need> needs() {
    return Set.of(Need.LOGPROBS);
  }

  @Override
  default List<Score> score(List<Group> groups, RewardContext context) {
    List<Response> all = groups.stream().flatMap(group -> group.responses().stream()).toList();
    List<Response> asked = all.stream().filter(each -> isAsked(each, context)).toList();
    Iterator<TokenCertainty> certainty =
        asked.isEmpty()
            ? List.<TokenCertainty>of().iterator()
            : context.certainty(asked).iterator();
    List<Score> scores = new ArrayList<>();
    for (Response response : all) {
      scores.add(Score.of(isAsked(response, context) ? reward(certainty.next()) : 0));
    }
    return scores;
  }

  private static boolean isAsked(Response response, RewardContext context) {
    return context.asks(response) && response.completion().tokens().length > 0;
  }

  /** The mean of a figure over tokens. */
  static double mean(float[] figures) {
    double sum = 0;
    for (float figure : figures) {
      sum += figure;
    }
    return sum / figures.length;
  }
}
