package dev.sluice.methods.label;

import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@code step_labels} that every estimator makes alike. */
public final class StepLabels {
  private StepLabels() {}

  /** The row of a solution that fails the gate: nothing is claimed. */
  public static StepLabel gate(Ballot ballot, String estimator) {
    return unlabelled(
        ballot, "gate", Vote.valid(ballot.votes(), ballot.steps().size()).size(), estimator);
  }

  static StepLabel unlabelled(Ballot ballot, String status, int valid, String estimator) {
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        status,
        ballot.steps(),
        List.of(),
        List.of(),
        -1,
        null,
        valid,
        List.of(),
        estimator,
        null);
  }

  /** Per line, the share of the valid votes that say what the label says. */
  static List<Double> agreement(List<Vote> valid, List<Boolean> labels) {
    List<Double> agreement = new ArrayList<>();
    for (int line = 0; line < labels.size(); line++) {
      int same = 0;
      for (Vote vote : valid) {
        same += vote.verdicts().get(line).equals(labels.get(line)) ? 1 : 0;
      }
      agreement.add((double) same / valid.size());
    }
    return agreement;
  }
}
