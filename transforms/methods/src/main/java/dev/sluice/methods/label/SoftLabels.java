package dev.sluice.methods.label;

import dev.sluice.methods.verification.Vote;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/**
 * The share of the valid votes that call each step correct, {@code p_i = (1/n) sum_j v_i^(j)}, as a
 * soft label for a classifier of steps. A step counts as correct where p is above one half; where
 * votes name the first wrong step, where it comes before the one named most often. There is no
 * verification to learn the text of.
 */
@Kind(value = SoftLabels.NAME, doc = "Share of the votes that call a step correct.")
@Method(
    name = "Soft step labels",
    paper = "ours (METHODS 1.2)",
    formula = "p_i = |{j : v_i^j = 1}| / N")
public record SoftLabels(
    @Key(
            value =
                "Weight of the rubric's verdict on a step; a vote has weight 1. 0 ignores the rubric.",
            byDefault = "0",
            min = 0)
        double rubricWeight)
    implements LabelEstimator {
  /** Name of this estimator in {@code step_labels}. */
  public static final String NAME = "soft";

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  /** Shares alone: objectives that learn verdicts take no soft label. */
  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.STEP_SCORES);
  }

  @Override
  public StepLabel estimate(Ballot ballot) {
    int lines = ballot.steps().size();
    List<Vote> valid = ballot.valid();
    if (ballot.tooFew(valid)) {
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
