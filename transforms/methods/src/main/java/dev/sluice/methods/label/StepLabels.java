package dev.sluice.methods.label;

import dev.sluice.methods.verification.Vote;
import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@code step_labels} that every estimator makes alike. */
public final class StepLabels {
  private StepLabels() {}

  /** The row of a solution that fails the gate: nothing is claimed. */
  public static StepLabel gate(Ballot ballot, String estimator) {
    return unlabelled(
        ballot, "gate", Ballot.valid(ballot.votes(), ballot.steps().size()).size(), estimator);
  }

  /**
   * The row of a solution without a label.
   *
   * @param status why it has none: {@code few_votes}, {@code tie}
   * @param valid number of valid votes
   */
  public static StepLabel unlabelled(Ballot ballot, String status, int valid, String estimator) {
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

  /**
   * The row of a solution with a label on each step.
   *
   * @param valid the votes that were counted
   * @param scores share of the votes that call each step correct
   * @param labels the label of each step
   * @param target id of the verification that training learns; null if there is none, and then the
   *     status is {@code no_match}
   */
  public static StepLabel labelled(
      Ballot ballot,
      List<Vote> valid,
      List<Double> scores,
      List<Boolean> labels,
      @Nullable String target,
      String estimator) {
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        target == null ? "no_match" : "labelled",
        ballot.steps(),
        scores,
        labels,
        labels.indexOf(false),
        !labels.contains(false),
        valid.size(),
        agreement(valid, labels),
        estimator,
        target);
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
