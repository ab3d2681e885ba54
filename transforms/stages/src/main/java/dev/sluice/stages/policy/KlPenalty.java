package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.List;

/**
 * The KL estimate against the reference policy in the reward: a response loses the weighted sum
 * over its tokens, before advantages (verl: use_kl_in_reward).
 */
final class KlPenalty {
  private final UpdatePolicyConfig config;
  private final UnitContext context;

  KlPenalty(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  /** The rewards of responses less their penalty; as they are if it counts elsewhere. */
  List<ScoredRollout> off(List<ScoredRollout> rewards, List<Response> responses) {
    UpdatePolicyConfig.Kl kl = config.kl();
    if (!kl.in(UpdatePolicyConfig.Kl.Place.REWARD)) {
      return rewards;
    }
    LanguageModel reference = context.model(PolicyRounds.referenceOf(config, context));
    List<ScoreRequest> requests = new ArrayList<>();
    for (Response response : responses) {
      requests.add(
          new ScoreRequest(
              reference.encodePrompt(config.asked().text(response.problem())),
              response.completion().tokens(),
              config.temperature()));
    }
    List<float[]> scores = reference.score(requests);
    List<ScoredRollout> penalised = new ArrayList<>();
    for (int i = 0; i < rewards.size(); i++) {
      penalised.add(
          rewards
              .get(i)
              .less(penalty(kl, scores.get(i), responses.get(i).completion().logprobs())));
    }
    return penalised;
  }

  /**
   * What a response loses.
   *
   * @param reference log-probability (nats) of each token under the reference
   * @param written the same under the policy that wrote it
   */
  static double penalty(UpdatePolicyConfig.Kl kl, float[] reference, float[] written) {
    double sum = 0;
    for (int t = 0; t < written.length; t++) {
      sum += kl.estimator().of(reference[t], written[t], kl.bound());
    }
    return kl.weight() * sum;
  }

  /** The same for each token alone. */
  static double[] penalties(UpdatePolicyConfig.Kl kl, float[] reference, List<Float> written) {
    double[] penalties = new double[written.size()];
    for (int t = 0; t < penalties.length; t++) {
      penalties[t] = kl.weight() * kl.estimator().of(reference[t], written.get(t), kl.bound());
    }
    return penalties;
  }
}
