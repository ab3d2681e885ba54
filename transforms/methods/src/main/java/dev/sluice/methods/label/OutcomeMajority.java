package dev.sluice.methods.label;

import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Majority of the verdicts on the whole solution, {@code y* = argmax_y sum_j 1[y^(j) = y]}, and the
 * lowest-index verification with that verdict (SPARK stepwise, arXiv 2512.03244). It claims no step
 * labels. Fewer than ceil(N/2) votes with an outcome make no label.
 */
@Kind(
    value = "outcome_majority",
    doc =
        "Majority verdict on the whole solution. The first verification that agrees with it becomes the training target.")
@Method(
    name = "Outcome-level self-consistency",
    paper = "SPARK stepwise, arXiv 2512.03244, section on self-consistency",
    formula = "y = argmax_y |{j : y^j = y}|",
    papers = "2512.03244")
public record OutcomeMajority(
    @Key(
            value =
                "What a tie does: `drop` the example, label the step `incorrect`, or take the verdict of the `first` vote.",
            byDefault = "drop")
        Tie tie)
    implements LabelEstimator {

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.OUTCOME, Gives.VERIFICATION);
  }

  @Override
  public StepLabel estimate(Ballot ballot) {
    List<Vote> valid =
        ballot.votes().stream()
            .filter(vote -> vote.outcome() != null)
            .sorted(Comparator.comparingInt(Vote::index))
            .toList();
    if (Vote.tooFew(valid.size(), ballot.asked())) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), name());
    }
    long yes = valid.stream().filter(OutcomeMajority::saysCorrect).count();
    boolean tied = 2 * yes == valid.size();
    if (tied && tie == Tie.DROP) {
      return StepLabels.unlabelled(ballot, "tie", valid.size(), name());
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
        name(),
        target);
  }

  private static boolean saysCorrect(Vote vote) {
    return Boolean.TRUE.equals(vote.outcome());
  }
}
