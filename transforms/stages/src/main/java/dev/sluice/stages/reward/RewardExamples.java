package dev.sluice.stages.reward;

import dev.sluice.methods.label.SoftLabels;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import java.util.List;
import java.util.Optional;

/** The examples of each objective (METHODS 1.5). */
final class RewardExamples {
  private RewardExamples() {}

  /**
   * The example that a label gives under an objective; empty where it gives none, such as a label
   * without a selected verification for {@link Objective#PRM_COT}.
   *
   * @param selected text of the selected verification
   */
  static Optional<Example> of(
      Objective objective,
      Problem problem,
      Solution solution,
      StepLabel label,
      Optional<String> selected) {
    TaskFormat format = TaskFormat.of(problem);
    String text = solution.text();
    if (objective != Objective.PRM && soft(label)) {
      return Optional.empty();
    }
    return switch (objective) {
      case PRM_COT ->
          selected.map(
              target ->
                  example(objective, format.judgePrompt(problem, text), target, List.of(), label));
      case PRM_TEXT ->
          label.stepLabels().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  example(
                      objective,
                      format.judgePrompt(problem, text),
                      format.renderVerdicts(label.stepLabels()),
                      List.of(),
                      label));
      case PRM -> {
        List<Double> labels = stepTargets(label);
        yield labels.size() != label.steps().size() || labels.isEmpty()
            ? Optional.empty()
            : Optional.of(
                example(
                    objective,
                    format.solvePrompt(problem),
                    String.join("\n", label.steps()),
                    labels,
                    label));
      }
      case ORM ->
          Optional.ofNullable(label.outcome())
              .map(
                  right ->
                      example(
                          objective,
                          format.outcomePrompt(problem, text),
                          format.outcomeWords().get(right ? 0 : 1),
                          List.of(),
                          label));
    };
  }

  private static boolean soft(StepLabel label) {
    return label.estimator().equals(SoftLabels.NAME);
  }

  /** Soft labels where the estimator is soft, else the consensus as 0 and 1. */
  private static List<Double> stepTargets(StepLabel label) {
    return soft(label)
        ? label.stepScores()
        : label.stepLabels().stream().map(correct -> correct ? 1.0 : 0.0).toList();
  }

  private static Example example(
      Objective objective,
      String prompt,
      String completion,
      List<Double> stepLabels,
      StepLabel label) {
    return new Example(
        Hashes.childId(label.solutionId(), TrainReward.NAME + "/" + objective, 0),
        prompt,
        completion,
        1.0,
        stepLabels,
        label.selectedVerification() == null
            ? List.of(label.solutionId())
            : List.of(label.solutionId(), label.selectedVerification()));
  }
}
