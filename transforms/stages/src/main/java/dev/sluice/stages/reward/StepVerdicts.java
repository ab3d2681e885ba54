package dev.sluice.stages.reward;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.StepClassifier;
import java.util.ArrayList;
import java.util.List;

/** Verdicts of a step classifier: a step is right from a probability of one half on. */
public final class StepVerdicts {
  private static final float RIGHT = 0.5f;

  private StepVerdicts() {}

  /** The verdicts on the steps of each solution, in order; none on a solution without steps. */
  public static List<List<Boolean>> of(StepClassifier classifier, List<Judge.Case> cases) {
    List<int[]> tokens = new ArrayList<>();
    List<int[]> positions = new ArrayList<>();
    for (Judge.Case each : cases) {
      TaskFormat format = TaskFormat.of(each.problem());
      StepTokens steps =
          StepTokens.of(classifier, format.solvePrompt(each.problem()), format.steps(each.text()));
      tokens.add(steps.tokens());
      positions.add(steps.positions());
    }
    List<List<Boolean>> verdicts = new ArrayList<>();
    for (float[] scores : classifier.scoreSteps(tokens, positions)) {
      List<Boolean> own = new ArrayList<>();
      for (float score : scores) {
        own.add(score >= RIGHT);
      }
      verdicts.add(List.copyOf(own));
    }
    return verdicts;
  }
}
