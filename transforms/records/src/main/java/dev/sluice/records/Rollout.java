package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One completion of the policy while it is trained, with its reward: a row of the tables {@code
 * rollouts} and {@code dev_rollouts}.
 */
public record Rollout(
    @Column(
            value = "Hash of the problem's id, the stage type, the round and the group index.",
            unique = true)
        String rolloutId,
    @Column("The round, from 1; 0 is before any update.") int round,
    @Column("The problem's id.") String problemId,
    @Column("Index within the problem's group, from 0.") int groupIndex,
    @Column("The completion's text.") String completion,
    @Column("The completion's tokens, end of text included.") List<Integer> tokenIds,
    @Column(
            "Log-probability (nats) of each token under the policy that wrote it, at the temperature of sampling.")
        List<Float> logprobs,
    @Column("Why the text ends: stop or length.") String finishReason,
    @Column("Each reward term by name, before weights.") Map<String, Double> rewards,
    @Column("The whole reward.") double reward,
    @Column("The sequence's advantage; null if it is estimated over the round (table advantages).")
        @Nullable Double advantage,
    @Column("The advantage of each token; empty where all equal the sequence's.")
        List<Double> advantages,
    @Column("The tokens of each step.") List<StepSpan> stepSpans,
    @Column("The judge's verdict on each step; empty if it was not asked or not parsed.")
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
