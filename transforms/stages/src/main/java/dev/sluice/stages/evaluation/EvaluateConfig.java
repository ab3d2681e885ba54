package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config block of {@link Evaluate}. */
public record EvaluateConfig(
    @Key(value = "The policy before training.", refersTo = Key.MODEL) @Nullable String base,
    @Key(value = "The policy after training.", refersTo = Key.MODEL) @Nullable String policy,
    @Key(value = "The untrained judge.", refersTo = Key.MODEL) @Nullable String verifier,
    @Key(value = "The trained reward model.", refersTo = Key.MODEL) @Nullable String reward,
    @Key(value = "What is measured.", byDefault = "[accuracy]", min = 1, flat = true)
        List<Suite> suites,
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
              tuning = true)
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

  SolvePrompt asked() {
    return SolvePrompt.orTask(prompt);
  }

  /**
   * The suites that are measured, in the order in which they are registered: those that the config
   * names and those that these include.
   */
  List<Suite> measured() {
    Map<String, Suite> named = new HashMap<>();
    suites.forEach(suite -> named.put(suite.name(), suite));
    List<Suite> measured = new ArrayList<>();
    Suites.ALL.forEach(
        (word, usual) -> {
          Suite suite = named.get(word);
          boolean included = suites.stream().anyMatch(each -> each.includes().contains(word));
          if (suite != null || included) {
            measured.add(suite == null ? usual : suite);
          }
        });
    return measured;
  }

  /** The model at a key of this config; null if it names none. */
  @Nullable String model(String key) {
    return switch (key) {
      case "base" -> base;
      case "policy" -> policy;
      case "verifier" -> verifier;
      case "reward" -> reward;
      default ->
          throw new IllegalArgumentException("Evaluate has no model at the key '" + key + "'.");
    };
  }
}
