package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Judgement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout got.
 *
 * @param terms each term by name, before weights
 * @param reward the weighted sum
 * @param judgement what the judge said of the steps; incorrect if it was not asked
 * @param verdicts the single vote's verdicts; empty if there was none or it did not parse
 * @param accepted whether the reward takes the rollout for right: y at least one half
 * @param failure why a judge gave no reply, so that the reward is unknown; null if all did
 */
record Rewarded(
    Map<String, Double> terms,
    double reward,
    Judgement judgement,
    List<Boolean> verdicts,
    boolean accepted,
    @Nullable String failure) {}
