package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.AdvantageEstimator;
import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.loss.PolicyLoss;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.round.RoundRule;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.models.Sampling;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.parts.Gives;
import dev.sluice.records.config.Key;
import dev.sluice.stages.scoring.WeightedReward;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link UpdatePolicy}. */
public record UpdatePolicyConfig(
    @Key(value = "The policy to start from.", refersTo = Key.MODEL, local = true) String model,
    @Key(
            value =
                "Terms of the reward, which `fusion` combines; by default the reward is their weighted sum.",
            min = 1)
        List<WeightedReward> reward,
    @Key(
            value =
                "Number of rounds. Each round samples rollouts, computes rewards and updates the policy.",
            min = 1,
            incremental = true)
        int rounds,
    @Key(
            value =
                "Problems per round, taken in order. After the last problem the first one follows again.",
            byDefault = "32",
            min = 1)
        int problemsPerRound,
    @Key(value = "Rollouts per problem (the group size).", byDefault = "8", min = 2) int samples,
    @Key(
            value =
                "Optimiser steps per round. The groups of the round are divided into this many batches.",
            byDefault = "1",
            min = 1)
        int updatesPerRound,
    @Key(
            value =
                "Sampling temperature of rollouts. The update uses the same distribution: log-probabilities are log_softmax(logits / temperature).",
            byDefault = "1.0",
            min = 0,
            minExclusive = true)
        double temperature,
    @Key(
            value = "Must be 1, since the update uses log-probabilities of the whole distribution.",
            byDefault = "1.0",
            min = 0,
            minExclusive = true,
            max = 1)
        double topP,
    @Key(
            value = "Must be 0, which keeps all tokens, for the same reason as `top_p`.",
            byDefault = "0",
            min = 0)
        int topK,
    @Key(value = "Maximum length of a rollout, in tokens.", byDefault = "512", min = 1)
        int maxTokens,
    @Key(value = "Advantage estimator.", byDefault = "grpo") AdvantageEstimator advantage,
    @Key(value = "How several reward terms are combined.", byDefault = "sum") Fusion fusion,
    @Key(
            value = "How the advantage of a response is distributed over its tokens.",
            byDefault = "outcome")
        Credit credit,
    @Key(
            value =
                "What happens if the number of verdicts differs from the number of steps: `incorrect` treats all steps as wrong, `spark` keeps y and sets step rewards to 0 (METHODS 1.6).",
            byDefault = "incorrect")
        SparkRewards.OnMismatch onMismatch,
    @Key(
            value =
                "Minimum and maximum number of steps of a response in words, not counting an `<answer>`. Outside of them `on_mismatch` applies (METHODS 1.6 uses 4 and 20). Default: no bounds.")
        SparkRewards.@Nullable StepBounds stepBounds,
    @Key(
            value = "Rules that select the groups to train on, applied in order.",
            byDefault = "[drop_constant]")
        List<GroupRule> groups,
    @Key(
            value =
                "Rules that change the state after a round, such as the KL reference, applied in order.",
            byDefault = "[]")
        List<RoundRule> roundRules,
    @Key(value = "The policy loss.", byDefault = "clip", tacit = true) PolicyLoss loss,
    @Key(
            "Loss that compares rollouts of a group by their rewards. It takes the place of `loss`, `advantage`, `credit`, `aggregation` and `kl`. Default: none.")
        @Nullable PreferenceLoss preference,
    @Key(value = "How token losses are aggregated into one number.", byDefault = "token_mean")
        Loss.Aggregation aggregation,
    @Key(
            value =
                "KL penalty against the reference policy, which is the initial policy unless a round rule changes it. A single number sets `weight`.",
            byDefault = "0",
            bare = "weight")
        Kl kl,
    @Key(value = "Settings of the optimiser (AdamW).", byDefault = "{}") Optimizer optimizer,
    @Key("Trains low-rank adapters (LoRA) instead of all weights of `model`.") @Nullable Lora lora,
    @Key("Evaluation on the problems of the input `dev`, for metrics and alarms.")
        @Nullable Dev dev,
    @Key("Alarms against reward hacking (METHODS 1.9).") @Nullable Alarms alarms,
    @Key(
            value =
                "Interval in rounds at which the policy is kept. The policies of the last two rounds are always kept.",
            min = 1,
            tuning = true)
        @Nullable Integer keepEvery,
    @Key(value = "Prompt for the policy's solutions. Default: the prompt `task`.", bare = "family")
        @Nullable SolvePrompt prompt)
    implements Serializable, JudgeUse.Rewards {

  public UpdatePolicyConfig {
    reward = List.copyOf(reward);
    groups = List.copyOf(groups);
    roundRules = List.copyOf(roundRules);
  }

  /** Whether advantages are estimated at the start of the update, over the whole round. */
  boolean overRound() {
    return advantage instanceof RoundAdvantage || fusion instanceof RoundFusion;
  }

  /** Rounds before the current one whose rollouts a group rule may train on again. */
  int replayedRounds() {
    return groups.stream().mapToInt(GroupRule::replayedRounds).max().orElse(0);
  }

  /** Whether the KL penalty of the reward is placed at tokens. */
  boolean placesPenalties() {
    return kl.in(Kl.Place.REWARD)
        && advantage instanceof RoundAdvantage estimator
        && estimator.readsPenalties();
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

  /** The KL estimate of the update. */
  public record Kl(
      @Key(value = "Coefficient of the KL penalty; 0 disables it.", min = 0) double weight,
      @Key(
              value =
                  "Estimator: k1 is log p - log p_reference, k2 is half its square, k3 is exp(-k1) + k1 - 1, which is never negative.",
              byDefault = "k3")
          KlEstimator estimator,
      @Key(
              value =
                  "Where the penalty is applied: `loss` adds it to the loss of each token; `reward` subtracts its sum over the response from the reward before the advantage. With `reward`, rewards of a group rarely tie, so `drop_constant` drops few groups.",
              byDefault = "loss")
          Place place,
      @Key(
              value =
                  "Maximum absolute value of a token's estimate (verl uses 10). Default: no bound.",
              min = 0,
              minExclusive = true)
          @Nullable Double clamp)
      implements Serializable {

    /** Where the estimate counts. */
    public enum Place {
      LOSS,
      REWARD
    }

    /** Whether it counts there. */
    boolean in(Place here) {
      return weight > 0 && place == here;
    }

    double bound() {
      return clamp == null ? 0 : clamp;
    }
  }

  /** The loss of an update. */
  Loss.Policy policyLoss() {
    KlLoss estimate =
        kl.in(Kl.Place.LOSS) ? new KlLoss(kl.weight(), kl.estimator(), kl.bound()) : null;
    return new Loss.Policy(loss, estimate, temperature, aggregation, maxTokens);
  }

  /** Rollouts on dev problems. */
  public record Dev(
      @Key(
              value = "Rounds between two evaluations. The first evaluation is before any update.",
              byDefault = "5",
              min = 1,
              incremental = true)
          int every)
      implements Serializable {}

  /** Alarms that need a judge. */
  public record Alarms(
      @Key(
              value =
                  "Untrained verifier. An alarm compares the share of rollouts that the reward accepts with the share that its majority accepts.",
              refersTo = Key.MODEL)
          @Nullable String verifier,
      @Key(value = "Votes of the verifier per rollout.", byDefault = "16", min = 1) int votes,
      @Key(value = "Maximum length of a vote, in tokens.", byDefault = "96", min = 1) int maxTokens,
      @Key(
              value =
                  "Prompt for the verifier. Default: the prompt of the first reward of kind `process`.",
              bare = "family")
          @Nullable JudgePrompt prompt)
      implements Serializable {}

  @Override
  public List<JudgeUse> judges() {
    return reward.stream().flatMap(each -> each.term().judges().stream()).toList();
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
