package dev.sluice.methods.reward;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.models.Failure;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A generative process reward model, or an untrained judge. */
@Kind(value = "process", doc = "Step verdicts of a generative judge (METHODS 1.6).")
@Method(
    name = "Process reward of a generative judge",
    paper = "SPARK stepwise, arXiv 2512.03244, section on rewards",
    formula = "y = 1 if the final verdict and every step verdict say correct, else 0",
    papers = "2512.03244",
    departs =
        "The authors' script uses the final verdict only ('y_rule: verdict') and keeps it if the numbers of verdicts and steps differ ('on_mismatch: spark').")
public record ProcessReward(
    @Key(value = "The judge.", refersTo = Key.MODEL) String model,
    @Key(value = "Votes per rollout.", byDefault = "1", min = 1) int votes,
    @Key(value = "Sampling temperature of the judge; 0 is greedy.", byDefault = "0", min = 0)
        double temperature,
    @Key(value = "Maximum length of a vote, in tokens.", byDefault = "96", min = 1) int maxTokens,
    @Key(
            value =
                "How several votes are merged: `mean` of the votes' scores, `majority` on each step, or `all` (correct only if all votes agree).",
            byDefault = "mean")
        SparkRewards.Merge merge,
    @Key(
            value =
                "When a rollout is correct (y = 1): if the final verdict and all step verdicts are correct (`all_steps`), or if the final verdict is (`verdict`).",
            byDefault = "all_steps")
        SparkRewards.YRule yRule,
    @Key(
            value =
                "Reward of a rollout: `y`, the share of correct steps (`fraction`), 0.4 times that share plus 0.6 y (`step_augmented`), or the number of correct steps (`sum`; a policy can raise it by writing more steps).",
            byDefault = "y")
        Value score,
    @Key(
            value =
                "Whether a rollout gets reward 0 if its answer differs from the last result that its steps compute.",
            byDefault = "false")
        boolean answerFollows,
    @Key(value = "Prompt for the judge. Default: the prompt `task`.", bare = "family")
        @Nullable JudgePrompt prompt)
    implements AskingReward {

  /** What a rollout gets from its verdicts. */
  public enum Value {
    /** y: 1 if all is right. */
    Y,
    /** Share of the steps that are right. */
    FRACTION,
    /** 0.4 of that share and 0.6 y: SPARK's design 2. */
    STEP_AUGMENTED,
    /** Number of steps that are right. */
    SUM
  }

  @Override
  public Set<Need> needs() {
    Set<Need> needs = EnumSet.of(Need.STEPS);
    needs.addAll(asked().needs());
    return needs;
  }

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.REWARD, Gives.STEP_SIGNS, Gives.STEP_SCORES);
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
    return asked()
        .check(
            key + ".prompt",
            true,
            "the reward 'process' needs verdicts on steps",
            PromptVariable.JUDGE);
  }

  @Override
  public boolean isAsked(Response response, RewardContext context) {
    return AskingReward.super.isAsked(response, context)
        && (!answerFollows || response.answerFollows());
  }

  @Override
  public List<Score> ask(List<Response> responses, RewardContext context) {
    List<Judge.Votes> votes =
        new AskedJudge(model, Judge.Granularity.STEP, asked(), this.votes, temperature, maxTokens)
            .ask(responses, context);
    ProcessJudge judge = new ProcessJudge(context.rules(), this);
    List<Score> scores = new ArrayList<>(responses.size());
    for (int i = 0; i < responses.size(); i++) {
      scores.add(score(responses.get(i), votes.get(i), judge));
    }
    return scores;
  }

  @Override
  public Score unasked(Response response) {
    return unjudged(response, 0, 0, null);
  }

  private Score score(Response response, Judge.Votes votes, ProcessJudge judge) {
    int unparsed = AskedJudge.unparsed(votes);
    double sum = judge.sum(response, votes.votes());
    String failure = votes.failure().map(Failure::message).orElse(null);
    if (votes.votes().isEmpty()) {
      return unjudged(response, score == Value.SUM ? sum : 0, unparsed, failure);
    }
    StepScores judgement = judge.judge(response, votes.votes());
    double reward =
        switch (score) {
          case Y -> judgement.y();
          case STEP_AUGMENTED -> SparkRewards.stepAugmented(judgement.share(), judgement.y());
          case FRACTION -> judgement.share();
          case SUM -> sum;
        };
    return new Score(
        reward,
        judgement.y(),
        judgement,
        judge.verdicts(response, votes.votes()),
        shares(judgement),
        unparsed,
        failure);
  }

  /** The share of votes for each step, from the mean of their signs. */
  private static List<Double> shares(StepScores judgement) {
    return judgement.mismatch()
        ? List.of()
        : judgement.steps().stream().map(sign -> (sign + 1) / 2).toList();
  }

  private static Score unjudged(
      Response response, double reward, int unparsed, @Nullable String failure) {
    return new Score(
        reward,
        0,
        StepScores.incorrect(response.steps().size()),
        List.of(),
        List.of(),
        unparsed,
        failure);
  }
}
