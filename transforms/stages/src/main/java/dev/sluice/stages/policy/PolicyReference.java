package dev.sluice.stages.policy;

import dev.sluice.models.LanguageModel;
import dev.sluice.records.Rollout;
import dev.sluice.stages.UnitContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The policy that an update is held to, and how far rollouts are from it. */
record PolicyReference(UpdatePolicyConfig config, UnitContext context) {

  private LanguageModel model() {
    return context.model(PolicyRounds.referenceOf(config, context));
  }

  /** Log-probabilities of the tokens of rollouts under it, by rollout. */
  Map<String, float[]> scores(RolloutSequences sequences, List<Rollout> rollouts) {
    return sequences.scores(model(), rollouts);
  }

  /**
   * What the KL estimate took from rewards at each token, by rollout; empty if the advantage does
   * not place it there.
   */
  Map<String, double[]> penalties(List<Rollout> rollouts) {
    if (!config.placesPenalties()) {
      return Map.of();
    }
    Map<String, float[]> scores =
        scores(RolloutSequences.of(config, context, model()::encodePrompt, rollouts), rollouts);
    Map<String, double[]> penalties = new HashMap<>();
    for (Rollout rollout : rollouts) {
      float[] own = Objects.requireNonNull(scores.get(rollout.rolloutId()));
      penalties.put(rollout.rolloutId(), KlPenalty.penalties(config.kl(), own, rollout.logprobs()));
    }
    return penalties;
  }

  /**
   * The divergence of the policy from it (nats), estimated on each rollout behind the prompt of the
   * next problem; at least 0, and 0 for a single problem or before any update.
   */
  double divergence(RolloutSequences sequences, List<Rollout> rollouts) {
    List<String> problems = rollouts.stream().map(Rollout::problemId).distinct().toList();
    String policy = PolicyRounds.policyOf(config, context);
    if (problems.size() < 2 || policy.equals(PolicyRounds.referenceOf(config, context))) {
      return 0;
    }
    List<String> next =
        rollouts.stream()
            .map(each -> problems.get((problems.indexOf(each.problemId()) + 1) % problems.size()))
            .toList();
    double[] own = sequences.mismatched(context.model(policy), rollouts, next);
    double[] first = sequences.mismatched(model(), rollouts, next);
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += own[i] - first[i];
    }
    return Math.max(0, sum / own.length);
  }
}
