package dev.sluice.stages.policy;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Rollouts of a round as sequences of tokens behind their prompts: for scores and for training. */
final class RolloutSequences {
  private final UpdatePolicyConfig config;
  private final Map<String, int[]> prompts;

  private RolloutSequences(UpdatePolicyConfig config, Map<String, int[]> prompts) {
    this.config = config;
    this.prompts = prompts;
  }

  /**
   * Reads the problems of rollouts.
   *
   * @param encode a prompt's tokens
   */
  static RolloutSequences of(
      UpdatePolicyConfig config,
      UnitContext context,
      Function<String, int[]> encode,
      List<Rollout> rollouts) {
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
    return new RolloutSequences(config, prompts);
  }

  /** Log-probabilities of the tokens of rollouts under a model, by rollout. */
  Map<String, float[]> scores(LanguageModel model, List<Rollout> rollouts) {
    List<float[]> scores =
        model.score(rollouts.stream().map(each -> request(each, each.problemId())).toList());
    Map<String, float[]> byRollout = new HashMap<>();
    for (int i = 0; i < rollouts.size(); i++) {
      byRollout.put(rollouts.get(i).rolloutId(), scores.get(i));
    }
    return byRollout;
  }

  /**
   * Log-probabilities (nats) of whole rollouts under a model, each behind the prompt of another
   * problem.
   *
   * @param problems ids of these problems, one for each rollout
   */
  double[] mismatched(LanguageModel model, List<Rollout> rollouts, List<String> problems) {
    List<ScoreRequest> requests = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      requests.add(request(rollouts.get(i), problems.get(i)));
    }
    return model.score(requests).stream()
        .mapToDouble(
            scores -> {
              double sum = 0;
              for (float score : scores) {
                sum += score;
              }
              return sum;
            })
        .toArray();
  }

  private ScoreRequest request(Rollout rollout, String problemId) {
    return new ScoreRequest(prompt(problemId, rollout), tokens(rollout), config.temperature());
  }

  private int[] prompt(String problemId, Rollout rollout) {
    int[] prompt = prompts.get(problemId);
    if (prompt == null) {
      throw new IllegalStateException(
          "Updating the policy: rollout %s belongs to problem %s, which is not among the problems."
              .formatted(rollout.rolloutId(), problemId));
    }
    return prompt;
  }

  private static int[] tokens(Rollout rollout) {
    return rollout.tokenIds().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A row of a training batch.
   *
   * @param reference log-probabilities under the reference, by rollout; empty where the loss reads
   *     none
   */
  TrainingSequence sequence(RoundBatch.Weighed weighed, Map<String, float[]> reference) {
    Rollout rollout = weighed.rollout();
    int[] prompt = prompt(rollout.problemId(), rollout);
    int[] completion = tokens(rollout);
    int length = prompt.length + completion.length;
    int[] tokens = Arrays.copyOf(prompt, length);
    System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
    float[] weights = new float[length];
    float[] advantages = new float[length];
    float[] old = new float[length];
    float[] first = reference.isEmpty() ? new float[0] : new float[length];
    float[] scores = reference.get(rollout.rolloutId());
    for (int t = 0; t < completion.length; t++) {
      int at = prompt.length + t;
      weights[at] = 1;
      advantages[at] = weighed.advantage(t);
      old[at] = rollout.logprobs().get(t);
      if (scores != null) {
        first[at] = scores[t];
      }
    }
    return new TrainingSequence(tokens, weights, advantages, old, first, new float[0]);
  }
}
