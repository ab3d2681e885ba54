package dev.sluice.methods.label;

import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Majority of the first errors, whatever votes say of the steps after them (ProcessBench, arXiv
 * 2412.06559, where judges are compared so). The training target is the vote of the lowest index
 * with that first error whose outcome does not disagree.
 */
@Kind(
    value = "first_error",
    doc = "The first error that most votes name. Steps after it are labelled incorrect.")
@Method(
    name = "Majority of first errors",
    paper = "ProcessBench, arXiv 2412.06559, majority voting",
    formula =
        "e = argmax_e |{j : e^j = e}|, e^j = index of the first step that vote j calls wrong, -1 for none; v_i = 1 if e = -1 or i < e, else 0",
    papers = "2412.06559",
    departs =
        "The paper uses this majority to evaluate judges; using it as training labels is ours.")
public record FirstErrorMajority(
    @Key(value = "Label if several first errors are named equally often.", byDefault = "drop")
        Tie tie)
    implements LabelEstimator {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.STEP_SIGNS, Gives.STEP_SCORES, Gives.OUTCOME, Gives.VERIFICATION);
  }

  @Override
  public StepLabel estimate(Ballot ballot) {
    int steps = ballot.steps().size();
    List<Vote> valid = ballot.valid();
    if (ballot.tooFew(valid)) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), name());
    }
    List<Integer> leaders = FirstErrorVotes.leaders(valid, steps, Map.of(), 0);
    if (tie == Tie.DROP && leaders.size() > 1) {
      return StepLabels.unlabelled(ballot, "tie", valid.size(), name());
    }
    int first =
        tie == Tie.FIRST
            ? valid.stream()
                .map(Vote::firstError)
                .filter(leaders::contains)
                .findFirst()
                .orElseThrow()
            : leaders.get(0);
    String target =
        valid.stream()
            .filter(vote -> vote.firstError() == first)
            .filter(vote -> Objects.requireNonNullElse(vote.outcome(), first < 0) == (first < 0))
            .map(Vote::id)
            .findFirst()
            .orElse(null);
    return StepLabels.labelled(
        ballot,
        valid,
        Tally.of(valid, steps, Map.of(), 0).shares(),
        FirstErrorVotes.labels(first, steps),
        target,
        name());
  }
}
