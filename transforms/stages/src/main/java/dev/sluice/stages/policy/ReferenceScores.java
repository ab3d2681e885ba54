package dev.sluice.stages.policy;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The prompts of the rollouts of an update, and what the reference says of their tokens. */
record ReferenceScores(UpdatePolicyConfig config, UnitContext context) {

  /** What the KL estimate took from rewards at each token, if the advantage places it there. */
  Map<String, double[]> penalties(List<Rollout> rollouts) {
    if (!config.placesPenalties()) {
      return Map.of();
    }
    LanguageModel reference = context.model(PolicyRounds.referenceOf(config, context));
    Map<String, float[]> scores = scores(rollouts, prompts(reference::encodePrompt, rollouts));
    Map<String, double[]> penalties = new HashMap<>();
    for (Rollout rollout : rollouts) {
      float[] own = Objects.requireNonNull(scores.get(rollout.rolloutId()));
      penalties.put(rollout.rolloutId(), KlPenalty.penalties(config.kl(), own, rollout.logprobs()));
    }
    return penalties;
  }

  /** The prompt of each rollout's problem, by the problem's id. */
  Map<String, int[]> prompts(Function<String, int[]> encode, List<Rollout> rollouts) {
    Set<String> wanted = new HashSet<>();
    rollouts.forEach(rollout -> wanted.add(rollout.problemId()));
    Map<String, int[]> prompts = new HashMap<>();
    context.forEach(
        "problems",
        Tables.PROBLEMS,
        (Problem problem) -> {
          if (wanted.contains(problem.problemId())) {
            prompts.put(problem.problemId(), encode.apply(config.asked().text(problem)));
          }
        });
    return prompts;
  }

  /** Log-probabilities under the reference policy, for the KL estimate. */
  Map<String, float[]> scores(List<Rollout> rollouts, Map<String, int[]> prompts) {
    List<ScoreRequest> requests = new ArrayList<>(rollouts.size());
    for (Rollout rollout : rollouts) {
      requests.add(
          new ScoreRequest(prompt(prompts, rollout), tokens(rollout), config.temperature()));
    }
    LanguageModel model = context.model(PolicyRounds.referenceOf(config, context));
    List<float[]> scores = model.score(requests);
    Map<String, float[]> byRollout = new HashMap<>();
    for (int i = 0; i < rollouts.size(); i++) {
      byRollout.put(rollouts.get(i).rolloutId(), scores.get(i));
    }
    return byRollout;
  }

  /** The prompt of a rollout. */
  static int[] prompt(Map<String, int[]> prompts, Rollout rollout) {
    int[] prompt = prompts.get(rollout.problemId());
    if (prompt == null) {
      throw new IllegalStateException(
          "Updating the policy: rollout %s belongs to problem %s, which is not among the problems."
              .formatted(rollout.rolloutId(), rollout.problemId()));
    }
    return prompt;
  }

  /** The tokens of a rollout. */
  static int[] tokens(Rollout rollout) {
    return rollout.tokenIds().stream().mapToInt(Integer::intValue).toArray();
  }
}
