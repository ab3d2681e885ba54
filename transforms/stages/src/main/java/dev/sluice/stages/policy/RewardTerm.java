package dev.sluice.stages.policy;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Port;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One term of the reward of a rollout. The reward is the weighted sum of its terms. */
@Port(value = "reward term", stage = "UpdatePolicy")
public interface RewardTerm extends Serializable {

  /** Tokens that hold a word of verdict. */
  int WORD = 4;

  /** Weight in the sum. */
  double weight();

  /** Whether a rollout that fails the format gate gets 0, without a call to a model. */
  boolean gate();

  /** The name under {@code rewards} in a rollout. */
  String name();

  /** How it asks its judge; empty if it has none. */
  default Optional<JudgeUse> judge() {
    return Optional.empty();
  }

  /** What is wrong with it, for the check of the stage's config. */
  default List<ConfigMistake> check(String key) {
    return List.of();
  }

  /** A generative process reward model, or an untrained judge. */
  @Kind(value = "process", doc = "Votes of a generative judge on the steps (METHODS 1.6).")
  @SuppressWarnings("JavaLangClash") // the field calls it a process reward
  record Process(
      @Key(value = "The judge.", refersTo = Key.MODEL) String model,
      @Key(value = "Votes on each rollout.", byDefault = "1", min = 1) int votes,
      @Key(value = "Divides the judge's logits; 0 is greedy.", byDefault = "0", min = 0)
          double temperature,
      @Key(value = "Most tokens of a vote.", byDefault = "96", min = 1) int maxTokens,
      @Key(value = "How several votes become one.", byDefault = "mean") SparkRewards.Merge merge,
      @Key(
              value =
                  "What counts as right: the final verdict and every step, or the final verdict alone.",
              byDefault = "all_steps")
          SparkRewards.YRule yRule,
      @Key(
              value =
                  "What the rollout gets: y, the share of right steps, or their plain sum (which can be farmed).",
              byDefault = "y")
          Score score,
      @Key(
              value =
                  "Whether a rollout gets 0 if its answer is not the last result that its steps compute.",
              byDefault = "false")
          boolean answerFollows,
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate,
      @Key("How the judge is asked; absent: as the problem's own world asks.")
          @Nullable JudgePrompt prompt)
      implements RewardTerm {
    @Override
    public String name() {
      return "process";
    }

    @Override
    public Optional<JudgeUse> judge() {
      return Optional.of(
          new JudgeUse(model, name(), asked(), votes, temperature, maxTokens, acceptance()));
    }

    /** One vote is the same by every rule of merging. */
    private String acceptance() {
      SparkRewards.Merge by = votes == 1 ? SparkRewards.Merge.MEAN : merge;
      return "%s by %s%s"
          .formatted(
              yRule.name().toLowerCase(Locale.ROOT),
              by.name().toLowerCase(Locale.ROOT),
              answerFollows ? " and answer_follows" : "");
    }

    JudgePrompt asked() {
      return JudgePrompt.orTask(prompt);
    }

    @Override
    public List<ConfigMistake> check(String key) {
      return asked().check(key + ".prompt", true, "the reward 'process' needs verdicts on steps");
    }
  }

  /** A step classifier. */
  @Kind(
      value = "classifier",
      doc = "A two-class head on each step: y is 1 if every step has at least probability 0.5.")
  record Classifier(
      @Key(value = "The model.", refersTo = Key.MODEL, local = true) String model,
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
      implements RewardTerm {
    @Override
    public String name() {
      return "classifier";
    }

    @Override
    public Optional<JudgeUse> judge() {
      return Optional.of(JudgeUse.classifier(model));
    }
  }

  /** An outcome reward model. */
  @Kind(value = "outcome", doc = "One word of an outcome reward model on the whole solution.")
  record Outcome(
      @Key(value = "The model.", refersTo = Key.MODEL) String model,
      @Key(value = "Votes on each rollout.", byDefault = "1", min = 1) int votes,
      @Key(value = "Divides the judge's logits; 0 is greedy.", byDefault = "0", min = 0)
          double temperature,
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate,
      @Key("How the judge is asked; absent: as the problem's own world asks.")
          @Nullable JudgePrompt prompt,
      @Key(value = "Most tokens of a vote; absent: 4, enough for a word.", min = 1)
          @Nullable Integer maxTokens)
      implements RewardTerm {
    @Override
    public String name() {
      return "outcome";
    }

    @Override
    public Optional<JudgeUse> judge() {
      return Optional.of(
          new JudgeUse(
              model, name(), asked(), votes, temperature, mostTokens(), JudgeUse.MEAN_OF_WORDS));
    }

    /** Most tokens of a vote. */
    int mostTokens() {
      return maxTokens == null ? WORD : maxTokens;
    }

    JudgePrompt asked() {
      return JudgePrompt.orTask(prompt);
    }

    @Override
    public List<ConfigMistake> check(String key) {
      List<ConfigMistake> mistakes =
          new ArrayList<>(asked().check(key + ".prompt", false, "the reward 'outcome' needs one"));
      if (asked().reasons() && maxTokens == null) {
        mistakes.add(
            new ConfigMistake(
                key + ".max_tokens",
                "the family reasons before its verdict, which %d tokens do not hold; give max_tokens, such as 512"
                    .formatted(WORD)));
      }
      return mistakes;
    }
  }

  /** The reference answer. */
  @Kind(
      value = "reference",
      doc = "1 if the answer equals the reference: the control; the run is not reference-free.")
  record Reference(
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
      implements RewardTerm {
    @Override
    public String name() {
      return "reference";
    }
  }

  /** Likeness to the reference. */
  @Kind(
      value = "semantic",
      doc =
          "Cosine of the rollout's and the reference's vectors, from -1 to 1 (METHODS 3.18); the run is not reference-free.")
  record Semantic(
      @Key(value = "The sentence encoder.", refersTo = Key.ENCODER) String encoder,
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate,
      @Key(
              value = "Cosine above which a rollout counts as accepted, for curves and alarms.",
              byDefault = "0.9",
              min = -1,
              max = 1)
          double acceptedAbove)
      implements RewardTerm {
    @Override
    public String name() {
      return "semantic";
    }
  }

  /** The group's majority. */
  @Kind(
      value = "majority",
      doc =
          "1 if the answer is the modal one of the group's members that pass the gate; ties to the lowest index (TTRL, arXiv 2504.16084; METHODS 2.11).")
  record Majority(
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
      implements RewardTerm {
    @Override
    public String name() {
      return "majority";
    }
  }

  /** A rubric made of the siblings. */
  @Kind(
      value = "rubric",
      doc =
          "Score of the consensus rubric of the group's other members (METHODS 1.8); 0 if it abstains.")
  record Rubric(
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
      implements RewardTerm {
    @Override
    public String name() {
      return "rubric";
    }
  }

  /** Chance. */
  @Kind(value = "random", doc = "A coin: the baseline that no reward should fall behind.")
  record Random(
      @Key(value = "Probability of 1.", byDefault = "0.5", min = 0, max = 1) double probability,
      @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
      @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
      implements RewardTerm {
    @Override
    public String name() {
      return "random";
    }
  }

  /** What a rollout gets from its verdicts. */
  enum Score {
    /** y: 1 if all is right. */
    Y,
    /** Share of the steps that are right. */
    FRACTION,
    /** Number of steps that are right. */
    SUM
  }
}
