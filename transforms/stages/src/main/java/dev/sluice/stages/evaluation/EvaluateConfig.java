package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.text.StepPlace;
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
    @Key(value = "Measurements to run.", byDefault = "[accuracy]", min = 1, flat = true)
        List<Suite> suites,
    @Key(value = "Samples per problem at temperature 1.", byDefault = "8", min = 1) int samples,
    @Key(value = "Samples per problem at temperature 0.7.", byDefault = "4", min = 0)
        int coolSamples,
    @Key(value = "Maximum length of a solution, in tokens.", byDefault = "64", min = 1)
        int maxTokens,
    @Key(value = "Votes of each judge per solution.", byDefault = "16", min = 1) int votes,
    @Key(value = "Maximum length of a vote, in tokens.", byDefault = "96", min = 1)
        int voteMaxTokens,
    @Key(
            value =
                "Number of solutions on which the judges are compared: the base policy's samples that pass the format gate, ordered by sample index, then problem.",
            byDefault = "500",
            min = 1)
        int firstErrorSolutions,
    @Key(
            value = "Settings of the reward model when it judges the trained policy's solutions.",
            byDefault = "{}")
        JudgeAs judge,
    @Key(
            value =
                "Prompt for solutions of the base and the trained policy. Default: the prompt `task`.",
            bare = "family")
        @Nullable SolvePrompt prompt,
    @Key(value = "Prompt for the verifier. Default: the prompt `task`.", bare = "family")
        @Nullable JudgePrompt verifierPrompt)
    implements Serializable {

  public EvaluateConfig {
    suites = List.copyOf(suites);
  }

  /** As the reward judges. */
  public record JudgeAs(
      @Key(
              value =
                  "Type of the reward model: `process` writes step verdicts, `classifier` scores steps, `outcome` writes one word on the whole solution.",
              byDefault = "process")
          RewardKind as,
      @Key(
              value =
                  "Votes per solution. A solution is accepted if the mean of their y is above 0.5.",
              byDefault = "1",
              min = 1)
          int votes,
      @Key(value = "Sampling temperature of the judge; 0 is greedy.", byDefault = "1.0", min = 0)
          double temperature,
      @Key(
              value =
                  "Prompt for the reward model in all suites. Default: the prompt `task`. Use the same prompt as the reward of UpdatePolicy.",
              bare = "family")
          @Nullable JudgePrompt prompt,
      @Key(
              value =
                  "Whether `validate` warns if these settings differ from those of the reward. Set to false if several runs with different rewards share one judge.",
              byDefault = "true",
              tuning = true)
          boolean asReward,
      @Key(
              value =
                  "Token at which a reward model of type `classifier` says whether a step is correct; as `label_at` of the reward.",
              bare = "token")
          @Nullable StepPlace labelAt)
      implements Serializable {

    /** The token at which a classifier speaks of a step. */
    public StepPlace place() {
      return StepPlace.orLastToken(labelAt);
    }

    /** The prompt of the reward model. */
    public JudgePrompt asked() {
      return JudgePrompt.orTask(prompt);
    }
  }

  /** How a judge is asked: the untrained one, or the reward model. */
  public JudgePrompt judgePrompt(boolean untrained) {
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
    for (Suite suite : suites) {
      if (!Suites.ALL.containsKey(suite.name())) {
        throw new IllegalStateException(
            "The suite '%s' is not registered here; a worker needs the jars of the program that sent it the stage."
                .formatted(suite.name()));
      }
      named.put(suite.name(), suite);
    }
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
  public @Nullable String model(String key) {
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
