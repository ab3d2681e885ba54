package dev.sluice.methods.reward;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.text.StepPlace;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.models.StepClassifier;
import java.util.ArrayList;
import java.util.List;

/** Verdicts of a step classifier: a step is right from a probability of one half on. */
public final class StepVerdicts {
  private static final double RIGHT = 0.5;

  private StepVerdicts() {}

  /**
   * The probability of each step of each solution to be right, in order.
   *
   * @param place the token at which the classifier says it
   */
  public static List<List<Double>> probabilities(
      StepClassifier classifier, List<JudgeRequest> cases, StepPlace place) {
    List<int[]> tokens = new ArrayList<>();
    List<int[]> positions = new ArrayList<>();
    for (JudgeRequest each : cases) {
      TaskFormat format = TaskFormat.of(each.problem());
      StepTokens steps =
          StepTokens.of(
              classifier, format.solvePrompt(each.problem()), format.steps(each.text()), place);
      tokens.add(steps.tokens());
      positions.add(steps.positions());
    }
    List<List<Double>> probabilities = new ArrayList<>();
    for (float[] scores : classifier.scoreSteps(tokens, positions)) {
      List<Double> own = new ArrayList<>();
      for (float score : scores) {
        own.add((double) score);
      }
      probabilities.add(List.copyOf(own));
    }
    return probabilities;
  }

  /** Whether a step of this probability is right. */
  public static boolean isRight(double probability) {
    return probability >= RIGHT;
  }

  /** The verdicts on the steps of each solution, in order; none on a solution without steps. */
  public static List<List<Boolean>> of(
      StepClassifier classifier, List<JudgeRequest> cases, StepPlace place) {
    return probabilities(classifier, cases, place).stream()
        .map(steps -> steps.stream().map(StepVerdicts::isRight).toList())
        .toList();
  }
}
