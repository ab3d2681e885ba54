package org.example.plugin;

import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.StepLabels;
import dev.sluice.methods.verification.Vote;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Labels by the most doubtful votes. */
@Kind(value = "veto", doc = "A step is incorrect if at least so many votes call it incorrect.")
@Method(name = "Veto", formula = "v_i = 0 if |{j : v_i^j = 0}| >= votes, else 1")
public record Veto(
    @Key(value = "Votes that make a step incorrect.", byDefault = "1", min = 1) int votes)
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
    List<Vote> valid = ballot.valid();
    if (ballot.tooFew(valid)) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), name());
    }
    List<Double> scores = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int step = 0; step < ballot.steps().size(); step++) {
      int against = 0;
      for (Vote vote : valid) {
        against += vote.verdicts().get(step) ? 0 : 1;
      }
      scores.add(1 - (double) against / valid.size());
      labels.add(against < votes);
    }
    // Valid votes are sorted by index, so the choice does not depend on their order.
    String target =
        valid.stream()
            .filter(vote -> vote.verdicts().equals(labels))
            .map(Vote::id)
            .findFirst()
            .orElse(null);
    return StepLabels.labelled(ballot, valid, scores, labels, target, name());
  }
}
