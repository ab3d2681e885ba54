package dev.sluice.methods.label;

import dev.sluice.records.StepLabel;
import java.util.Comparator;
import java.util.List;

/**
 * Majority of the verdicts on the whole solution, {@code y* = argmax_y sum_j 1[y^(j) = y]}, and the
 * lowest-index verification with that verdict (SPARK stepwise, arXiv 2512.03244). It claims no step
 * labels. Fewer than ceil(N/2) votes with an outcome make no label.
 */
public final class OutcomeMajority {
  /** Name of this estimator in {@code step_labels}. */
  public static final String NAME = "outcome_majority";

  private OutcomeMajority() {}

  /** The label of a solution. Does not depend on the order of the votes. */
  public static StepLabel label(Ballot ballot, Tie tie) {
    List<Vote> valid =
        ballot.votes().stream()
            .filter(vote -> vote.outcome() != null)
            .sorted(Comparator.comparingInt(Vote::index))
            .toList();
    if (Vote.tooFew(valid.size(), ballot.asked())) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), NAME);
    }
    long yes = valid.stream().filter(OutcomeMajority::saysCorrect).count();
    boolean tied = 2 * yes == valid.size();
    if (tied && tie == Tie.DROP) {
      return StepLabels.unlabelled(ballot, "tie", valid.size(), NAME);
    }
    boolean outcome =
        (tied && tie == Tie.FIRST) ? saysCorrect(valid.get(0)) : 2 * yes > valid.size();
    String target =
        valid.stream()
            .filter(vote -> saysCorrect(vote) == outcome)
            .findFirst()
            .map(Vote::id)
            .orElse(null);
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        target == null ? "no_match" : "labelled",
        ballot.steps(),
        List.of(),
        List.of(),
        -1,
        outcome,
        valid.size(),
        List.of(),
        NAME,
        target);
  }

  private static boolean saysCorrect(Vote vote) {
    return Boolean.TRUE.equals(vote.outcome());
  }
}
