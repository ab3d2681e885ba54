package dev.sluice.methods.reward;

import dev.sluice.methods.text.StepPlace;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step classifier. */
@Kind(
    value = "classifier",
    doc =
        "Two-class head on each step: reward 1 if every step is correct with probability at least 0.5, else 0; or the minimum, product, last or mean of these probabilities.")
@Method(
    name = "Process reward of a step classifier",
    paper =
        "Let's Verify Step by Step, arXiv 2305.20050 (product, minimum); Math-Shepherd, arXiv 2312.08935 (minimum); Lessons of Developing PRMs, arXiv 2501.07301 (marker)",
    formula =
        "y = 1 if p_k >= 0.5 for every step k, else 0; or min(p), prod(p), p_K, sum(p) / K with 'score'",
    papers = {"2305.20050", "2312.08935", "2501.07301"})
public record ClassifierReward(
    @Key(value = "The model.", refersTo = Key.MODEL, local = true) String model,
    @Key(
            value =
                "Reward of a rollout: 1 if all of its steps are correct and else 0 (`correct`), or the `min`, `product`, `last` or `mean` of the probabilities of its steps. The step scores are these probabilities.",
            byDefault = "correct")
        Value score,
    @Key(
            value =
                "Token at which the head was trained to say whether a step is correct. A head of TrainReward is read where its objective placed the labels.",
            bare = "token")
        @Nullable StepPlace labelAt)
    implements AskingReward {

  /** What a rollout gets from the probabilities of its steps. */
  public enum Value {
    /** 1 if each is at least one half. */
    CORRECT,
    /** The least: a chain is as good as its weakest step. */
    MIN,
    /** That all are right, if steps were independent. */
    PRODUCT,
    /** That of the last step. */
    LAST,
    /** Their mean. */
    MEAN
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.REWARD, Gives.STEP_SCORES);
  }

  @Override
  public Optional<JudgeUse> judge() {
    return Optional.of(JudgeUse.classifier(model, place()));
  }

  private StepPlace place() {
    return StepPlace.orLastToken(labelAt);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key + ".label_at", place().objection());
  }

  @Override
  public List<Score> ask(List<Response> responses, RewardContext context) {
    return StepVerdicts.probabilities(
            context.classifier(model), AskedJudge.requests(responses), place())
        .stream()
        .map(this::score)
        .toList();
  }

  private Score score(List<Double> steps) {
    boolean right = !steps.isEmpty() && steps.stream().allMatch(StepVerdicts::isRight);
    return new Score(reward(score, steps), right ? 1 : 0, null, List.of(), steps, 0, null);
  }

  /**
   * The reward of a response; 0 without steps.
   *
   * @param steps probability that each step is right, from 0 to 1
   */
  static double reward(Value score, List<Double> steps) {
    if (steps.isEmpty()) {
      return 0;
    }
    return switch (score) {
      case CORRECT -> steps.stream().allMatch(StepVerdicts::isRight) ? 1 : 0;
      case MIN -> steps.stream().mapToDouble(p -> p).min().orElseThrow();
      case PRODUCT -> steps.stream().reduce(1.0, (one, other) -> one * other);
      case LAST -> steps.get(steps.size() - 1);
      case MEAN -> steps.stream().mapToDouble(p -> p).sum() / steps.size();
    };
  }
}
