package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.credit.Credited;
import dev.sluice.methods.reward.Response;
import dev.sluice.parts.Need;
import dev.sluice.records.StepSpan;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.List;

/**
 * The advantages of the rollouts of one problem.
 *
 * @param advantages of each rollout
 * @param tokens of each token of each rollout; empty where all have their rollout's
 */
@SuppressWarnings("ArrayRecordComponent")
record GroupCredit(double[] advantages, List<double[]> tokens) {

  /** The advantages that rewards come to. */
  static GroupCredit of(
      GroupAdvantage estimator,
      Credit credit,
      List<Response> group,
      List<ScoredRollout> rewards,
      List<List<StepSpan>> spans) {
    // A credit that places scores of steps itself must not find them in the advantage again.
    boolean placed = credit.needs().contains(Need.STEP_SCORES);
    double[] advantages =
        estimator.of(
            rewards.stream()
                .mapToDouble(each -> placed ? each.outcome() : each.reward())
                .toArray());
    List<Credited> credited = new ArrayList<>();
    for (int g = 0; g < group.size(); g++) {
      credited.add(
          new Credited(
              advantages[g],
              group.get(g).completion().tokens().length,
              spans.get(g),
              rewards.get(g).judgement().steps(),
              rewards.get(g).stepScores()));
    }
    return new GroupCredit(advantages, credit.tokens(credited));
  }
}
