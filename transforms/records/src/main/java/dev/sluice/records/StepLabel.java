package dev.sluice.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the votes on a solution add up to: a row of the table {@code step_labels}, one for every
 * solution. Training takes those with status {@code labelled}.
 *
 * @param solutionId the solution's id
 * @param problemId the problem's id
 * @param status {@code labelled}, {@code tie}, {@code few_votes}, {@code no_match} or {@code gate}
 * @param steps the solution's steps
 * @param stepScores share of the valid votes (by weight) that call each step correct; empty unless
 *     votes were counted
 * @param stepLabels the consensus per step; empty if it claims none
 * @param firstError index of the first step labelled incorrect, -1 if there is none or no label
 * @param outcome the consensus on the whole solution; null if there is none
 * @param votes number of valid votes
 * @param agreement per step, the share of the valid votes that agree with the consensus
 * @param estimator name of the estimator, such as {@code step_majority}
 * @param selectedVerification id of the verification chosen as a training target; null if none
 */
public record StepLabel(
    String solutionId,
    String problemId,
    String status,
    List<String> steps,
    List<Double> stepScores,
    List<Boolean> stepLabels,
    int firstError,
    @Nullable Boolean outcome,
    int votes,
    List<Double> agreement,
    String estimator,
    @Nullable String selectedVerification) {

  public StepLabel {
    steps = List.copyOf(steps);
    stepScores = List.copyOf(stepScores);
    stepLabels = List.copyOf(stepLabels);
    agreement = List.copyOf(agreement);
  }
}
