package dev.sluice.methods.reward;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.models.Failure;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An outcome reward model. */
@Kind(
    value = "outcome",
    doc = "Verdict of a generative outcome reward model on the whole solution.")
@Method(
    name = "Outcome reward of a generative judge",
    paper = "SPARK stepwise, arXiv 2512.03244, the ORM",
    formula = "share of the votes that say yes",
    papers = "2512.03244")
public record OutcomeReward(
    @Key(value = "The model.", refersTo = Key.MODEL) String model,
    @Key(value = "Votes per rollout.", byDefault = "1", min = 1) int votes,
    @Key(value = "Sampling temperature of the judge; 0 is greedy.", byDefault = "0", min = 0)
        double temperature,
    @Key(value = "Prompt for the judge. Default: the prompt `task`.", bare = "family")
        @Nullable JudgePrompt prompt,
    @Key(value = "Maximum length of a vote, in tokens. Default: 4, enough for one word.", min = 1)
        @Nullable Integer maxTokens)
    implements AskingReward {

  /** Tokens that hold a word of verdict. */
  private static final int WORD = 4;

  @Override
  public Optional<JudgeUse> judge() {
    return Optional.of(
        new JudgeUse(
            model, name(), asked(), votes, temperature, mostTokens(), JudgeUse.MEAN_OF_WORDS));
  }

  /** Most tokens of a vote. */
  private int mostTokens() {
    return maxTokens == null ? WORD : maxTokens;
  }

  private JudgePrompt asked() {
    return JudgePrompt.orTask(prompt);
  }

  @Override
  public Set<Need> needs() {
    return asked().needs();
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes =
        new ArrayList<>(
            asked()
                .check(
                    key + ".prompt",
                    false,
                    "the reward 'outcome' needs one",
                    PromptVariable.JUDGE));
    if (mistakes.isEmpty() && asked().reasons() && maxTokens == null) {
      mistakes.add(
          new ConfigMistake(
              key + ".max_tokens",
              "the family reasons before its verdict, which %d tokens do not hold; give max_tokens, such as 512"
                  .formatted(WORD)));
    }
    return mistakes;
  }

  @Override
  public List<Score> ask(List<Response> responses, RewardContext context) {
    return new AskedJudge(
            model, Judge.Granularity.OUTCOME, asked(), votes, temperature, mostTokens())
        .ask(responses, context).stream().map(OutcomeReward::score).toList();
  }

  private static Score score(Judge.Votes votes) {
    double share =
        votes.votes().stream()
            .mapToDouble(vote -> vote.outcome().orElse(false) ? 1 : 0)
            .average()
            .orElse(0);
    return new Score(
        share,
        share,
        null,
        List.of(),
        List.of(),
        AskedJudge.unparsed(votes),
        votes.failure().map(Failure::message).orElse(null));
  }
}
