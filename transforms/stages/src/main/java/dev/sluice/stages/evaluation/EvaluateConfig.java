package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link Evaluate}. */
public record EvaluateConfig(
    @Key(value = "The policy before training.", refersTo = Key.MODEL) @Nullable String base,
    @Key(value = "The policy after training.", refersTo = Key.MODEL) @Nullable String policy,
    @Key(value = "The untrained judge.", refersTo = Key.MODEL) @Nullable String verifier,
    @Key(value = "The trained reward model.", refersTo = Key.MODEL) @Nullable String reward,
    @Key(value = "What is measured.", byDefault = "[accuracy]", min = 1) List<Suite> suites,
    @Key(value = "Samples of each problem at temperature 1.", byDefault = "8", min = 1) int samples,
    @Key(value = "Samples of each problem at temperature 0.7.", byDefault = "4", min = 0)
        int coolSamples,
    @Key(value = "Most tokens of a solution.", byDefault = "64", min = 1) int maxTokens,
    @Key(value = "Votes of each judge on a solution.", byDefault = "16", min = 1) int votes,
    @Key(value = "Most tokens of a vote.", byDefault = "96", min = 1) int voteMaxTokens,
    @Key(
            value =
                "Solutions on which judges are compared: the base's samples that pass the gate, by sample index, then problem.",
            byDefault = "500",
            min = 1)
        int firstErrorSolutions,
    @Key(value = "How the reward model judges what the trained policy writes.", byDefault = "{}")
        JudgeAs judge,
    @Key(
            value =
                "How base and policy are asked for solutions; absent: as the problem's own world asks.",
            bare = "family")
        @Nullable SolvePrompt prompt,
    @Key(
            value = "How the verifier is asked; absent: as the problem's own world asks.",
            bare = "family")
        @Nullable JudgePrompt verifierPrompt)
    implements Serializable {

  public EvaluateConfig {
    suites = List.copyOf(suites);
  }

  /** As the reward judges. */
  public record JudgeAs(
      @Key(
              value =
                  "What the reward model is: `process` writes verdicts on steps, `classifier` scores them, `outcome` says one word on the whole.",
              byDefault = "process")
          RewardKind as,
      @Key(
              value =
                  "Votes on each solution; a solution is accepted if their mean y is above 0.5.",
              byDefault = "1",
              min = 1)
          int votes,
      @Key(value = "Divides the judge's logits; 0 is greedy.", byDefault = "1.0", min = 0)
          double temperature,
      @Key(
              value =
                  "How the reward model is asked, in all suites; absent: as the problem's own world asks. Give what the reward of UpdatePolicy has.",
              bare = "family")
          @Nullable JudgePrompt prompt,
      @Key(
              value =
                  "Whether the judge is meant to be asked as the reward asks it, so that `validate` warns of a difference; false for a yardstick that several runs share.",
              byDefault = "true",
              resource = true)
          boolean asReward)
      implements Serializable {

    JudgePrompt asked() {
      return JudgePrompt.orTask(prompt);
    }
  }

  /** How a judge is asked: the untrained one, or the reward model. */
  JudgePrompt judgePrompt(boolean untrained) {
    return untrained ? JudgePrompt.orTask(verifierPrompt) : judge.asked();
  }

  /** What a reward model is; the kinds of reward that UpdatePolicy knows. */
  public enum RewardKind {
    /** Writes verdicts on steps. */
    PROCESS,
    /** Scores the last token of each step. */
    CLASSIFIER,
    /** Says one word on the whole solution, so it finds no first error. */
    OUTCOME
  }

  /** A group of metrics. */
  public enum Suite {
    /** How often base and policy solve problems: sampled, greedy, maj@k, pass@k. */
    ACCURACY,
    /** How well judges find the first error (METHODS 4.6). */
    FIRST_ERROR,
    /** How far the reward goes astray on what the trained policy writes (METHODS 1.9). */
    JUDGE,
    /** How right the labels are. */
    LABELS,
    /** How right the answer is that most solutions share. */
    CONSENSUS,
    /** How right the order of preferences is. */
    PREFERENCES
  }

  SolvePrompt asked() {
    return SolvePrompt.orTask(prompt);
  }

  boolean has(Suite suite) {
    return suites.contains(suite);
  }
}
