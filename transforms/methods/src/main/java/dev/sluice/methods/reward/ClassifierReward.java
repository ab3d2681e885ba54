package dev.sluice.methods.reward;

import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A step classifier. */
@Kind(
    value = "classifier",
    doc =
        "Two-class head on each step: reward 1 if every step is correct with probability at least 0.5, else 0.")
@Method(
    name = "Process reward of a step classifier",
    paper = "Let's Verify Step by Step, arXiv 2305.20050",
    formula = "y = 1 if p_k >= 0.5 for every step k, else 0",
    papers = "2305.20050")
public record ClassifierReward(
    @Key(value = "The model.", refersTo = Key.MODEL, local = true) String model)
    implements AskingReward {

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
    return Optional.of(JudgeUse.classifier(model));
  }

  @Override
  public List<Score> ask(List<Response> responses, RewardContext context) {
    return StepVerdicts.probabilities(context.classifier(model), AskedJudge.cases(responses))
        .stream()
        .map(ClassifierReward::score)
        .toList();
  }

  private static Score score(List<Double> steps) {
    double y = !steps.isEmpty() && steps.stream().allMatch(StepVerdicts::isRight) ? 1 : 0;
    return new Score(y, y, null, List.of(), steps, 0, null);
  }
}
