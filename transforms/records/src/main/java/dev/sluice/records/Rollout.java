package dev.sluice.records;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One completion of the policy while it is trained, with its reward: a row of the tables {@code
 * rollouts} and {@code dev_rollouts}.
 *
 * @param rolloutId hash of the problem's id, the stage type, the round and the group index
 * @param round the round, from 1; 0 is before any update
 * @param problemId the problem's id
 * @param groupIndex from 0, within the problem's group
 * @param completion the completion's text
 * @param tokenIds the completion's tokens, end of text included
 * @param logprobs log-probability (nats) of each token under the policy that wrote it, at the
 *     temperature of sampling
 * @param finishReason {@code stop} or {@code length}
 * @param rewards each reward term by name, before weights
 * @param reward the whole reward
 * @param advantage the sequence's advantage; null if it is estimated over the whole round and
 *     stands in the table {@code advantages}
 * @param advantages the advantage of each token; empty where all are {@code advantage}
 * @param stepSpans the tokens of each step
 * @param stepVerdicts the judge's verdict on each step; empty if it was not asked or not parsed
 */
public record Rollout(
    String rolloutId,
    int round,
    String problemId,
    int groupIndex,
    String completion,
    List<Integer> tokenIds,
    List<Float> logprobs,
    String finishReason,
    Map<String, Double> rewards,
    double reward,
    @Nullable Double advantage,
    List<Double> advantages,
    List<StepSpan> stepSpans,
    List<Boolean> stepVerdicts) {

  public Rollout {
    tokenIds = List.copyOf(tokenIds);
    logprobs = List.copyOf(logprobs);
    rewards = Map.copyOf(rewards);
    advantages = List.copyOf(advantages);
    stepSpans = List.copyOf(stepSpans);
    stepVerdicts = List.copyOf(stepVerdicts);
  }
}
