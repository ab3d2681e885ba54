package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the votes on a solution add up to: a row of the table {@code step_labels}, one for every
 * solution. Training takes those with status {@code labelled}.
 *
 * @param stepScores share of the valid votes (by weight) that call each step correct; empty unless
 *     votes were counted
 */
public record StepLabel(
    @Column(value = "The solution's id.", unique = true) String solutionId,
    @Column("The problem's id.") String problemId,
    @Column("labelled, tie, few_votes, no_match or gate; training takes the labelled.")
        String status,
    @Column(value = "The solution's steps.", unique = true) List<String> steps,
    @Column("Share of the valid votes, by weight, that call each step correct.")
        List<Double> stepScores,
    @Column("The consensus on each step; empty if it claims none.") List<Boolean> stepLabels,
    @Column("Index of the first step labelled incorrect; -1 if there is none or no label.")
        int firstError,
    @Column("The consensus on the whole solution; null if there is none.")
        @Nullable Boolean outcome,
    @Column("Number of valid votes.") int votes,
    @Column("For each step, the share of the valid votes that agree with the consensus.")
        List<Double> agreement,
    @Column("Name of the estimator, such as step_majority.") String estimator,
    @Column(value = "Id of the vote chosen as a training target; null if none.", unique = true)
        @Nullable String selectedVerification) {

  public StepLabel {
    steps = List.copyOf(steps);
    stepScores = List.copyOf(stepScores);
    stepLabels = List.copyOf(stepLabels);
    agreement = List.copyOf(agreement);
  }
}
