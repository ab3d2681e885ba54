package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.AdvantageEstimator;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.loss.PolicyLoss;
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
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link UpdatePolicy}. */
public record UpdatePolicyConfig(
    @Key(value = "The policy to start from.", refersTo = Key.MODEL, local = true) String model,
    @Key(value = "The terms of the reward.", min = 1) List<WeightedReward> reward,
    @Key(value = "Rounds: rollouts, rewards, update.", min = 1, incremental = true) int rounds,
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
    @Key(value = "How rewards become advantages.", byDefault = "grpo") AdvantageEstimator advantage,
    @Key(value = "How the advantage of a response reaches its tokens.", byDefault = "outcome")
        Credit credit,
    @Key(
            value = "What another number of verdicts than steps does (METHODS 1.6).",
            byDefault = "incorrect")
        SparkRewards.OnMismatch onMismatch,
    @Key(
            value =
                "Fewest and most steps of a response in words, an `<answer>` not counted; beyond them it is a mismatch (METHODS 1.6: 4 and 20). Absent: no bounds.")
        SparkRewards.@Nullable StepBounds stepBounds,
    @Key(
            value = "Which groups the update is made from; the rules apply one after another.",
            byDefault = "[drop_constant]")
        List<GroupRule> groups,
    @Key(
            value =
                "What changes after a round, such as the reference policy; the rules apply one after another.",
            byDefault = "[]")
        List<RoundRule> roundRules,
    @Key(value = "The policy loss.", byDefault = "clip", tacit = true) PolicyLoss loss,
    @Key(value = "How token losses become one number.", byDefault = "token_mean")
        Loss.Aggregation aggregation,
    @Key(
            value =
                "The KL estimate against the reference, at first the first policy; a number alone is its `weight`.",
            byDefault = "0",
            bare = "weight")
        Kl kl,
    @Key(value = "The optimiser.", byDefault = "{}") Optimizer optimizer,
    @Key("Trains low-rank adapters of 'model', the same in all rounds; absent: all its weights.")
        @Nullable Lora lora,
    @Key("Rollouts on the problems at the port 'dev', for curves and alarms.") @Nullable Dev dev,
    @Key("Alarms against reward hacking (METHODS 1.9).") @Nullable Alarms alarms,
    @Key(
            value =
                "Keep the policy of every so many rounds, beside the last two, which are always kept.",
            min = 1,
            tuning = true)
        @Nullable Integer keepEvery,
    @Key(
            value =
                "How the policy is asked for solutions; absent: as the problem's own world asks.",
            bare = "family")
        @Nullable SolvePrompt prompt)
    implements Serializable, JudgeUse.Rewards {

  public UpdatePolicyConfig {
    reward = List.copyOf(reward);
    groups = List.copyOf(groups);
    roundRules = List.copyOf(roundRules);
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
      @Key(value = "Its weight; 0 for none.", min = 0) double weight,
      @Key(
              value =
                  "The estimate: k1 is log p - log p_reference, k2 half its square, k3 never below 0.",
              byDefault = "k3")
          KlEstimator estimator,
      @Key(
              value =
                  "Where it counts: in the loss of each token, or its sum over the response in the reward, before the advantage: rewards of a group then differ, so that `drop_constant` drops few.",
              byDefault = "loss")
          Place place,
      @Key(
              value = "The most that the estimate of a token counts (verl: 10). Absent: no bound.",
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
              value = "Rounds between two looks; the first is before any update.",
              byDefault = "5",
              min = 1,
              incremental = true)
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
