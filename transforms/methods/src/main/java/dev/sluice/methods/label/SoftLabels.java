package dev.sluice.methods.label;

import dev.sluice.records.StepLabel;
import java.util.List;

/**
 * The share of the valid votes that call each step correct, {@code p_i = (1/n) sum_j v_i^(j)}, as a
 * soft label for a classifier of steps. A step counts as correct where p is above one half; where
 * votes name the first wrong step, where it comes before the one named most often. There is no
 * verification to learn the text of.
 */
public final class SoftLabels {
  /** Name of this estimator in {@code step_labels}. */
  public static final String NAME = "soft";

  private SoftLabels() {}

  /** The label of a solution; the rubric's verdict weighs {@code rubricWeight}, a vote's 1. */
  public static StepLabel label(Ballot ballot, double rubricWeight) {
    int lines = ballot.steps().size();
    List<Vote> valid = Vote.valid(ballot.votes(), lines);
    if (Vote.tooFew(valid.size(), ballot.asked())) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), NAME);
    }
    Tally tally = Tally.of(valid, lines, ballot.rubric(), rubricWeight);
    List<Boolean> labels = StepMajority.evaluated(valid, lines, ballot.rubric(), rubricWeight);
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        "labelled",
        ballot.steps(),
        tally.shares(),
        labels,
        labels.indexOf(false),
        !labels.contains(false),
        valid.size(),
        StepLabels.agreement(valid, labels),
        NAME,
        null);
  }
}
