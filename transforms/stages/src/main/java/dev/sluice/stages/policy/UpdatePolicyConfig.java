package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.Advantages;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.models.Lora;
import dev.sluice.models.Loss;
import dev.sluice.models.Optimizer;
import dev.sluice.models.Sampling;
import dev.sluice.parts.Gives;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link UpdatePolicy}. */
public record UpdatePolicyConfig(
    @Key(value = "The policy to start from.", refersTo = Key.MODEL, local = true) String model,
    @Key(value = "The terms of the reward.", min = 1) List<WeightedReward> reward,
    @Key(value = "Rounds: rollouts, rewards, update.", min = 1, extent = true) int rounds,
    @Key(
            value = "Problems of a round; taken in order, from the start again when used up.",
            byDefault = "32",
            min = 1)
        int problemsPerRound,
    @Key(value = "Rollouts of each problem: the group.", byDefault = "8", min = 2) int samples,
    @Key(
            value = "Optimiser steps of a round: its groups are cut into that many batches.",
            byDefault = "1",
            min = 1)
        int updatesPerRound,
    @Key(
            value =
                "Divides the policy's logits, in rollouts and in the update alike: log-probabilities are of log_softmax(logits / temperature).",
            byDefault = "1.0",
            min = 0,
            minExclusive = true)
        double temperature,
    @Key(
            value =
                "Must be 1: the update's log-probabilities are of the whole distribution, so rollouts are drawn from it.",
            byDefault = "1.0",
            min = 0,
            minExclusive = true,
            max = 1)
        double topP,
    @Key(value = "Must be 0, which keeps all tokens, as 'top_p'.", byDefault = "0", min = 0)
        int topK,
    @Key(value = "Most tokens of a rollout.", byDefault = "512", min = 1) int maxTokens,
    @Key(value = "Advantage estimator.", byDefault = "grpo") Advantages.Estimator advantage,
    @Key(
            value = "Added to the group's standard deviation.",
            byDefault = "1.0e-4",
            min = 0,
            minExclusive = true)
        double advantageEpsilon,
    @Key(value = "How verdicts on steps reach the tokens.", byDefault = "process_aware")
        SparkRewards.Design design,
    @Key(
            value = "What another number of verdicts than steps does (METHODS 1.6).",
            byDefault = "incorrect")
        SparkRewards.OnMismatch onMismatch,
    @Key(
            value =
                "Fewest and most steps of a response in words, an `<answer>` not counted; beyond them it is a mismatch (METHODS 1.6: 4 and 20). Absent: no bounds.")
        SparkRewards.@Nullable StepBounds stepBounds,
    @Key(value = "Clip range of the probability ratio.", byDefault = "{low: 0.2, high: 0.28}")
        Clip clip,
    @Key(
            value = "The policy loss; a word alone is its `aggregation`.",
            byDefault = "{}",
            bare = "aggregation")
        PolicyLoss loss,
    @Key("How token losses become one number; absent: as 'loss' says, else `token_mean`.")
        Loss.@Nullable Aggregation aggregation,
    @Key(
            value =
                "The KL estimate (k3) against the first policy, in the loss; a number alone is its `weight`.",
            byDefault = "0",
            bare = "weight")
        Kl kl,
    @Key(
            value = "What happens to a group whose rewards are all equal.",
            byDefault = "drop",
            choices = {"drop", "keep"})
        String zeroVariance,
    @Key(value = "The optimiser.", byDefault = "{}") Optimizer optimizer,
    @Key("Trains low-rank adapters of 'model', the same in all rounds; absent: all its weights.")
        @Nullable Lora lora,
    @Key("Rollouts on the problems at the port 'dev', for curves and alarms.") @Nullable Dev dev,
    @Key("Alarms against reward hacking (METHODS 1.9).") @Nullable Alarms alarms,
    @Key(
            value =
                "Keep the policy of every so many rounds, beside the last two, which are always kept.",
            min = 1,
            resource = true)
        @Nullable Integer keepEvery,
    @Key(
            value =
                "How the policy is asked for solutions; absent: as the problem's own world asks.",
            bare = "family")
        @Nullable SolvePrompt prompt)
    implements Serializable, JudgeUse.Rewards {

  public UpdatePolicyConfig {
    reward = List.copyOf(reward);
  }

  SolvePrompt asked() {
    return SolvePrompt.orTask(prompt);
  }

  /** How tokens of rollouts are drawn, with the log-probabilities that the update needs. */
  Sampling sampling() {
    return Sampling.at(temperature, maxTokens)
        .endedBy(asked().stop(List.of()))
        .withTemperedLogprobs();
  }

  /** The clip range of the ratio: [1 - low, 1 + high]. */
  public record Clip(
      @Key(value = "Below 1.", byDefault = "0.2", min = 0, max = 1) double low,
      @Key(value = "Above 1.", byDefault = "0.28", min = 0) double high)
      implements Serializable {}

  /** The loss of the update. */
  public record PolicyLoss(
      @Key(
              value = "The clipped ratio of PPO and GRPO (METHODS 2.1).",
              byDefault = "clip",
              choices = {"clip"})
          String kind,
      @Key(value = "Clip range below 1; absent: `clip.low`.", min = 0, max = 1)
          @Nullable Double low,
      @Key(value = "Clip range above 1; absent: `clip.high`.", min = 0) @Nullable Double high,
      @Key(
              value =
                  "Bounds the loss of a token with a negative advantage A by this times -A (arXiv 1912.09729; verl: 3). Absent: no bound.",
              min = 1,
              minExclusive = true)
          @Nullable Double dualClip,
      @Key("As the key 'aggregation' beside 'loss'.") Loss.@Nullable Aggregation aggregation)
      implements Serializable {}

  /** The KL estimate of the update. */
  public record Kl(
      @Key(value = "Weight in the loss; 0 for none.", min = 0) double weight,
      @Key(
              value = "The most that the estimate of a token counts (verl: 10). Absent: no bound.",
              min = 0,
              minExclusive = true)
          @Nullable Double clamp)
      implements Serializable {}

  /** The loss of an update. */
  Loss.Policy policyLoss() {
    Loss.Aggregation named = loss.aggregation() == null ? aggregation : loss.aggregation();
    return new Loss.Policy(
        loss.low() == null ? clip.low() : loss.low(),
        loss.high() == null ? clip.high() : loss.high(),
        loss.dualClip() == null ? 0 : loss.dualClip(),
        kl.weight(),
        kl.clamp() == null ? 0 : kl.clamp(),
        temperature,
        named == null ? Loss.Aggregation.TOKEN_MEAN : named,
        maxTokens);
  }

  /** Rollouts on dev problems. */
  public record Dev(
      @Key(
              value = "Rounds between two looks; the first is before any update.",
              byDefault = "5",
              min = 1,
              extent = true)
          int every)
      implements Serializable {}

  /** Alarms that need a judge. */
  public record Alarms(
      @Key(
              value =
                  "The untrained verifier whose majority the reward's acceptance is compared with.",
              refersTo = Key.MODEL)
          @Nullable String verifier,
      @Key(value = "Votes of that majority.", byDefault = "16", min = 1) int votes,
      @Key(value = "Most tokens of a vote.", byDefault = "96", min = 1) int maxTokens,
      @Key(
              value =
                  "How the verifier is asked; absent: as the first reward of kind `process` asks.",
              bare = "family")
          @Nullable JudgePrompt prompt)
      implements Serializable {}

  @Override
  public List<JudgeUse> judges() {
    return reward.stream().flatMap(each -> each.term().judge().stream()).toList();
  }

  /** How the alarms' verifier is asked. */
  JudgePrompt alarmPrompt() {
    JudgePrompt own = alarms == null ? null : alarms.prompt();
    return own != null
        ? own
        : reward.stream()
            .filter(each -> each.term().gives().contains(Gives.STEP_SIGNS))
            .flatMap(each -> each.term().judge().stream())
            .map(JudgeUse::prompt)
            .findFirst()
            .orElse(JudgePrompt.TASK);
  }
}
